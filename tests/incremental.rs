//! The property that a preview stands on: after any sequence of edits, what it shows and says is what a site made anew from
//! the same files shows and says.
//!
//! Each case is a sequence of saves, each of a few files at once. A file is put together from a few pieces that mean
//! something to each other: ids that other files point at, dates, errors, drafts. `INCREMENTAL_CASES` says how many
//! sequences are tried (500), the same at each run; one that fails is cut down to the shortest that still does, and printed.
//! `./test --explore` tries others, and its finds are tried first from then on.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use backgrounder::build::edition::Edition;
use backgrounder::build::live::{Change, Live};
use backgrounder::build::pipeline::Request;
use backgrounder::diagnostics::emit::human;
use backgrounder::diagnostics::{self, Diagnostic};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::live::{SiteFiles, request};
use crate::support::{Site, files_below};
use crate::trials::trials;

/// How a file is put together: what it begins with, and what may follow, in any order and number.
struct Kind {
    heads: &'static [&'static str],
    pieces: &'static [&'static str],
}

/// Some texts of a file, by the numbers of their pieces, that leave the site without errors if all others do.
type Sound = &'static [(usize, &'static [usize])];

const BOOK: Kind = Kind {
    heads: &[
        "[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\n[site.languages.es]\ntitle = \"S\"\n",
        "[book]\ntitle = \"Another\"\n[site]\nas-of = \"2025-12-22\"\nbase-url = \"https://a.example/x\"\n[site.languages.es]\ntitle = \"S\"\n",
        "[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-03-01\"\n",
        "[book]\ntitle = \"T\"\nlanguage = \"es\"\n[site]\ntime-zone = \"America/New_York\"\n",
        "[book\n",
        "[book]\ntitle = \"T\"\nauthors = [\"jane\", \"Ann Poe\"]\n[site]\nas-of = \"2025-12-22\"\nbase-url = \"https://a.example/x\"\n[site.languages.es]\ntitle = \"S\"\n",
    ],
    pieces: &[
        "[checks]\nunsourced-event = \"off\"\n",
        "[checks]\nunknown-id = \"warn\"\nunsourced-event = \"warn\"\n",
        "[[checks.allow]]\ncode = \"unsourced-event\"\nat = \"arrival\"\nreason = \"r\"\n",
        "[output.html]\nsmart-punctuation = false\nadditional-css = [\"static/own.css\"]\n",
        "[output.html.redirect]\n\"/old/\" = \"/deal/\"\n",
    ],
};

const PAGE: Kind = Kind {
    heads: &[
        "---\ntitle: A deal\norder: 1\n---\n",
        "---\ntitle: A *changed* title\norder: 3\npart: One\nsummary: It \"began\" here.[@ap]\n---\n",
        "---\ntitle: A deal\norder: 2\nkey-points: [\"See [[flights]].\"]\ntimeline: {entities: [bukele]}\n---\n",
        "---\ntitle: About [[bukele]]\nkind: page\npart: One\naliases: [/old-one/]\n---\n",
        "---\ntitle: Kept back\ndraft: true\n---\n",
        "---\ntitle: Later\nembargo: 2025-12-23T00:00:00Z\nupdates: [{date: 2025-04-14, kind: correction, text: \"Wrong [[flights]].\"}]\n---\n",
        "---\nsummary: No title\n---\n",
        "---\ntitle: [\n---\n",
        "---\ntitle: no end\n",
        "No head.\n",
        "---\ntitle: Otra lengua\n---\n",
        "---\ntitle: \"Not closed\nsummary: It began.\norder: 4\n---\n",
        "---\ntitle: No end\ndraft: true\n\n",
        "---\ntitle: By her\norder: 2\nauthors: [jane, Ann Poe]\npublished: 2025-04-01\n---\n",
        "---\ntitle: By her too\nkind: page\nauthors: [jane]\n---\n",
        "---\ntitle: By another\nauthors: [jan, bukele]\npublished: 2025-05-01\n---\n",
    ],
    pieces: &[
        "\nOne sentence -- with [[flights]] and [[bukele|him]].[@ap, p. 2]\n",
        "\n## A heading {#heading}\n\nAnd [[deal#heading]], [[court]].[@order]\n",
        "\nSee [the deal](deal.md#heading), [court](court.md) and ![a picture](media/x.jpg).\n",
        "\n[[nobody]] said so.[@none] TODO\n",
        "\n```claim\nid: error\n```\n",
        "\n```timeline\nentities: [bukele]\n```\n",
        "\n```known\nknown: [\"That [[arrival]] was.[@ap]\"]\nunknown: [x]\n```\n",
        "\nA [[writ]] and [[cecot]], [[jane]]; [[arrival]] and [[arrival]] again.[@ap; @order]\n",
        "\n[Gone](/no/where/) and [there](/timeline/).\n",
        "\nOn [[raid#heading]] and [[raid]].[@paper]\n",
    ],
};

