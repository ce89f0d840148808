//! The parser of templates: it understands what Tera does, and never panics.

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::super::parser;
use super::{built_in_templates, checked, clean, told};
use crate::trials::trials;

/// Everything that the language has.
const ZOO: &str = r#"{#- a {{ b -#}{% raw -%}{{ not.me }}{% if %}{%- endraw %}{% raw%}{%endraw%}
{%- set a = {"x": 1, 'y': [1, 2.5, `z`], 3: true, ...site.look.files,} -%}{{- a.x -}}
{% set b = [1, ...event.topics, -2, not true, none,] %}{{ b[0] }}{{ b[-1] }}{{ b[1:2] }}{{ b[::-1] }}{{ b[:2] }}{{ b[1:] }}
{{ a?.x?["y"] }}{{ a["x"] }}{{ a?[b[0]] }}{{ "a\"b\\" ~ 1 ~ a }}{{ 1 + 2 * 3 ** 2 // 4 % 5 - -6 / 7 }}
{{ 1 if a else 2 if b else 3 }}{{ (1 if a else 2) | str | replace(from="a", to="b",) }}
{% if a and not b or a in b and 1 not in b and a is not defined or a is divisible_by(divisor=2) %}
{% elif 1 < 2 and 2 >= 1 and 1 <= 2 and 2 > 1 and 1 != 2 and not a is defined %}{% else %}{% endif %}
{% for k, v in a %}{% if loop.first and loop.index0 == 0 or loop.length > 1 %}{% continue %}{% endif %}{% else %}{% endfor %}
{{ [x.y if x else 1 for x in b if x != 1 and x] }}{{ [k for k, v in a] }}{{ range(end=3) | length }}
{% filter upper | trim %}x{% endfilter %}{% set c | upper %}x{% endset %}{% set_global d = 1 %}{% set_global e %}f{% endset %}
{% block one %}{% block two %}{% endblock two %}{% endblock %}{% include 'components/footer.html' %}
{{ <ui.card a="x" b={b} c {...a} /> }}{% <ui.card a={1}> %}{{ <ui.card /> | upper }}{% </ui.card> %}
{%+ if true %}"#;

#[test]
fn the_whole_language_is_understood() {
    let text = ZOO.replace("\n{%+ if true %}", "");
    let components = "{% component ui.card(a: string = \"\", b = [1], @c, d = {\"e\": none}, f = -1, ...g) {\"m\": 1} %}{{ a }}{{ body }}\
                      {% endcomponent ui.card %}{% component ui . none() %}{% endcomponent %}";
    let mut tera = tera::Tera::new();
    tera.set_fallback_prefixes(["default/"]).unwrap();
    let built_in = built_in_templates();
    let all = built_in.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    tera.add_raw_templates(all.chain([("event.html", &*text), ("cards.html", components)])).unwrap();
    for text in [&*text, components] {
        assert!(parser::parse(text).is_some(), "{text}");
    }
    assert_eq!(told(&[("event.html", &text), ("cards.html", components)]), [""; 0]);
    assert!(parser::parse(ZOO).is_none(), "what is no Tera is nothing here");
}

#[test]
fn unparsable_parts_are_not_reported() {
    clean("event.html", "{{ event.titel }}{% new tag %}");
    clean("event.html", "{% include \"mine.html\" %}{{ event.title_html | safe }}{% extends \"nothing.html\" %}");
    let own = [("mine.html", "{{ evnt.x }}{% new %}"), ("event.html", "{% include \"mine.html\" %}")];
    assert_eq!(told(&own), [""; 0]);
    let own = [
        ("mine.html", "{% new %}"),
        ("event.html", "{% extends \"mine.html\" %}{% block main %}{{ evnt.x }}{% endblock %}"),
    ];
    assert_eq!(told(&own), [""; 0]);
}

#[test]
fn circles_of_redirects_come_to_an_end() {
    clean("event.html", "{% extends \"event.html\" %}");
    clean("event.html", "{% include \"event.html\" %}{% set x = [x] %}{% include \"event.html\" %}");
    let twice = "{% component a(x) %}{{ <a x={[x]} /> }}{{ <a x={[[x]]} /> }}{% endcomponent %}{{ <a x={1} /> }}";
    clean("event.html", twice);
    let deep = format!("{}{}{}", "{% if site %}".repeat(40), "{{ site.titel }}", "{% endif %}".repeat(40));
    assert_eq!(checked(&[("event.html", &deep)]).len(), 1);
    for text in ["[", "(", "{{ a[", "{% if a %}", "{{ not ", "{{ a.", "{{ a + ", "{% <a> %}", "{{ <a b={", "{{ [a for a in "]
    {
        let (many, opened) = (text.repeat(20_000), format!("{{{{ {}", text.repeat(20_000)));
        assert!(parser::parse(&many).is_none() || !many.starts_with('{'));
        assert!(parser::parse(&opened).is_none());
    }
    let long = format!("{{{{ a{} }}}}", ".b".repeat(50_000));
    assert!(parser::parse(&long).is_none());
}

/// Pieces that make more sense than random letters.
const PIECES: &str = r#"(\{\{|\}\}|\{%-?|-?%\}|\{#|#\}| |\n|ä|"|'|`|\\|[a-z]|if |else |elif |endif|for x in |endfor|set x = |endset|block a|endblock|include "components/foot.html"|extends "layout.html"|component a\(|endcomponent|raw|endraw|event|site|words|section|\.|\?\.|\[|\]|\(|\)|\{|\}|\.\.\.|,|:|=|==|\||~|<|</|>|/|@|-|\*\*|not |in |is |and |or |super\(\)|loop|none|true|12|1\.5|safe|default\(value=){0,40}"#;

#[test]
fn no_text_makes_the_reader_panic() {
    TestRunner::new(trials(3_000))
        .run(&(PIECES, any::<bool>()), |(text, is_wrapped)| {
            let text = if is_wrapped { format!("{{% if {text} %}}{{{{ {text} }}}}{{% endif %}}") } else { text };
            parser::parse(&text);
            Ok(())
        })
        .unwrap();
}

/// The distance from one cut to the next, in characters, where all of the language is packed closely, and elsewhere.
const STRIDES: [usize; 2] = [1, 7];

#[test]
fn no_template_that_is_cut_makes_the_reader_panic() {
    let zoo = ("default/event.html".to_owned(), ZOO.to_owned());
    let of_zoo = std::iter::once((zoo, STRIDES[0]));
    let (mut understood, mut cuts, mut checked) = (0, 0, 0);
    for ((name, text), stride) in of_zoo.chain(built_in_templates().into_iter().map(|template| (template, STRIDES[1]))) {
        let ends: Vec<_> = text.char_indices().map(|(at, _)| at).collect();
        for (number, at) in ends.iter().enumerate().step_by(stride) {
            cuts += 1;
            // Cut off, and with a few characters left out.
            let cut = &text[..*at];
            let rest = &text[ends.get(number + 7).copied().unwrap_or(text.len())..];
            for cut in [cut, &format!("{cut}{rest}")] {
                understood += usize::from(parser::parse(cut).is_some());
                if cuts % 400 == 0 {
                    told(&[(name.strip_prefix("default/").unwrap(), cut)]);
                    checked += 1;
                }
            }
        }
    }
    assert!(understood > 1000, "{understood}");
    assert!(checked > 10, "{checked}");
}
