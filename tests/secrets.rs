//! Whatever a text says, in whatever field: no draft's name and no word of a comment gets into the output, and no
//! pointer that leads nowhere gets past the checks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use backgrounder::build::live::Live;
use backgrounder::build::pipeline::Request;
use backgrounder::diagnostics::Severity;
use backgrounder::source::ContentKind;
use backgrounder::syntax::kinds::{blocks, chart, embed, file_shape, map, pictures};
use backgrounder::syntax::{Decode, Shape};
use proptest::prelude::*;

use crate::live::{SiteFiles, request};
use crate::switches::every_format;
use crate::trials::trials;

/// A site with an address; every format is turned on.
const BOOK: &str = "[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\nbase-url = \"https://example.org/x\"\n";

/// What is hidden, and what the texts may point at.
const FIXED: &[(&str, &str)] = &[
    ("content/entities/places.yaml", "- {id: e-place, kind: place, name: A place, location: {lat: 13.6, lon: -88.8}}\n"),
    ("content/events/draft.yaml", "- {id: sealed-event, draft: true, date: 2025-06-06, title: T, sources: [ap]}\n"),
    ("content/sources/all.yaml", "ap: {title: A report, date: 2025-03-01}\nsealed-source: {title: T, draft: true}\n"),
    ("content/sealed-page.md", "---\ntitle: T\ndraft: true\n---\n"),
    ("content/crack.md", "---\ntitle: The crack\n---\nWords of [[e-one]], [[e-two]], [[e-three]] and [[e-four]].[@other]\n"),
];

/// Each file with the places for texts in it. `@` is the one being tested, `%` any other.
const FILES: &[(&str, &str)] = &[
    (
        "content/events/x.yaml",
        "- id: e-one\n  date: 2025-03-12\n  sources: [ap]\n  title: @\n  summary: @\n  note: @\n  later: [{date: 2025-03-13, text: @, sources: [ap]}]\n  accounts: [{by: @, says: @}, {by: @}]\n  updates: [{date: 2025-03-14, kind: correction, text: @}]\n  media: {src: media/x.svg, alt: @, caption: @, credit: @, license: @}\n  entities: [e-two]\n  topics: [@]\n",
    ),
    (
        "content/entities/x.yaml",
        "- id: e-two\n  kind: person\n  location: {lat: 15, lon: -90}\n  name: @\n  name-in-text: @\n  description: @\n  aliases: [@]\n  roles: [{title: @, from: 2019, to: ..}]\n  status: [{date: 2025-03-12, is: @, sources: [ap]}]\n  note: @\n  updates: [{date: 2025-03-14, kind: correction, text: @}]\n  image: {src: media/x.svg, alt: @, caption: @, credit: @, license: @}\n- {id: e-five, kind: author, name: @, role: @, bio: @, expertise: [@], disclosure: @, note: @, updates: [{date: 2025-03-14, kind: correction, text: @}]}\n",
    ),
    (
        "content/claims/x.yaml",
        "- id: e-three\n  text: @\n  asserted-by: [@, {by: @, says: @}]\n  disputed-by: [{by: @, says: @, date: 2025-03-12}]\n  history: [{date: 2025-03-12, status: alleged, note: @}]\n  sources: [ap]\n  sections: [one]\n  note: @\n  updates: [{date: 2025-03-14, kind: correction, text: @}]\n",
    ),
    (
        "content/glossary.yaml",
        "- {id: e-four, term: @, definition: @, note: @, updates: [{date: 2025-03-14, kind: correction, text: @}], sources: [ap]}\n",
    ),
    (
        "content/sources/x.yaml",
        "other: {title: @, publisher: @, via: @, quote: @, author: [@], kind: news, note: @, updates: [{date: 2025-03-14, kind: correction, text: @}]}\n",
    ),
    (
        "content/one.md",
        "---\ntitle: @\nsummary: @\nnow: @\nwhere-it-stands: [@, {section: one, text: @}]\nnumbers: [{number: @, text: @}]\npart: @\nkey-points: [@]\nauthors: [@, e-five]\ntopics: [@]\nnote: @\nupdates: [{date: 2025-03-14, kind: update, text: @}]\npublished: 2025-03-12\n---\n```known\nknown: [@]\nunknown: [@]\ncontested: [@]\n```\n\n```quote\ntext: @\nby: @\n```\n\n```chart\nkind: bar\ntitle: @\nalt: @\nmeasure: @\ncaveat: @\nrows: [{place: here, people: 3}]\n```\n\n```claim\nid: e-three\n```\n\n```figure\nsrc: media/x.svg\nalt: @\ncaption: @\ncredit: @\nlicense: @\n```\n\n```gallery\npictures: [{src: media/x.svg, alt: @, caption: @, credit: @, license: @}, {src: media/x.svg, alt: B}]\ncaption: @\ncredit: @\nlicense: @\n```\n\n```embed\nurl: https://youtu.be/jNQXAC9IVRw\ntitle: @\nby: @\n```\n\n```map\ntitle: @\nalt: @\nroute: [{place: e-place, label: @, text: @}, e-two]\nplaces: [{place: e-place, text: @}]\nareas: [{name: @, location: {lat: 14, lon: -89}}]\ncaveat: @\n```\n",
    ),
];

