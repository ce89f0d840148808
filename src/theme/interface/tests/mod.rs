//! What is found in templates, and what is not.

mod reader;

use std::collections::BTreeSet;

use super::scope::Place;
use super::syntax::{Expr, Node};
use super::*;
use crate::language::Catalogue;
use crate::output::templates;
use crate::source::layers::built_in;
use crate::view::site::SiteView;

/// The built-in templates by their full names.
fn built_in_templates() -> Vec<(String, String)> {
    let all = built_in();
    let texts = all.iter().filter_map(|(path, bytes)| Some((path.strip_prefix("templates/")?, *bytes)));
    texts.map(|(name, bytes)| (format!("default/{name}"), String::from_utf8(bytes.to_vec()).unwrap())).collect()
}

fn words() -> impl Iterator<Item = String> {
    let words = Catalogue::load("en");
    let names: Vec<_> = words.iter().filter_map(|(key, _)| Some(key.strip_prefix("ui.")?.replace('-', "_"))).collect();
    names.into_iter()
}

/// Checks these templates of a site along with the built-in ones.
fn checked(own: &[(&str, &str)]) -> Vec<Diagnostic> {
    let built_in = built_in_templates();
    let default = built_in.iter().map(|(name, text)| Source { name, text, file: None });
    let own = own.iter().enumerate().map(|(at, (name, text))| Source { name, text, file: Some(FileId(at as u32)) });
    check::<SiteView>(templates::interface(), &default.chain(own).collect::<Vec<_>>(), words())
}

/// The findings, each as `name:line:column `word`: message | help`.
fn told(own: &[(&str, &str)]) -> Vec<String> {
    let show = |fault: Diagnostic| {
        let help = fault.help.unwrap_or_default();
        let Some(span) = fault.span else { return format!("{} | {help}", fault.message) };
        let (name, text) = own[span.file.position()];
        let before = &text[..span.range.bytes().start];
        let (line, column) = (before.matches('\n').count() + 1, before.chars().rev().take_while(|c| *c != '\n').count() + 1);
        format!("{name}:{line}:{column} `{}`: {} | {help}", span.range.of(text), fault.message)
    };
    checked(own).into_iter().map(show).collect()
}

/// Checks that these are the only findings in one template.
#[track_caller]
fn one(name: &str, text: &str, wanted: &[&str]) {
    assert_eq!(told(&[(name, text)]), wanted, "{text}");
}

#[track_caller]
fn clean(name: &str, text: &str) {
    one(name, text, &[]);
}

/// Every variable and field that a template looks up.
fn lookups(parsed: &syntax::Parsed<'_>, out: &mut BTreeSet<usize>) {
    nodes(&parsed.nodes, out);
    parsed.components.iter().for_each(|component| nodes(&component.body, out));
}

