//! Which templates each one can reach, so that a page is made again only when one of those has changed.
//!
//! Tera knows this but doesn't expose it. It takes names only from literals, though: a quoted string in `extends` and
//! `include`, an identifier after `<` in a component call. So a template can reach another only if its text contains
//! the other's name, and we assume that a template whose text contains a name reaches that template. If that
//! overestimates, as with a name in a comment, a page is made again for nothing; it never underestimates.

use std::collections::{BTreeMap, BTreeSet};

use memchr::memmem;

use super::{BUILT_IN, NAMED};
use crate::base::fingerprint;

/// A template's name without its layer. Templates in several layers can share a name, so all that have it count as one.
fn bare(name: &str) -> &str {
    [NAMED, BUILT_IN].iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name)
}

/// The templates that each one reaches in one step, by names without layers.
type Steps<'t> = BTreeMap<&'t str, BTreeSet<&'t str>>;

/// For every name without its layer, a fingerprint of all the texts that can affect what its template renders.
/// `components` are the names of all components.
pub(super) fn fingerprints<'t>(
    templates: &'t [(String, String)],
    components: impl Iterator<Item = &'t str>,
) -> BTreeMap<String, u64> {
    let steps = steps(templates, components);
    let names: BTreeSet<&str> = templates.iter().map(|(name, _)| bare(name)).collect();
    let print = |name: &str| {
        let reached = reached(name, &steps);
        let texts = templates.iter().filter(|(template, _)| reached.contains(bare(template)));
        fingerprint(&texts.collect::<Vec<_>>())
    };
    names.into_iter().map(|name| (name.to_owned(), print(name))).collect()
}

fn steps<'t>(templates: &'t [(String, String)], components: impl Iterator<Item = &'t str>) -> Steps<'t> {
    let mut steps = Steps::new();
    let mut add = |from: &'t str, to: &'t str| steps.entry(bare(from)).or_default().insert(bare(to));
    for (target, _) in templates {
        let can_name = naming(target);
        templates.iter().filter(|(_, text)| can_name(text)).for_each(|(from, _)| _ = add(from, target));
    }
    for component in components {
        // A name may contain dots, with spaces around them.
        let first = component.split('.').next().unwrap_or(component);
        let behind = |mark: &'static str| templates.iter().filter(move |(_, text)| stands_behind(text, first, mark));
        for (target, _) in behind("component") {
            behind("<").for_each(|(from, _)| _ = add(from, target));
        }
    }
    steps
}

/// Returns a test of whether a text can include or extend the template `name`: by its full name, or without the layer.
fn naming(name: &str) -> impl Fn(&str) -> bool {
    let quoted =
        |name: &str| ['"', '\'', '`'].map(|quote| memmem::Finder::new(&format!("{quote}{name}{quote}")).into_owned());
    let literals = [quoted(name), quoted(bare(name))];
    // A backslash allows other spellings of a name.
    move |text| text.contains('\\') || literals.iter().flatten().any(|literal| literal.find(text.as_bytes()).is_some())
}

/// Whether a text contains `name` somewhere with only space between it and `mark`.
fn stands_behind(text: &str, name: &str, mark: &str) -> bool {
    text.match_indices(name).any(|(at, _)| text[..at].trim_end().ends_with(mark))
}