/// Files whose body is a text: a section, and records with a longer text. What is tried comes after their front matter.
const BODIES: &[(&str, &str)] = &[
    ("content/two.md", "---\ntitle: Two\n---\n"),
    ("content/events/own-event.md", "---\ndate: 2025-03-12\ntitle: T\nsources: [ap]\n---\n"),
    ("content/entities/own-person.md", "---\nkind: person\nname: N\n---\n"),
    (
        "content/claims/own-claim.md",
        "---\ntext: Words.\nhistory: [{date: 2025-03-12, status: alleged}]\nasserted-by: [e-two]\nsources: [ap]\nsections: [one]\n---\n",
    ),
    ("content/glossary/own-term.md", "---\nterm: T\ndefinition: Words.\n---\n"),
    ("content/sources/own-source.md", "---\ntitle: T\nkind: news\n---\n"),
];

/// Where a text is tried: in a field, by its file in [`FILES`] and its number there, or in one of [`BODIES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Field(usize, usize),
    Body(usize),
}

/// The texts of a shape, each by its record and its key.
fn texts_of(shape: &Shape, of: (&'static str, &'static str), out: &mut BTreeSet<(&'static str, &'static str)>) {
    match shape {
        Shape::Markdown => {
            out.insert(of);
        }
        Shape::Maybe(shape) | Shape::List(shape) | Shape::ByLanguage(shape) => texts_of(shape, of, out),
        Shape::Map { values, .. } => texts_of(values, of, out),
        Shape::OneOf(shapes) => shapes.iter().for_each(|shape| texts_of(shape, of, out)),
        // The parts that another format has are the same text.
        Shape::Record(record) if record.is_open => {}
        Shape::Record(record) => {
            // A record in its own file has the same fields.
            let name = record.name.trim_end_matches("File");
            record.fields.iter().for_each(|field| texts_of(&(field.shape)(), (name, field.key), out));
        }
        _ => {}
    }
}

/// If a record gets another text, this test fails until the text is tested here.
#[test]
fn every_text_field_is_tried() {
    let kinds = [
        ("content/events/x.yaml", file_shape(ContentKind::Events)),
        ("content/entities/x.yaml", file_shape(ContentKind::Entities)),
        ("content/claims/x.yaml", file_shape(ContentKind::Claims)),
        ("content/glossary.yaml", file_shape(ContentKind::Terms)),
        ("content/sources/x.yaml", file_shape(ContentKind::Sources)),
        ("content/one.md", file_shape(ContentKind::Page)),
        ("content/one.md", blocks::Known::shape()),
        ("content/one.md", blocks::Quote::shape()),
        ("content/one.md", chart::Chart::shape()),
        ("content/one.md", pictures::Figure::shape()),
        ("content/one.md", pictures::Gallery::shape()),
        ("content/one.md", embed::Embed::shape()),
        ("content/one.md", map::Map::shape()),
    ];
    let mut wanted: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (path, shape) in &kinds {
        let mut texts = BTreeSet::new();
        texts_of(shape, ("", ""), &mut texts);
        assert!(!texts.is_empty(), "{path}");
        texts.into_iter().for_each(|(_, key)| *wanted.entry((path, key)).or_default() += 1);
    }
    for ((path, key), count) in wanted {
        let text = FILES.iter().find(|file| file.0 == path).expect("a file of its kind").1;
        let written = |open: &str| text.matches(&format!("{key}: {open}@")).count();
        let tried = written("") + written("[") + written("[{by: ");
        assert!(tried >= count, "{path} tries {tried} of {count} texts in fields called `{key}`");
    }
}