const EVENTS: Kind = Kind {
    heads: &["", "# A remark.\n", "x: 1\n", "- [\n"],
    pieces: &[
        "- id: flights\n  date: 2025-03-15\n  title: Flights leave\n  summary: With [[bukele]].[@ap]\n  entities: [bukele]\n  place: cecot\n  significance: major\n  sources: [ap]\n",
        "- id: flights\n  date: 2025-04-20\n  title: Flights *leave* late\n  entities: [bukele, cecot]\n  sources: [ap, order]\n",
        "- id: flights\n  date: 2025-13-15\n  title: Flights\n",
        "- id: arrival\n  date: 2025-03-16\n  title: They arrive\n  after: [flights]\n  sections: [deal]\n  claims: [error]\n  sources: [\"order, p. 2\"]\n",
        "- id: arrival\n  date: 2025-03-14\n  title: They arrive\n  caused-by: [flights]\n  sections: [court]\n  topics: [t]\n",
        "- id: arrival\n  date: 2025\n  title: They arrive\n  draft: true\n  sources: [ap]\n",
        "- id: ruling\n  date: 2025-04-10\n  title: {en: A ruling, es: Un fallo}\n  summary: On [[deal]].\n  colour: red\n  sources: [ap]\n",
        "- id: ruling\n  date: 2025-04-10~\n  title: On [[writ]]\n  embargo: 2025-12-22T13:00:00Z\n  sources: [order]\n  accounts: [{by: bukele, says: no}]\n",
        "- id: odd\n  title: No date\n",
        "- id: fine\n  date: 2025-04-01\n  title: Between them, [[deal]]\n  entities: [cecot]\n  sources: [ap]\n",
        "- id: kept\n  date: 2025-04-02\n  title: Not yet\n  draft: true\n  sources: [ap]\n",
        "- id: broken\n  date: 2025-03-15\n  title: \"Not closed\n  sources: [ap]\n",
    ],
};

const ENTITIES: Kind = Kind {
    heads: &["", "x"],
    pieces: &[
        "- id: bukele\n  kind: person\n  name: Nayib Bukele\n  description: Met at [[deal]].[@ap]\n",
        "- id: bukele\n  kind: organisation\n  name: Bukele\n  aliases: [B]\n",
        "- id: cecot\n  kind: facility\n  name: CECOT\n  image: {src: media/x.jpg, alt: A gate}\n",
        "- id: cecot\n  kind: person\n  name: CECOT\n",
        "- id: court\n  kind: organisation\n  name: A court\n",
        "- id: bukele\n  kind: person\n  name: Nayib Bukele\n  draft: true\n",
        "- id: cecot\n  kind: facility\n  name: CECOT\n  embargo: 2025-12-22T13:00:00Z\n",
        "- id: jane\n  kind: author\n  name: Jane Doe\n  role: Reporter\n  bio: Wrote of [[cecot]].[@ap]\n",
        "- id: jane\n  kind: author\n  name: Jane *Roe*\n  contact: jane@example.org\n  disclosure: Knows [[bukele]] of the [[flights]].\n",
        "- id: jane\n  kind: author\n  name: Jane Doe\n  draft: true\n",
        "- id: jane\n  kind: person\n  name: Jane Doe\n",
    ],
};

