//! See [`AmbiguousName`].

use super::rule::{Scope, rule};

rule! {
    /// A comma in a byline may part two people, or the names of one; or a name there is written like an id that no author has.
    ///
    /// `Doe, Jane` is read as “Jane Doe”: it has one comma, and both sides look like parts of a name. `Jr.`, `III`, `PhD`
    /// and
    /// `Inc.` stay after the name. Any other name with a comma or a semicolon is shown as written, because a wrong guess
    /// would scramble people's names. Brackets separate people: `[Ferreira, Ana]` is two people.
    ///
    /// A word in small letters in the `authors` of a page or of the site is the id of an author. If no author has that id or one
    /// like it, readers see the word as it is written, and few names are written so.
    ///
    /// Make each person an item of a list. If a name contains a comma, or if both sides could be people, spell out its
    /// parts.
    ///
    /// ```yaml
    /// author: Jane Doe, John Roe                          # write [Jane Doe, John Roe]
    /// author: Ministry of Health, Labour and Welfare      # write {name: "Ministry of Health, Labour and Welfare"}
    /// author: García Márquez, Gabriel José                # write {name: García Márquez, given-name: Gabriel José}
    /// author: [Ferreira, Ana, Okoro, Ben]                 # write ["Ferreira, Ana", "Okoro, Ben"]
    /// authors: [newsroom]                                 # write [The newsroom], or add an author of that id
    /// ```
    AmbiguousName: AMBIGUOUS_NAME, Warning, Scope::Parse
}