fn nodes(of: &[Node<'_>], out: &mut BTreeSet<usize>) {
    for node in of {
        match node {
            Node::Print(expr) | Node::Set { value: expr, .. } => expression(expr, out),
            Node::Capture { body, .. } | Node::Block { body, .. } => nodes(body, out),
            Node::If { arms, otherwise } => {
                arms.iter().for_each(|(condition, body)| {
                    expression(condition, out);
                    nodes(body, out);
                });
                nodes(otherwise, out);
            }
            Node::For { of, body, otherwise, .. } => {
                expression(of, out);
                nodes(body, out);
                nodes(otherwise, out);
            }
            Node::Include(_) => {}
        }
    }
}

fn expression(of: &Expr<'_>, out: &mut BTreeSet<usize>) {
    of.variables(&mut |word| _ = out.insert(word.at));
    let mut step = of;
    loop {
        step = match step {
            Expr::Field { of, name, .. } => {
                out.insert(name.at);
                of
            }
            Expr::Filtered { of, .. } | Expr::Item { of, .. } | Expr::Not(of) => of,
            Expr::Both(left, right) | Expr::Binary(_, left, right) => {
                expression(left, out);
                right
            }
            _ => return,
        };
    }
}

#[test]
fn the_built_in_templates_are_clean_and_understood_to_the_last_word() {
    assert_eq!(told(&[]), [""; 0]);
    let texts = built_in_templates();
    let sources: Vec<_> = texts.iter().map(|(name, text)| Source { name, text, file: None }).collect();
    let read: Vec<_> = sources.iter().map(read).collect();
    let found = walked::<SiteView>(templates::interface(), &read, words()).found;
    let (mut all, mut missed) = (0, Vec::new());
    for (at, template) in read.iter().enumerate() {
        let parsed = template.parsed.as_ref().unwrap_or_else(|| panic!("{} can't be parsed", template.name));
        let mut lookups = BTreeSet::new();
        self::lookups(parsed, &mut lookups);
        // The parser misses nothing that looks like a path to a reader that knows no grammar.
        for place in dotted(template.text) {
            assert!(lookups.contains(&place), "{}: {}", template.name, &template.text[place..][..20]);
        }
        all += lookups.len();
        missed.extend(lookups.into_iter().map(|place| (at, place)).filter(|place: &Place| !found.contains(place)));
    }
    assert!(all > 700, "{all}");
    assert_eq!(missed, []);
}

/// The first byte of every word of every path with a dot in it, in tags and variables.
fn dotted(text: &str) -> Vec<usize> {
    let mut out = Vec::new();
    for (start, _) in text.match_indices("{{").chain(text.match_indices("{%")) {
        let inner = &text[start + 2..];
        let inner = &inner[..inner.find(['}', '%']).unwrap()];
        let mut at = start + 2;
        for (number, part) in inner.split('"').enumerate() {
            for word in part.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '.')) {
                let place = word.as_ptr() as usize - text.as_ptr() as usize;
                if number % 2 == 0 && word.contains('.') && !word.starts_with("loop.") {
                    let ends = word.match_indices('.').map(|(dot, _)| place + dot + 1);
                    out.extend(std::iter::once(place).chain(ends));
                }
            }
            at += part.len() + 1;
        }
        assert!(at > start);
    }
    out
}

#[test]
fn a_misspelled_field_is_found_where_no_page_comes_by() {
    one(
        "event.html",
        "<p>\n{% if event.title_html %}ä {% else %}ä {{ event.titel }}{% endif %}",
        &["event.html:2:49 `titel`: `event` has no field `titel` | did you mean `title_html`?"],
    );
    one(
        "event.html",
        "{% if false %}{{ event.date.zzzzzz }}{% endif %}",
        &[
            "event.html:1:29 `zzzzzz`: `event.date` has no field `zzzzzz` | its fields are `certain`, `edtf`, `end`, `html`, `kind`, `ongoing`, `start`, `text`",
        ],
    );
    // Things that would silently be empty.
    one(
        "claim.html",
        "{% if claim.histori %}x{% endif %}",
        &["claim.html:1:13 `histori`: `claim` has no field `histori` | did you mean `history`?"],
    );
    one(
        "claim.html",
        "{{ claim.mark_html | default(value=1) }}{% if claim.txt is defined %}{% endif %}",
        &[
            "claim.html:1:10 `mark_html`: `claim` has no field `mark_html` | did you mean `marks_html`?",
            "claim.html:1:53 `txt`: `claim` has no field `txt` | did you mean `text`?",
        ],
    );
    one(
        "claim.html",
        "{{ words.claimz ~ site.lists.clams }}{{ site.look.policy.one }}{{ claim.status.word }}{{ site[\"titel\"] }}",
        &[
            "claim.html:1:10 `claimz`: `words` has no field `claimz` | did you mean `claim`?",
            "claim.html:1:30 `clams`: `site.lists` has no field `clams` | did you mean `claims`?",
            "claim.html:1:58 `one`: `site.look.policy` is a list, which has no field `one` | loop over it: `{% for entry in … %}`",
            "claim.html:1:80 `word`: `claim.status` is text, which has no fields | \
             the guide's page on themes lists what each template gets",
            "claim.html:1:96 `titel`: `site` has no field `titel` | did you mean `title`?",
        ],
    );
}