const SOURCES: Kind = Kind {
    heads: &["", "- x\n"],
    pieces: &[
        "ap:\n  title: A report\n  publisher: Associated Press\n  date: 2025-04-10\n  url: https://ap.example/1\n",
        "ap:\n  title: Another report on [[bukele]]\n  kind: wire\n",
        "order:\n  title: The order\n  kind: primary\n  sources: [ap]\n",
        "order:\n  title: The order\n  draft: true\n",
        "Ap:\n  title: Same address\n",
        "ap:\n  title: A report\n  publisher: Associated Press\n  draft: true\n",
    ],
};

const CLAIMS: Kind = Kind {
    heads: &[""],
    pieces: &[
        "- id: error\n  text: It was an error.\n  asserted-by: [bukele]\n  status: alleged\n  sources: [ap]\n  sections: [deal]\n",
        "- id: error\n  text: It was [[flights]].\n  history: [{date: 2025-04-01, status: disputed, sources: [order]}]\n",
        "- {id: other, text: x, status: nonsense}\n",
        "- {id: error, text: Not yet., status: alleged, sources: [ap], sections: [deal], draft: true}\n",
    ],
};

const TERMS: Kind = Kind {
    heads: &[""],
    pieces: &[
        "- {id: writ, term: Writ, definition: \"Used in [[flights]].\", sources: [ap]}\n",
        "- {id: writ, term: A writ, definition: Nothing., note: \"See [[deal]].\"}\n",
        "- {id: writ, term: A writ, definition: Nothing., draft: true}\n",
    ],
};

const ENTRY: Kind = Kind {
    heads: &[
        "<p>{{ title_html | safe }} changed</p>",
        "<p>{{ no_such_thing }}</p>",
        "{% if %}",
        "<p><a href=\"{{ url | safe }}\">{{ title_html | safe }}</a> {{ sources }} {% for shown in appears.shown %}{{ shown.title_html | safe }}{% endfor %}</p>",
    ],
    pieces: &["<b>more</b>"],
};

const CLAIM_PAGE: Kind = Kind {
    heads: &[
        "{% extends \"default/claim.html\" %}",
        "<p id=\"x\">{{ claim.text_html | safe }} <a href=\"#y\">no</a></p>",
        "{{ claim.none }}",
    ],
    pieces: &[" "],
};

/// A page that calls a component, which calls another.
const SECTION_PAGE: Kind = Kind {
    heads: &[
        "{% extends \"default/section.html\" %}{% block head %}{{ <card title={page.title} /> }}{% endblock head %}",
        "{% extends \"default/section.html\" %}",
        "{% extends 'layout.html' %}{% block main %}<h1 id=\"own\">{{ section.title_html | safe }}</h1>{% include `components/body.html` %}{% endblock main %}",
        "{% extends \"section.html\" %}",
        "{% extends \"default/section.html\" %}{% block head %}{{ <card /> }}{% endblock head %}",
    ],
    pieces: &["{# #}"],
};

const CARD: Kind = Kind {
    heads: &[
        "{% component card(title) %}{{ <parts.inner title={title} /> }}{% endcomponent card %}",
        "{% component card(title) %}<a href=\"#page--main\">{{ title }}</a>{% endcomponent card %}",
        "{% component card(title) %}{{ other }}{% endcomponent card %}",
    ],
    pieces: &["\n"],
};

