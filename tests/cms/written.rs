//! Sites as the tools write them: with their quotation marks, their empty values for fields that nobody filled in, their lists.

use crate::support::{NOW, SVG, Site};

/// A site whose records were all written by a tool, with these files.
#[track_caller]
fn builds(tool: &str, files: &[(&str, &str)]) {
    let site = files.iter().fold(Site::new(), |site, (path, text)| site.file(path, text));
    let outcome = site.run(&["build", "--strict", "--now", NOW]).succeeds();
    assert!(outcome.stderr.contains("1 section, 1 event, 2 entities, 1 source"), "{tool}: {}", outcome.stderr);
    let event = outcome.page("events/flights-leave/index.html");
    for words in ["Flights leave: three of them", "Ana Roe", "It was told", "in detail"] {
        assert!(event.contains(words), "{tool}: {words} in {event}");
    }
}

/// What Decap writes: its own YAML library, which quotes what YAML 1.1 would read as something else, keeps fields that were
/// cleared as empty texts, and indents lists.
const DECAP: &[(&str, &str)] = &[
    (
        "content/the-flights.md",
        "---\ntitle: The flights\nsummary: \"\"\nkind: section\norder: 1\npart: \"\"\npublished: 2025-04-01\nupdated: \"\"\nauthors:\n  - jane-doe\ntopics:\n  - courts\nkey-points:\n  - |-\n    Three flights left.[@ap]\nsources: []\ndraft: false\nembargo: \"\"\naliases: []\n---\nIt began with [[flights-leave]].[@ap, p. 2]\n",
    ),
    (
        "content/events/flights-leave.md",
        "---\nid: flights-leave\ndate: 2025-03-15\ntitle: \"Flights leave: three of them\"\nsummary: >-\n  They left despite an order, as [[ana-roe]] said, and nobody stopped them on\n  the way.[@ap]\nsections: []\nentities:\n  - ana-roe\ntopics: []\nclaims: []\nplace: \"\"\nsignificance: null\nstatus: null\naccounts: []\npublished: \"\"\nknown-from: \"\"\nlater:\n  - date: 2025-04-10\n    text: It was told.\n    sources:\n      - \"ap, p. 3\"\nafter: []\ncaused-by: []\norder: \"\"\nnote: \"\"\ndesk-note: \"\"\nmedia:\n  src: \"\"\n  alt: \"\"\nsources:\n  - ap\ndraft: false\nembargo: \"\"\nupdates: []\naliases: []\n---\nAnd here it is *in detail*.[@ap]\n",
    ),
    (
        "content/entities/ana-roe.md",
        "---\nid: ana-roe\nkind: person\nname: Ana Roe\nsort-name: \"\"\nname-in-text: \"\"\ndescription: Mayor.\nroles:\n  - title: Mayor\n    from: \"2022\"\n    to: ..\nsame-as: []\naccused: false\nstatus: []\n---\n",
    ),
    (
        "content/entities/authors/jane-doe.md",
        "---\nid: jane-doe\nkind: author\nname: Jane Doe\nrole: \"\"\nbio: \"\"\ncontact: \"\"\nexpertise: []\n---\n",
    ),
    ("content/entities/port.md", "---\nid: port\nkind: place\nname: Port Ansel\ndescription: \"\"\n---\n"),
    (
        "content/sources/ap.md",
        "---\nid: ap\ntype: web\ntitle: A report\nauthor:\n  - Doe, Jane\npublisher: Associated Press\ndate: 2025-04-10\nurl: https://ap.example/1\nkind: news\ntitle-is: \"\"\nvia: \"\"\narchive-url: \"\"\narchived: \"\"\naccess: \"\"\nquote: \"\"\nlanguage: \"\"\n---\n",
    ),
];