#[test]
fn a_variable_that_nobody_gives_is_found_and_one_that_is_asked_for_is_not() {
    one(
        "event.html",
        "{% if false %}{{ evnt.title_html }}{% endif %}",
        &["event.html:1:18 `evnt`: `evnt` is not defined for `event.html` | did you mean `event`?"],
    );
    one(
        "404.html",
        "{% for x in sectin %}{% endfor %}",
        &["404.html:1:13 `sectin`: `sectin` is not defined for `404.html` | did you mean `section`?"],
    );
    clean("event.html", "{% if wide %}{{ wide.a.b }}{% endif %}{% if a is defined and a.b == 2 %}{{ a.b }}{% endif %}");
    clean(
        "event.html",
        "{{ a | default(value=\"x\") }}{{ a.b if a else \"\" }}{% if not a or a.b %}{% endif %}{{ a?.b is defined }}",
    );
    clean("event.html", "{% set a = b %}{% if a %}{{ a.b }}{% endif %}{% if b == 1 or 2 == b %}{% endif %}");
    one(
        "event.html",
        "{% set a = b %}{{ a.b }}",
        &["event.html:1:12 `b`: `b` is not defined for `event.html` | \
         defined are `body`, `event`, `legend`, `look`, `masthead`, `nav`, `page`, `site`, `words`"],
    );
    one(
        "event.html",
        "{{ a?.b }}{% if event?.titel %}{% endif %}",
        &[
            "event.html:1:4 `a`: `a` is not defined for `event.html` | \
         defined are `body`, `event`, `legend`, `look`, `masthead`, `nav`, `page`, `site`, `words`",
            "event.html:1:24 `titel`: `event` has no field `titel` | did you mean `title_html`?",
        ],
    );
    one(
        "event.html",
        "{% for x in event.topics %}{{ loop.index }}{{ x }}{% endfor %}{{ x }}{{ loop.first }}",
        &[
            "event.html:1:66 `x`: `x` is not defined for `event.html` | \
         defined are `body`, `event`, `legend`, `look`, `masthead`, `nav`, `page`, `site`, `words`",
            "event.html:1:73 `loop`: `loop` is not defined for `event.html` | did you mean `look`?",
        ],
    );
}

#[test]
fn lists_are_looked_into() {
    one(
        "event.html",
        "{% for by in event.accounts %}{{ by.says }}{% for place in event.timelines %}{{ place.link }}{% endfor %}\
         {% else %}{{ by }}{% endfor %}",
        &[
            "event.html:1:37 `says`: `by` has no field `says` | did you mean `says_html`?",
            "event.html:1:87 `link`: `place` has no field `link` | its fields are `title_html`, `url`",
            "event.html:1:119 `by`: `by` is not defined for `event.html` | \
             defined are `body`, `event`, `legend`, `look`, `masthead`, `nav`, `page`, `site`, `words`",
        ],
    );
    let wrong = "no field `txt`";
    for text in [
        "{{ event.later[0].txt }}",
        "{% set one = (event.later | first) %}{{ one.txt }}",
        "{% set one = event.later | reverse | last %}{{ one.txt }}",
        "{% for one in event.later[1:] %}{{ one.txt }}{% endfor %}",
        "{{ [one.txt for one in event.later if one.date] | join }}",
        "{% for one in [event.later[0], ...event.later] %}{{ one.txt }}{% endfor %}",
        "{{ event.later | sort(attribute=\"txt\") | length }}",
        "{% set_global one = event.later[0] %}{{ one.txt | safe }}",
        "{% for one in event.later %}{% set two = one %}{{ two.txt }}{% endfor %}",
        "{% filter upper %}{{ event.txt }}{% endfilter %}{% set x | trim %}a{% endset %}{{ x }}",
    ] {
        let told = told(&[("event.html", text)]);
        assert!(told.len() == 1 && told[0].contains(wrong), "{text}: {told:?}");
    }
    clean(
        "event.html",
        "{% for name, address in site.look.files %}{{ name }}{{ address }}{% endfor %}{{ site.look.files.anything }}\
         {{ event.later | sort(attribute=\"date.text\") | length }}{% for m in event.later %}{{ loop.last }}{% break %}{% endfor %}",
    );
}