const INNER: Kind = Kind {
    heads: &[
        "{% component parts.inner(title) %}<a href=\"#inner\" id=\"inner\">{{ title }}</a>{% endcomponent parts.inner %}",
        "{% component parts.inner(title) %}<a href=\"#other\" id=\"other\">{{ title }}</a>{% endcomponent parts.inner %}",
        "{% component parts.inner(title) %}<a href=\"#nothing\">{{ title }}</a>{% include \"components/links.html\" %}{% endcomponent parts.inner %}",
        "{% component parts.inner(title) %}<a href=\"#nothing\">{{ title }}</a>{% endcomponent parts.inner %}",
    ],
    pieces: &["\n"],
};

/// What is included by what is included, by pages of some kinds.
const CLAIM_BLOCK: Kind = Kind {
    heads: &[
        "{% include \"default/blocks/claim.html\" %}<a href=\"#page--main\">more</a>",
        "<p><a href=\"{{ claim.url }}\">{{ claim.text_html | safe }}</a></p>",
        "<p><a href=\"#nowhere\">{{ claim.text_html | safe }}</a></p>",
        "{{ claim.none }}",
    ],
    pieces: &["<b>more</b>"],
};

/// What is included by the frame of all pages.
const FOOTER: Kind = Kind {
    heads: &[
        "{% include \"default/components/footer.html\" %}<p id=\"own-foot\"><a href=\"#own-foot\">Own</a></p>",
        "<p id=\"own-foot\"><a href=\"#own-foot\">{{ page.title }}</a></p>",
        "<p><a href=\"#own-foot\">{{ site.title }}</a></p>",
        "{{ page.none }}",
    ],
    pieces: &["<b>more</b>"],
};

/// What is rendered once for all pages.
const MASTHEAD: Kind = Kind {
    heads: &[
        "{% include \"default/components/masthead.html\" %}<p><a href=\"#page--main\">Own</a></p>",
        "<p id=\"mast\"><a href=\"{{ site.lists.changes }}\">{{ site.title }}</a></p>",
        "<p><a href=\"#mast\">{{ site.title }}</a></p>",
        "{{ page.title }}",
    ],
    pieces: &["<b>more</b>"],
};

const FRAME: Kind = Kind {
    heads: &[
        "{% extends \"default/layout.html\" %}{% block contents %}<p id=\"frame\">{{ super() }}</p>{% endblock contents %}",
        "{% extends \"default/layout.html\" %}",
        "<main id=\"page--main\">{% block head %}{% endblock head %}{% block contents %}{% endblock contents %}{% block main %}{% endblock main %}</main>{{ masthead | safe }}",
        "{% extends \"default/layout.html\" %}{% block no_such %}{% endblock no_such %}",
    ],
    pieces: &["{# #}"],
};

/// An event that is a file of its own.
const EVENT_FILE: Kind = Kind {
    heads: &[
        "---\ndate: 2025-03-20\ntitle: A raid\nentities: [bukele]\nsources: [ap]\n---\n",
        "---\nid: raid\ndate: 2025-05\nsummary: With [[flights]].\nsources: [ap]\n---\n# A raid at dawn\n",
        "---\ndate: 2025-03-20\ntitle: A raid\ndraft: true\nsources: [ap]\n---\n",
        "---\nid: other\ndate: 2025-03-20\ntitle: A raid\n---\n",
        "---\ntitle: [\n---\n",
        "No head.\n",
    ],
    pieces: PAGE.pieces,
};

/// A source that is a file of its own, or a bibliography.
const SOURCE_FILE: Kind = Kind {
    heads: &[
        "title: A report\ntype: web\n",
        "title: A report on [[bukele]]\nid: paper\n",
        "paper:\n  title: A report\n",
        "title: \"Not closed\n",
    ],
    pieces: &["publisher: A paper\n", "draft: true\n", "note: See [[raid#heading]].\n"],
};

const ANY: Kind = Kind { heads: &["a", "b"], pieces: &["c"] };

