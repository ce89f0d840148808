//! The files of a site that is edited, and what each may contain. Pieces of one file point at what pieces of another say, so any
//! two of them may or may not fit together.

/// How a file is put together: what it begins with, and what may follow, in any order and number.
pub struct Kind {
    pub heads: &'static [&'static str],
    pub pieces: &'static [&'static str],
}

/// Some texts of a file, by the numbers of their pieces, that leave the site without errors if all others do.
pub type Sound = &'static [(usize, &'static [usize])];

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
        "[output.html.theme]\nrecord-cards = false\nmemory = false\n",
        "[output.html]\nlocators = true\n",
    ],
};

const PAGE: Kind = Kind {
    heads: &[
        "---\ntitle: A deal\norder: 1\n---\n",
        "---\ntitle: A *changed* title\norder: 3\npart: One\nsummary: It \"began\" here.[@ap]\n---\n",
        "---\ntitle: A deal\norder: 2\nnumbers: [{number: 261, text: \"See [[flights]].\"}]\nkey-points: [\"See [[flights]].\"]\ntimeline: {entities: [bukele]}\n---\n",
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
        "\nSee [the deal](deal.md#heading), [court](court.md) and ![a picture](media/x.svg).\n",
        "\n[[nobody]] said so.[@none] TODO\n",
        "\n```claim\nid: error\n```\n",
        "\n```timeline\nentities: [bukele]\n```\n",
        "\n```known\nknown: [\"That [[arrival]] was.[@ap]\"]\nunknown: [x]\n```\n",
        "\nA [[writ]] and [[cecot]], [[jane]]; [[arrival]] and [[arrival]] again.[@ap; @order]\n",
        "\n[Gone](/no/where/) and [there](/timeline/).\n",
        "\nOn [[raid#heading]] and [[raid]].[@paper]\n",
        "\n```embed\nurl: https://youtu.be/jNQXAC9IVRw\ntitle: Of [[flights]]\nby: bukele\nsources: [ap]\n```\n",
        "\n```map\ntitle: From [[court]]\nalt: A map.\nroute: [cecot, {place: harbor, text: On [[flights]].}]\nsources: [ap]\n```\n",
        "\nNayib Bukele said, \"I will not return him to your country.\"\n\nThen [[bukele]] left.[@ap]\n",
        "\nArmando Bukele was there. On March 14, the planes [[flights|landed]]. It [[error|was wrong]].\n",
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
        "- id: fine\n  date: 2025-04-01\n  title: To come\n  status: scheduled\n  sources: [ap, order]\n  media: {src: media/x.svg}\n",
    ],
};

const ENTITIES: Kind = Kind {
    heads: &["", "x"],
    pieces: &[
        "- id: bukele\n  kind: person\n  name: Nayib Bukele\n  description: Met at [[deal]].[@ap]\n",
        "- id: bukele\n  kind: organisation\n  name: Bukele\n  aliases: [B]\n",
        "- id: cecot\n  kind: facility\n  name: CECOT\n  image: {src: media/x.svg, alt: A gate, credit: C}\n",
        "- id: cecot\n  kind: person\n  name: CECOT\n",
        "- id: court\n  kind: organisation\n  name: A court\n",
        "- id: bukele\n  kind: person\n  name: Nayib Bukele\n  draft: true\n",
        "- id: cecot\n  kind: facility\n  name: CECOT\n  embargo: 2025-12-22T13:00:00Z\n",
        "- id: jane\n  kind: author\n  name: Jane Doe\n  role: Reporter\n  bio: Wrote of [[cecot]].[@ap]\n",
        "- id: jane\n  kind: author\n  name: Jane *Roe*\n  contact: jane@example.org\n  disclosure: Knows [[bukele]] of the [[flights]].\n",
        "- id: jane\n  kind: author\n  name: Jane Doe\n  draft: true\n",
        "- id: jane\n  kind: person\n  name: Jane Doe\n",
        "- id: cecot\n  kind: facility\n  name: CECOT\n  location: {lat: 13.6, lon: -88.8}\n- id: harbor\n  kind: place\n  name: The harbor\n  location: {lat: 39.3, lon: -76.6}\n",
        "- id: cecot\n  kind: facility\n  name: The prison\n  location: {lat: 13.5, lon: -88.7, approximate: true}\n- id: harbor\n  kind: place\n  name: The harbor\n  location: {lat: 39.2, lon: -76.6}\n",
        "- id: bukele\n  kind: person\n  name: Armando Bukele\n",
        "- id: cecot\n  kind: person\n  name: Nayib Bukele\n  description: Another.\n",
        "- id: bukele\n  kind: person\n  name: Nayib Bukele\n  accused: true\n  status: [{date: 2025-04-01, is: \"charged[@ap]\"}, {date: 2025-05-01, is: freed}]\n",
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
        "ap:\n  title: A report\n  quote: I would not return him to your country\n",
        "ap:\n  title: A post\n  kind: social\n  date: 2025-01-10\n  url: https://www.social.com/1\n",
        "order:\n  title: The order\n  publisher: Associated Press\n  date: 2025-01-12\n  url: https://www.court.gov/1\n",
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

/// An event in its own file.
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

/// A source in its own file, or a bibliography.
const SOURCE_FILE: Kind = Kind {
    heads: &[
        "title: A report\ntype: web\n",
        "title: A report on [[bukele]]\nid: paper\n",
        "paper:\n  title: A report\n",
        "title: \"Not closed\n",
    ],
    pieces: &["publisher: A paper\n", "draft: true\n", "note: See [[raid#heading]].\n"],
};

/// A drawing: two that are fine, one that is no drawing, and one that is refused.
const PICTURE: Kind = Kind {
    heads: &[
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\"/>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"20\"/>",
        "no drawing",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>",
    ],
    pieces: &["<!-- one -->", "\n"],
};

const ANY: Kind = Kind { heads: &["a", "b"], pieces: &["c"] };

/// The files that edits are made to.
pub const FILES: &[(&str, &Kind, Sound)] = &[
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
        &[
            (0, &[0, 2, 7]),
            (0, &[2, 1, 8]),
            (0, &[1, 0, 2]),
            (0, &[8, 0, 2]),
            (0, &[7, 2, 0]),
            (0, &[0, 2, 9]),
            (0, &[0, 11]),
            (0, &[12, 7]),
        ],
    ),
    ("content/sources/all.yaml", &SOURCES, &[(0, &[0, 2]), (0, &[2, 1])]),
    ("content/claims/all.yaml", &CLAIMS, &[(0, &[0]), (0, &[1])]),
    ("content/glossary.yaml", &TERMS, &[(0, &[0]), (0, &[1])]),
    ("book.toml", &BOOK, &[(0, &[]), (1, &[0]), (1, &[4]), (0, &[3]), (5, &[]), (5, &[3]), (0, &[6])]),
    ("templates/components/event_entry.html", &ENTRY, &[(0, &[]), (3, &[]), (3, &[0])]),
    ("templates/claim.html", &CLAIM_PAGE, &[(0, &[]), (0, &[0])]),
    ("content/media/x.svg", &PICTURE, &[(0, &[]), (1, &[0]), (0, &[1])]),
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
pub const NEEDED: [usize; 13] = [0, 1, 6, 8, 9, 10, 11, 12, 15, 16, 19, 20, 21];