#[test]
fn parts_of_a_body_have_the_fields_of_all_their_kinds() {
    clean("page.html", "{% for part in body %}{{ part.kind }}{{ part.html }}{{ part.quote.by_html }}{% endfor %}");
    one(
        "page.html",
        "{% for part in body %}{{ part.qoute.by_html }}{% endfor %}",
        &["page.html:1:31 `qoute`: `part` has no field `qoute` | did you mean `quote`?"],
    );
}

#[test]
fn an_alias_is_followed_and_may_stand_for_several_things() {
    one(
        "event.html",
        "{% set e = event %}{% if false %}{{ e.sumary_html }}{% endif %}",
        &["event.html:1:39 `sumary_html`: `e` has no field `sumary_html` | did you mean `summary_html`?"],
    );
    let either = "{% if event.place %}{% set x = event.date %}{% else %}{% set x = event.foot %}{% endif %}";
    clean("event.html", &format!("{either}{{{{ x.text }}}}{{{{ x.updates }}}}"));
    one(
        "event.html",
        &format!("{either}{{{{ x.txt }}}}"),
        &["event.html:1:95 `txt`: `x` has no field `txt` | did you mean `text`?"],
    );
    clean(
        "event.html",
        "{% for x in event.topics %}{% if seen %}{{ seen.any }}{% endif %}{% set_global seen = {\"any\": x} %}{% endfor %}",
    );
    clean(
        "event.html",
        "{% set x = none %}{% if event.place %}{% set x = event.place %}{% endif %}{% if x %}{{ x.url }}{% endif %}",
    );
}

#[test]
fn includes_see_what_their_includers_see() {
    let mine = ("parts/mine.html", "<p>\n{{ item.titel }}</p>");
    let page = "{% for item in event.entities %}{% include \"parts/mine.html\" %}{% endfor %}";
    assert_eq!(
        told(&[mine, ("event.html", page)]),
        ["parts/mine.html:2:9 `titel`: `item` has no field `titel` | did you mean `title_html`?"]
    );
    // What an included template sets stays inside it.
    let setter = ("parts/set.html", "{% set inner = 1 %}{{ inner }}");
    assert_eq!(
        told(&[setter, ("event.html", "{% include \"parts/set.html\" %}{{ inner }}")]),
        ["event.html:1:34 `inner`: `inner` is not defined for `event.html` | \
          defined are `body`, `event`, `legend`, `look`, `masthead`, `nav`, `page`, `site`, `words`"]
    );
    // A built-in component that doesn't get what it needs: the template that includes it is at fault.
    assert_eq!(
        told(&[("event.html", "{% include \"components/steps.html\" %}")]),
        ["event.html:1:13 `components/steps.html`: in the template default/components/steps.html, line 3: `steps` is not \
          defined for `event.html` | defined are `body`, `event`, `legend`, `look`, `masthead`, `nav`, `page`, `site`, `words`"]
    );
}