/// The files that edits are made to.
const FILES: &[(&str, &Kind, Sound)] = &[
    (
        "content/deal.md",
        &PAGE,
        &[
            (0, &[0, 1]),
            (1, &[1, 4]),
            (2, &[1, 6, 7]),
            (3, &[1]),
            (1, &[2, 1]),
            (2, &[1, 8]),
            (5, &[1, 5]),
            (13, &[1, 7]),
            (14, &[0]),
            (15, &[1]),
        ],
    ),
    (
        "content/court.md",
        &PAGE,
        &[
            (0, &[0, 1]),
            (1, &[1, 4]),
            (2, &[1, 6, 7]),
            (3, &[1]),
            (1, &[2, 1]),
            (2, &[1, 8]),
            (5, &[1, 5]),
            (13, &[1, 7]),
            (14, &[0]),
            (15, &[1]),
        ],
    ),
    ("content/deep/deal.md", &PAGE, &[]),
    ("content/court.es.md", &PAGE, &[(10, &[0]), (10, &[1, 7])]),
    (
        "content/index.md",
        &PAGE,
        &[
            (0, &[0, 1]),
            (1, &[1, 4]),
            (2, &[1, 6, 7]),
            (3, &[1]),
            (1, &[2, 1]),
            (2, &[1, 8]),
            (5, &[1, 5]),
            (13, &[1, 7]),
            (14, &[0]),
            (15, &[1]),
        ],
    ),
    (
        "content/404.md",
        &PAGE,
        &[
            (0, &[0, 1]),
            (1, &[1, 4]),
            (2, &[1, 6, 7]),
            (3, &[1]),
            (1, &[2, 1]),
            (2, &[1, 8]),
            (5, &[1, 5]),
            (13, &[1, 7]),
            (14, &[0]),
            (15, &[1]),
        ],
    ),
    ("content/events/a.yaml", &EVENTS, &[(0, &[0, 3]), (1, &[3, 0]), (0, &[1, 3]), (0, &[3, 9, 0])]),
    ("content/events/b.yaml", &EVENTS, &[(0, &[9]), (0, &[10]), (0, &[9, 10])]),
    (
        "content/entities/all.yaml",
        &ENTITIES,
        &[(0, &[0, 2, 7]), (0, &[2, 1, 8]), (0, &[1, 0, 2]), (0, &[8, 0, 2]), (0, &[7, 2, 0]), (0, &[0, 2, 9])],
    ),
    ("content/sources/all.yaml", &SOURCES, &[(0, &[0, 2]), (0, &[2, 1])]),
    ("content/claims/all.yaml", &CLAIMS, &[(0, &[0]), (0, &[1])]),
    ("content/glossary.yaml", &TERMS, &[(0, &[0]), (0, &[1])]),
    ("book.toml", &BOOK, &[(0, &[]), (1, &[0]), (1, &[4]), (0, &[3]), (5, &[]), (5, &[3])]),
    ("templates/components/event_entry.html", &ENTRY, &[(0, &[]), (3, &[]), (3, &[0])]),
    ("templates/claim.html", &CLAIM_PAGE, &[(0, &[]), (0, &[0])]),
    ("content/media/x.jpg", &ANY, &[(0, &[]), (1, &[0])]),
    ("static/own.css", &ANY, &[(0, &[]), (1, &[0])]),
    ("content/stray.yaml", &ANY, &[(0, &[]), (1, &[0])]),
    (
        "content/third.md",
        &PAGE,
        &[
            (0, &[0, 1]),
            (1, &[1, 4]),
            (2, &[1, 6, 7]),
            (3, &[1]),
            (1, &[2, 1]),
            (2, &[1, 8]),
            (5, &[1, 5]),
            (13, &[1, 7]),
            (14, &[0]),
            (15, &[1]),
        ],
    ),
    ("templates/components/card.html", &CARD, &[(0, &[]), (1, &[])]),
    ("templates/parts/inner.html", &INNER, &[(0, &[]), (1, &[]), (3, &[]), (1, &[0])]),
    ("templates/section.html", &SECTION_PAGE, &[(0, &[]), (1, &[]), (2, &[])]),
    ("templates/blocks/claim.html", &CLAIM_BLOCK, &[(0, &[]), (1, &[]), (2, &[])]),
    ("templates/components/footer.html", &FOOTER, &[(0, &[]), (1, &[]), (2, &[])]),
    ("templates/components/masthead.html", &MASTHEAD, &[(0, &[]), (1, &[]), (2, &[])]),
    ("templates/layout.html", &FRAME, &[(0, &[]), (1, &[]), (2, &[])]),
    ("content/events/raid.md", &EVENT_FILE, &[(0, &[0, 1]), (1, &[4, 5]), (0, &[]), (1, &[6, 7, 5]), (0, &[5, 1])]),
    ("content/sources/paper.yaml", &SOURCE_FILE, &[(0, &[0]), (1, &[]), (2, &[])]),
];