/// The places of texts in fields.
fn fields() -> Vec<Place> {
    let in_file =
        |(file, (_, text)): (usize, &(&str, &str))| (0..text.matches('@').count()).map(move |at| Place::Field(file, at));
    FILES.iter().enumerate().flat_map(in_file).collect()
}

/// The site with `text` in one place, and plain words in all others.
fn site(place: Place, text: &str) -> SiteFiles {
    let desk = SiteFiles::default();
    desk.write("book.toml", &(BOOK.to_owned() + &every_format()));
    desk.write("content/media/x.svg", crate::support::SVG);
    FIXED.iter().for_each(|(path, text)| desk.write(path, text));
    for (file, (path, pattern)) in FILES.iter().enumerate() {
        let mut out = String::new();
        for (at, piece) in pattern.split('@').enumerate() {
            if at > 0 {
                let is_tried = place == Place::Field(file, at - 1);
                let value = if is_tried { serde_json::to_string(text).unwrap() } else { "Plain words".to_owned() };
                out.push_str(&value);
            }
            out.push_str(piece);
        }
        desk.write(path, &out);
    }
    if let Place::Body(body) = place {
        let (path, head) = BODIES[body];
        desk.write(path, &format!("{head}{text}\n"));
    }
    desk
}

/// Whether a build of the site would be refused; if not, the first of `secrets` that is in one of its files.
fn outcome(desk: &SiteFiles, secrets: &[&str]) -> (bool, Option<String>) {
    let live = Live::open(Request { drafts: false, ..request() }, Arc::new(desk.clone())).unwrap();
    let edition = live.edition();
    if edition.diagnostics().iter().any(|found| found.severity == Severity::Error) {
        return (true, None);
    }
    let mut found = None;
    for path in edition.paths().filter(|path| !path.ends_with(".png") && !path.starts_with("assets/")) {
        let page = edition.page(path).unwrap().unwrap();
        for secret in secrets {
            let holds = page.bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            if holds || path.contains(secret) {
                found = Some(format!("`{secret}` in {path}"));
            }
        }
    }
    (false, found)
}

/// What turns its neighbors into blocks, links and emphasis.
const MARKS: &[&str] = &[
    "1. ",
    "1) ",
    "2025. ",
    "- ",
    "* ",
    "+ ",
    "> ",
    "# ",
    "## ",
    ": ",
    "---\n",
    "===\n",
    "***\n",
    "| a | b |\n|---|---|\n| ",
    " | ",
    "\n",
    "\n\n",
    "\r\n",
    "\n> ",
    "\n- ",
    "\n1. ",
    "\n: ",
    "\n# ",
    "<div>\n",
    "</div>",
    "<b>",
    "<a href=\"",
    "<!",
    "<?",
    "<",
    ">",
    "--",
    "->",
    "[^1]",
    "[^1]: ",
    "[a]: ",
    "[ ] ",
    "*",
    "**",
    "_",
    "~~",
    "\"",
    "'",
    "''",
    "&",
    "&lt;",
    "&#91;",
    "[",
    "]",
    "[[",
    "]]",
    "](",
    ")",
    "](x)",
    "![",
    "|",
    "{#a}",
    "!",
    "(",
    "@",
    "@ap",
    "[@ap",
    "[[crack]]",
    "[[crack|",
    "[@ap]",
    "[link](crack.md)",
    "words ",
    "é",
    "\u{b}",
    "\u{85}",
    "\u{a0}",
    "\u{2028}",
    "\u{0}",
    "    ",
    "\t",
    "> [!NOTE]\n> ",
    "<https://a.example/",
    "...",
    "%%",
];

/// What also makes code, and what takes the meaning from marks.
const CODE: &[&str] = &["`", "``", "```\n", "~~~\n", "```known\n", "    ", "\\", "\\\n", "  \n"];