#[test]
fn one_template_may_serve_several_pages() {
    // Under a condition, a word is right if it is right on any page.
    clean("components/footer.html", "{% if page.kind == \"event\" %}{{ event.title_html | safe }}{% endif %}");
    let marked = ("parts/marked.html", "{% if link.mark %}{{ link.mark }}{% endif %}{{ link.url }}");
    let both = "{% for link in event.entities %}{% include \"parts/marked.html\" %}{% endfor %}\
                {% for link in event.effects %}{% include \"parts/marked.html\" %}{% endfor %}";
    assert_eq!(told(&[marked, ("event.html", both)]), [""; 0]);
    one(
        "components/footer.html",
        "{% if page.kind == \"event\" %}{{ event.titel }}{{ evnt }}{% endif %}",
        &[
            "components/footer.html:1:39 `titel`: `event` has no field `titel` | did you mean `title_html`?",
            "components/footer.html:1:50 `evnt`: `evnt` is not defined for `event.html` | did you mean `event`?",
        ],
    );
    // Without a condition, it must be right on all.
    let told = told(&[("components/footer.html", "{{ event.title_html | safe }}")]);
    assert!(told.len() == 1 && told[0].contains("`event` is not defined for `index.html`"), "{told:?}");
    one(
        "components/masthead.html",
        "{% if page.kind %}x{% endif %}",
        &["components/masthead.html:1:7 `page`: `page` is not defined for `components/masthead.html` | \
         defined are `site`, `words`"],
    );
}

#[test]
fn overrides_are_walked_with_what_they_extend() {
    one(
        "section.html",
        "{% extends \"default/section.html\" %}\n{% block head %}{% if page.edit_urll %}x{% endif %}{% endblock head %}\
         {% block contents %}{{ super() }}{{ section.tok }}{% endblock %}",
        &[
            "section.html:2:28 `edit_urll`: `page` has no field `edit_urll` | did you mean `edit_url`?",
            "section.html:2:115 `tok`: `section` has no field `tok` | did you mean `toc`?",
        ],
    );
    // All pages go through the layout.
    one(
        "layout.html",
        "{% block main %}{% endblock %}{{ page.titel }}",
        &["layout.html:1:39 `titel`: `page` has no field `titel` | did you mean `title`?"],
    );
}

#[test]
fn components_see_their_arguments_and_nothing_else() {
    let card = "{% component card(link, level: integer = 2, @words, ...rest) {\"a\": 1} %}\n\
                {{ link.titel }}{{ level }}{{ rest.x }}{{ body }}{{ words.sectoins }}{% if false %}{{ site.title }}{% endif %}\
                {% endcomponent card %}";
    let page = "{{ <card link={event.place} /> }}{% <card link={event.previous} more=\"x\"> %}{{ event.x }}{% </card> %}";
    assert_eq!(
        told(&[("cards.html", card), ("event.html", page)]),
        [
            "cards.html:2:9 `titel`: `link` has no field `titel` | did you mean `title_html`?",
            "cards.html:2:59 `sectoins`: `words` has no field `sectoins` | did you mean `sections`?",
            "cards.html:2:87 `site`: `site` is not defined for the component `card`, which sees only its arguments | \
             defined are `body`, `level`, `link`, `rest`, `words`",
            "event.html:1:86 `x`: `event` has no field `x` | its fields are `accounts`, `after`, `caused_by`, `claims`, \
             `date`, `effects`, `entities`, `foot`, `later`, `locator`, `mark`, `marks_html`, `mentions`, `more_mentions`, `next`, \
             `picture`, `place`, `previous`, `sections`, `significance`, `status`, `status_word`, `summary_html`, \
             `timelines`, `title_html`, `topics`"
        ]
    );
    // A component that nobody calls, and a template that nobody includes.
    assert_eq!(
        told(&[("cards.html", "{{ site.titel }}{{ who.knows }}{% component a(b) %}{{ b.c }}{{ site }}{% endcomponent %}")]),
        [
            "cards.html:1:9 `titel`: `site` has no field `titel` | did you mean `title`?",
            "cards.html:1:64 `site`: `site` is not defined for the component `a`, which sees only its arguments | \
             defined are `b`, `body`"
        ]
    );
    clean("x.html", "{% component tree(of) %}{% for one in of %}{{ <tree of={[one]} /> }}{% endfor %}{% endcomponent %}");
}