/// Files that others point into: those of the site that edits begin with.
const NEEDED: [usize; 13] = [0, 1, 6, 8, 9, 10, 11, 12, 15, 16, 19, 20, 21];

/// What is done to a file: new pieces, or nothing left of it.
#[derive(Clone, Debug)]
struct Edit {
    file: usize,
    text: Option<(usize, Vec<usize>)>,
}

impl Edit {
    fn path(&self) -> &'static str {
        FILES[self.file].0
    }

    fn apply(&self, desk: &SiteFiles) {
        let kind = FILES[self.file].1;
        match &self.text {
            None => desk.remove(self.path()),
            Some((head, pieces)) => {
                let mut text = kind.heads[head % kind.heads.len()].to_owned();
                pieces.iter().for_each(|piece| text.push_str(kind.pieces[piece % kind.pieces.len()]));
                desk.write(self.path(), &text);
            }
        }
    }
}

/// Some edits, how they are told of, and what is asked for afterwards.
#[derive(Clone, Debug)]
struct Save {
    edits: Vec<Edit>,
    told: Told,
    asked: Asked,
}

#[derive(Clone, Copy, Debug)]
enum Told {
    Files,
    Folders,
    All,
    Hourly,
}

#[derive(Clone, Copy, Debug)]
enum Asked {
    Nothing,
    APage,
    Findings,
    Everything,
}

fn edit() -> impl Strategy<Value = Edit> {
    // The first files are changed more often than the rest, and so are templates, which come last.
    let file = prop_oneof![5 => 0..FILES.len(), 4 => 0..8_usize, 3 => 19..FILES.len()];
    let pieces = (0..10_usize, prop::collection::vec(0..11_usize, 0..4));
    (file, 0..10_usize, pieces, any::<prop::sample::Index>()).prop_map(|(file, way, pieces, which)| {
        let sound = FILES[file].2;
        let text = match way {
            // What nothing else depends on comes and goes.
            4 | 5 if !NEEDED.contains(&file) => None,
            0 => None,
            1..=3 => Some(pieces),
            _ if sound.is_empty() => None,
            _ => {
                let (head, known) = sound[which.index(sound.len())];
                let mut text = known.to_vec();
                // One thing changed in a site that is sound otherwise, which is what nearly every save of an editor is.
                if let (7 | 8, Some(piece)) = (way, pieces.1.first()) {
                    match text.get_mut(pieces.0) {
                        Some(one) => *one = *piece,
                        None => text.push(*piece),
                    }
                }
                Some((head, text))
            }
        };
        Edit { file, text }
    })
}

fn save() -> impl Strategy<Value = Save> {
    let told = prop_oneof![6 => Just(Told::Files), 1 => Just(Told::Folders), 1 => Just(Told::All), 1 => Just(Told::Hourly)];
    let asked = prop_oneof![2 => Just(Asked::Nothing), 2 => Just(Asked::APage), 4 => Just(Asked::Findings), 1 => Just(Asked::Everything)];
    (prop::collection::vec(edit(), 1..4), told, asked).prop_map(|(edits, told, asked)| Save { edits, told, asked })
}