/// What Sveltia writes: texts without quotation marks where it can, times as texts, nothing for what is empty.
const SVELTIA: &[(&str, &str)] = &[
    (
        "content/the-flights.md",
        "---\ntitle: The flights\nkind: section\norder: 1\npublished: 2025-04-01\nauthors:\n  - jane-doe\ntopics:\n  - courts\nkey-points:\n  - Three flights left.[@ap]\ndraft: false\n---\nIt began with [[flights-leave]].[@ap, p. 2]\n",
    ),
    (
        "content/events/flights-leave.md",
        "---\nid: flights-leave\ndate: 2025-03-15\ntitle: 'Flights leave: three of them'\nsummary: |-\n  They left despite an order, as [[ana-roe]] said.[@ap]\n\n  Nobody stopped them.[@ap]\nentities:\n  - ana-roe\nlater:\n  - date: 2025-04-10\n    text: It was told.\n    sources:\n      - ap, p. 3\nsources:\n  - ap\ndraft: false\n---\n\nAnd here it is *in detail*.[@ap]\n",
    ),
    (
        "content/entities/ana-roe.md",
        "---\nid: ana-roe\nkind: person\nname: Ana Roe\ndescription: Mayor.\nroles:\n  - title: Mayor\n    from: '2022'\n    to: ..\naccused: false\n---\n",
    ),
    ("content/entities/authors/jane-doe.md", "---\nid: jane-doe\nkind: author\nname: Jane Doe\n---\n"),
    (
        "content/entities/port.md",
        "---\nid: port\nkind: place\nname: Port Ansel\naccused: false\nimage:\n  src: /media/port.svg\n  alt: The port\n  credit: Jane Doe\n---\n",
    ),
    ("content/media/port.svg", SVG),
    (
        "content/sources/ap.md",
        "---\nid: ap\ntype: web\ntitle: A report\nauthor:\n  - Doe, Jane\npublisher: Associated Press\ndate: 2025-04-10\nurl: https://ap.example/1\nkind: news\n---\n",
    ),
];

/// What Front Matter writes: the name of its content type, and dates in quotation marks.
const FRONT_MATTER: &[(&str, &str)] = &[
    (
        "content/the-flights.md",
        "---\ntitle: \"The flights\"\norder: 1\npublished: \"2025-04-01\"\nauthors:\n  - jane-doe\nkey-points:\n  - \"Three flights left.[@ap]\"\nfmContentType: pages\n---\n\nIt began with [[flights-leave]].[@ap, p. 2]\n",
    ),
    (
        "content/events/flights-leave.md",
        "---\nid: flights-leave\ndate: \"2025-03-15\"\ntitle: \"Flights leave: three of them\"\nsummary: \"It was told.[@ap]\"\nplace: \"\"\nentities:\n  - ana-roe\nsources:\n  - ap\norder: 0\nfmContentType: events\n---\n\nAnd here it is *in detail*.[@ap]\n",
    ),
    ("content/entities/ana-roe.md", "---\nid: ana-roe\nkind: person\nname: \"Ana Roe\"\nfmContentType: entities\n---\n"),
    (
        "content/entities/authors/jane-doe.md",
        "---\nid: jane-doe\nkind: author\nname: \"Jane Doe\"\nfmContentType: authors\n---\n",
    ),
    ("content/entities/port.md", "---\nid: port\nkind: place\nname: \"Port Ansel\"\nfmContentType: entities\n---\n"),
    (
        "content/sources/ap.md",
        "---\nid: ap\ntitle: \"A report\"\npublisher: \"Associated Press\"\ndate: \"2025-04-10\"\nurl: \"https://ap.example/1\"\nfmContentType: sources\n---\n",
    ),
];

#[test]
fn sites_that_tools_have_written_build_without_a_finding() {
    builds("Decap", DECAP);
    builds("Sveltia", SVELTIA);
    builds("Front Matter", FRONT_MATTER);
}

#[test]
fn an_empty_value_is_no_value_but_holds_nothing_back_by_mistake() {
    let event = |more: &str| {
        let text = format!("---\ndate: 2025-03-15\ntitle: A\nsources: [ap]\n{more}---\n");
        Site::new()
            .sourced()
            .file("content/events/a.md", text)
            .section("s", "[[a]]")
            .run(&["build", "--strict", "--now", NOW])
    };
    event("summary: ''\nstatus: ''\norder: ''\nplace: ''\nembargo: ''\ndraft: false\nlater: ''\n").succeeds();
    event("summary:\nstatus:\norder:\nplace:\nlater:\ndesk-note:\n").succeeds();
    // Somebody began to write that it isn't to be published yet, or means to.
    event("embargo:\n").fails().says("error[wrong-type]");
    event("draft: ''\n").fails().says("error[wrong-type]");
    // What has to be there is missed, and items that say nothing are mistakes.
    event("later: [{date: '', text: ''}]\n").fails().says("error[bad-date]");
    event("topics: [~]\n").fails().says("error[wrong-type]");
}