const DRAFTS: &[&str] = &[
    "[[sealed-event]]",
    "[[sealed-event|words]]",
    "[[sealed-event#a]]",
    "[[ sealed-event ]]",
    "[@sealed-source]",
    "[see @sealed-source, p. 2; @ap]",
    "[@ap][@sealed-source]",
    "[[sealed-page]]",
    "[words](sealed-page.md)",
    "![words](media/x.svg \"[[sealed-event]]\")",
    "[words](crack.md \"by @sealed-source\")",
    "<abbr title=\"[[sealed-event]]\">E</abbr>",
];

const COMMENTS: &[&str] = &[
    "<!-- zebra -->",
    "<!--zebra-->",
    "<!-- zebra [[sealed-event]] [@nobody] -->",
    "<!-- zebra\n\n- zebra\n# zebra -->",
    "<!-- zebra \" ' ] ) > -- -->",
    "<!-- zebra\n> zebra\n    zebra\n-->",
    "<!---->",
    "<!-->",
    "<!-- zebra --><!-- zebra -->",
    "\n<!-- zebra -->\n",
    "\n\n<!-- zebra -->\n\n",
    "<!-- zebra ` zebra ``` zebra -->",
    "<!-- zebra\n```\nzebra -->",
    "<!-- <!-- zebra -->",
    "<!-- zebra",
    "<!-- zebra \\-->",
];

const LOST: &[&str] = &[
    "[[no-such-record]]",
    "[[no-such-record|words]]",
    "[@no-such-source]",
    "[see @no-such-source, p. 2]",
    "[words](none.md)",
    "![words](media/none.jpg)",
];

/// Pieces of these sorts, one after the other.
fn text(sorts: Vec<(u32, &'static [&'static str])>, length: usize) -> impl Strategy<Value = String> {
    let sorts = sorts.into_iter().map(|(weight, pieces)| (weight, prop::sample::select(pieces).boxed()));
    let piece = prop::strategy::Union::new_weighted(sorts.collect());
    prop::collection::vec(piece, 1..length).prop_map(|pieces| pieces.concat())
}

fn place() -> impl Strategy<Value = Place> {
    prop_oneof![1 => (0..BODIES.len()).prop_map(Place::Body), 2 => prop::sample::select(fields())]
}

/// Blanks that turn a comment in a body into code. In a field they don't.
fn has_code(place: Place, text: &str) -> bool {
    matches!(place, Place::Body(_)) && (text.contains('\t') || text.contains("  "))
}

/// Otherwise the tests below could never see what a build publishes.
#[test]
fn plain_words_are_published_from_every_place() {
    for place in fields().into_iter().chain((0..BODIES.len()).map(Place::Body)) {
        let (is_refused, _) = outcome(&site(place, "Plain words"), &[]);
        assert!(!is_refused, "{place:?}");
        if let Place::Body(_) = place {
            let (_, found) = outcome(&site(place, "A canary sings."), &["canary sings"]);
            assert!(found.is_some(), "{place:?}");
        }
    }
}

proptest! {
    #![proptest_config(trials(120))]

    #[test]
    fn no_name_of_a_draft_is_published(place in place(), text in text(vec![(4, MARKS), (1, CODE), (3, DRAFTS)], 9)) {
        // An address that leads nowhere because a mark is missing is text; the name of a page is in it.
        let secrets = ["sealed-event", "sealed-source"];
        let (_, found) = outcome(&site(place, &text), &secrets);
        prop_assert_eq!(found, None, "{:?}", text);
    }

    #[test]
    fn no_word_of_a_comment_is_published(place in place(), text in text(vec![(3, MARKS), (2, COMMENTS)], 9)) {
        prop_assume!(!has_code(place, &text));
        let (_, found) = outcome(&site(place, &text), &["zebra", "sealed-event"]);
        prop_assert_eq!(found, None, "{:?}", text);
    }

    #[test]
    fn no_pointer_that_leads_nowhere_passes(
        place in place(), before in text(vec![(1, MARKS)], 5), lost in prop::sample::select(LOST), behind in text(vec![(1, MARKS)], 4),
    ) {
        let text = format!("{before} {lost} {behind}");
        prop_assume!(!has_code(place, &text));
        let (is_refused, _) = outcome(&site(place, &text), &[]);
        prop_assert!(is_refused, "{:?}", text);
    }
}