/// A site in which everything is sound.
fn desk() -> SiteFiles {
    let desk = SiteFiles::default();
    for file in NEEDED {
        let (head, pieces) = FILES[file].2[0];
        Edit { file, text: Some((head, pieces.to_vec())) }.apply(&desk);
    }
    desk
}

fn follow(live: &mut Live, desk: &SiteFiles, save: &Save, now: &mut jiff::Timestamp) {
    save.edits.iter().for_each(|edit| edit.apply(desk));
    let paths: BTreeSet<String> = save.edits.iter().map(|edit| edit.path().to_owned()).collect();
    let changed = match save.told {
        Told::Files => Change::Paths(paths),
        Told::Folders => {
            let folder = |path: &String| path.rsplit_once('/').map_or(path.as_str(), |(folder, _)| folder).to_owned();
            Change::Paths(paths.iter().map(folder).collect())
        }
        Told::All => Change::All,
        Told::Hourly => {
            *now += jiff::SignedDuration::from_hours(7);
            Change::Paths(paths)
        }
    };
    let edition = live.update(&changed, *now);
    match save.asked {
        Asked::Nothing => {}
        Asked::APage => drop(edition.page("deal/index.html")),
        Asked::Findings => drop(edition.finished(&AtomicBool::new(false)).map(<[_]>::len)),
        Asked::Everything => drop(shown(&edition)),
    }
}

type Shown = Vec<(String, Result<Vec<u8>, Diagnostic>)>;

/// Every file that an edition has.
fn shown(edition: &Edition) -> Shown {
    let made = |path: &str| edition.page(path).map(|page| page.map(|page| page.bytes.clone()));
    edition.paths().filter_map(|path| Some((path.to_owned(), made(path)?))).collect()
}

/// A difference between two editions, in words.
pub fn difference(followed: &Arc<Edition>, clean: &Arc<Edition>) -> Option<String> {
    let said = |edition: &Edition| human::render(edition.diagnostics(), edition.tree(), false);
    if said(followed) != said(clean) || followed.diagnostics() != clean.diagnostics() {
        return Some(format!("followed, it says:\n{}\nclean, it says:\n{}", said(followed), said(clean)));
    }
    if followed.blocked() != clean.blocked() {
        return Some("only one of them is blocked".to_owned());
    }
    if clean.blocked().is_some() {
        return None;
    }
    let go_on = AtomicBool::new(false);
    let (a, b) = (followed.finished(&go_on), clean.finished(&go_on));
    if a != b {
        return Some(format!("on finished pages, followed it finds {a:#?}, clean {b:#?}"));
    }
    if diagnostics::errors(followed.diagnostics()) == 0 && !followed.stale().is_empty() {
        return Some(format!("what is kept of {:?} is stale", followed.stale()));
    }
    same_pages(followed, clean).or_else(|| {
        same_pages(&followed.as_published(), &clean.as_published()).map(|difference| format!("as published: {difference}"))
    })
}

fn same_pages(followed: &Edition, clean: &Edition) -> Option<String> {
    if !followed.paths().eq(clean.paths()) {
        let paths = |edition: &Edition| edition.paths().map(str::to_owned).collect::<BTreeSet<_>>();
        let (a, b) = (paths(followed), paths(clean));
        return Some(format!("{:?} are there in one alone", a.symmetric_difference(&b).collect::<Vec<_>>()));
    }
    let (a, b) = (shown(followed), shown(clean));
    let ((path, a), (_, b)) = a.into_iter().zip(b).find(|(a, b)| a != b)?;
    let text = |made: Result<Vec<u8>, Diagnostic>| made.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    Some(match (text(a), text(b)) {
        (Ok(a), Ok(b)) => {
            let line = a.lines().zip(b.lines()).find(|(a, b)| a != b);
            format!("/{path} differs: {line:#?}")
        }
        (a, b) => format!("/{path} differs: followed {a:?}, clean {b:?}"),
    })
}