/// Everything that `name` can reach, including itself.
fn reached<'t>(name: &'t str, steps: &Steps<'t>) -> BTreeSet<&'t str> {
    let (mut reached, mut todo) = (BTreeSet::new(), vec![name]);
    while let Some(name) = todo.pop() {
        if reached.insert(name) {
            todo.extend(steps.get(name).into_iter().flatten());
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which `templates` each one reaches, in order, as `from: to, to`.
    fn reach(templates: &[(&str, &str)], from: &str) -> Vec<String> {
        let owned: Vec<_> = templates.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let mut tera = tera::Tera::new();
        tera.set_fallback_prefixes([NAMED, BUILT_IN]).unwrap();
        tera.add_raw_templates(templates.to_vec()).unwrap();
        let steps = steps(&owned, tera.get_component_names());
        reached(from, &steps).into_iter().filter(|name| *name != from).map(str::to_owned).collect()
    }

    #[test]
    fn a_template_reaches_what_it_extends_and_includes_however_the_name_is_written() {
        let templates = [
            ("default/layout.html", "{% block main %}{% endblock main %}{% include \"foot.html\" %}"),
            ("default/foot.html", "foot"),
            ("default/a.html", "{% extends `default/layout.html` %}"),
            ("default/b.html", "{%- include 'default/a.html' -%}"),
            ("b.html", "{% include\n\"parts\\/x.html\" %}"),
            ("parts/x.html", "afoot.html"),
            ("c.html", "foot.html 'a.html"),
        ];
        assert_eq!(reach(&templates, "a.html"), ["foot.html", "layout.html"]);
        assert_eq!(reach(&templates, "layout.html"), ["foot.html"]);
        assert_eq!(reach(&templates, "b.html"), ["a.html", "c.html", "foot.html", "layout.html", "parts/x.html"]);
        assert!(reach(&templates, "c.html").is_empty());
    }

    #[test]
    fn a_template_reaches_components_and_those_that_they_call() {
        let templates = [
            ("page.html", "{{ <card title=\"x\" /> }}"),
            ("other.html", "<p>card inner {{ < ui . line /> }}</p>"),
            (
                "default/cards.html",
                "{% component card(title) %}{% <inner> %}{{ title }}{% </inner> %}{% endcomponent card %}",
            ),
            ("parts/inner.html", "{%component  inner() %}{{ body }}{% include \"last.html\" %}{% endcomponent %}"),
            ("parts/line.html", "{% component ui.line() %}-{% endcomponent %}"),
            ("last.html", ""),
        ];
        assert_eq!(reach(&templates, "page.html"), ["cards.html", "last.html", "parts/inner.html"]);
        assert_eq!(reach(&templates, "other.html"), ["parts/line.html"]);
    }

    /// What Tera itself says about the built-in templates: each gets its own variable, and we ask Tera which of
    /// them a page can use.
    #[test]
    fn of_the_built_in_templates_each_reaches_what_tera_says() {
        let files = crate::source::layers::built_in();
        let texts = files.iter().filter_map(|(path, bytes)| Some((path.strip_prefix("templates/")?, bytes)));
        let templates: Vec<(String, String)> =
            texts.map(|(name, bytes)| (format!("{BUILT_IN}{name}"), String::from_utf8(bytes.to_vec()).unwrap())).collect();
        let mark = |name: &str| format!("own_{}", name.replace(['/', '.'], "_"));
        let mut tera = tera::Tera::new();
        tera.set_fallback_prefixes([NAMED, BUILT_IN]).unwrap();
        let marked = templates.iter().map(|(name, text)| {
            let mark = mark(bare(name));
            let text = match text.contains("{% extends") {
                // A template like this has nothing outside its blocks.
                true if text.contains("{% endblock") => {
                    text.replacen("{% endblock", &format!("{{{{ {mark} }}}}{{% endblock"), 1)
                }
                true => format!("{text}{{% block main %}}{{{{ {mark} }}}}{{% endblock main %}}"),
                false => format!("{text}{{{{ {mark} }}}}"),
            };
            (name.clone(), text)
        });
        tera.add_raw_templates(marked.collect::<Vec<_>>()).unwrap();
        let steps = steps(&templates, tera.get_component_names());
        for (name, _) in &templates {
            let variables = tera.get_template_variables(name).unwrap();
            let by_tera: BTreeSet<&str> =
                templates.iter().map(|(name, _)| bare(name)).filter(|name| variables.contains(&*mark(name))).collect();
            assert_eq!(reached(bare(name), &steps), by_tera, "{name}");
        }
        assert!(reached("page.html", &steps).contains("components/foot.html"));
    }
}
