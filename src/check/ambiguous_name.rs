//! See [`AmbiguousName`].

use super::rule::{Scope, rule};

rule! {
    /// A comma in a byline may separate two people or one person's names, or a byline looks like an author's id but matches none.
    ///
    /// `Doe, Jane` is read as “Jane Doe”: it has one comma, and both sides look like parts of a name. `Jr.`, `III`, `PhD` and
    /// `Inc.` stay after the name. Any other name with a comma or a semicolon is shown as written, because a wrong guess
    /// would scramble people's names. Brackets separate people: `[Ferreira, Ana]` is two people.
    ///
    /// A lowercase word in the `authors` of a page or of the site is taken for an author's id. If no author has that id or a similar
    /// one, readers see the word as it is, which is rarely how a name is written.
    ///
    /// Give each person a separate list item. If a name contains a comma, or both sides could be people, spell out its parts.
    ///
    /// ```yaml
    /// author: Jane Doe, John Roe                          # write [Jane Doe, John Roe]
    /// author: Ministry of Health, Labour and Welfare      # write {name: "Ministry of Health, Labour and Welfare"}
    /// author: García Márquez, Gabriel José                # write {name: García Márquez, given-name: Gabriel José}
    /// author: [Ferreira, Ana, Okoro, Ben]                 # write ["Ferreira, Ana", "Okoro, Ben"]
    /// authors: [newsroom]                                 # write [The newsroom], or add an author with that id
    /// ```
    AmbiguousName: AMBIGUOUS_NAME, Warning, Scope::Parse
}