/// Follows a site through `saves`; what then differs from one made anew, if anything does.
fn try_saves(saves: &[Save], in_a_process: bool) -> Result<(), TestCaseError> {
    let desk = desk();
    let mut now = request().now;
    let mut live =
        Live::open(request(), Arc::new(desk.clone())).map_err(|failure| TestCaseError::fail(failure.to_string()))?;
    for save in saves {
        follow(&mut live, &desk, save, &mut now);
    }
    let clean = match Live::open(Request { now, ..request() }, Arc::new(desk.clone())) {
        Ok(clean) => clean.edition(),
        // There is no book.toml any more, which a site that is followed outlives.
        Err(_) => {
            prop_assert!(live.edition().blocked().is_some());
            return Ok(());
        }
    };
    let found = difference(&live.edition(), &clean);
    prop_assert!(found.is_none(), "{}", found.unwrap_or_default());
    if in_a_process && clean.blocked().is_none() {
        let found = difference_to_the_program(&live.edition(), &desk, now);
        prop_assert!(found.is_none(), "{}", found.unwrap_or_default());
    }
    Ok(())
}

/// What differs from what the program itself prints and writes, in a process of its own.
fn difference_to_the_program(followed: &Arc<Edition>, desk: &SiteFiles, now: jiff::Timestamp) -> Option<String> {
    let mut site = Site::new().now(&now.to_string());
    for (path, bytes) in desk.files() {
        site = site.file(&path, bytes);
    }
    let published = followed.as_published();
    let mut expected = published.diagnostics().to_vec();
    let is_sound = diagnostics::errors(&expected) == 0;
    if is_sound {
        expected.extend_from_slice(published.finished(&AtomicBool::new(false)).unwrap_or_default());
        diagnostics::sort(&mut expected);
    }
    let outcome = site.build();
    let said = human::render(&expected, published.tree(), false);
    if !outcome.stderr.starts_with(&said) {
        return Some(format!("followed, it says:\n{said}\nthe program says:\n{}", outcome.stderr));
    }
    if diagnostics::errors(&expected) > 0 {
        return (outcome.code == Some(0)).then(|| "the program does not see the errors".to_owned());
    }
    let written = files_below(&site.root().join("site"));
    let written: Shown = written
        .into_iter()
        .filter(|(path, _)| path != ".backgrounder.json")
        .map(|(path, bytes)| (path, Ok(bytes)))
        .collect();
    let shown = shown(&published);
    if written == shown {
        return None;
    }
    let differing =
        shown.iter().find(|file| !written.contains(file)).or_else(|| written.iter().find(|file| !shown.contains(file)));
    Some(format!("the program writes another /{}", differing.map_or("", |(path, _)| path)))
}

/// How many sequences are tried.
fn cases() -> u32 {
    std::env::var("INCREMENTAL_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(500)
}

fn run(cases: u32, saves: std::ops::Range<usize>, in_a_process: bool) {
    let config = Config { source_file: Some(file!()), max_shrink_iters: 2_000, ..trials(cases) };
    let sequence = prop::collection::vec(save(), saves);
    if let Err(error) = TestRunner::new(config).run(&sequence, |saves| try_saves(&saves, in_a_process)) {
        panic!("{error}");
    }
}

#[test]
fn a_site_that_is_followed_is_the_site_made_anew() {
    run(cases() * 24 / 25, 1..8, false);
}

#[test]
fn a_site_that_is_followed_is_what_the_program_makes_of_it() {
    run(cases().div_ceil(25), 1..5, true);
}

#[test]
fn the_site_that_edits_begin_with_is_sound() {
    let live = Live::open(request(), Arc::new(desk())).unwrap();
    let edition = live.edition();
    assert_eq!(human::render(edition.diagnostics(), edition.tree(), false), "");
    assert_eq!(edition.finished(&AtomicBool::new(false)).map(<[_]>::len), Some(0));
}
