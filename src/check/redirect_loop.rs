//! See [`RedirectLoop`].

use std::collections::HashMap;

use super::CheckContext;
use super::rule::{Report, Scope, label, rule};
use crate::base::Span;
use crate::config::book_span;
use crate::model::old_address::{self, Target};

rule! {
    /// An old address in `[output.html.redirect]` redirects to itself, in a circle, or nowhere.
    ///
    /// Readers who follow it would get an error from their browser, or “not found”, which is just what the redirect should
    /// prevent. An address of the site written in full, with the host of `base-url`, counts as one of the site.
    ///
    /// Circles are found in the settings. Whether the target exists is known once the site is planned, and is reported at
    /// the line in `book.toml` too.
    ///
    /// Name the page that replaced the old one, with the slash at its end, or delete the line.
    ///
    /// ```toml
    /// [output.html.redirect]
    /// "/bridge-2019/" = "/bridge-2020/"      # the next line leads back
    /// "/bridge-2020/" = "/bridge-2019/"
    /// "/crack/" = "/bridge"                  # there is no such page; write /bridge/
    /// ```
    RedirectLoop: REDIRECT_LOOP, Error, Scope::Global(check)
}

/// A file, and an anchor in it.
type Node = (String, Option<String>);

/// A redirect: where it is written, and which place of the site it leads to.
struct Step {
    from: Span,
    to: Span,
    written: String,
    node: Node,
}

fn check(site: &CheckContext<'_>, report: &mut Report) {
    let steps = steps(site);
    let at: HashMap<&Node, usize> = steps.iter().enumerate().map(|(index, (from, _))| (from, index)).collect();
    // An anchor without a redirect is part of a page, which may have one.
    let next = |node: &Node| at.get(node).or_else(|| at.get(&(node.0.clone(), None))).copied();
    // The walk that reached each step.
    let mut seen: Vec<Option<usize>> = vec![None; steps.len()];
    for start in 0..steps.len() {
        let mut here = Some(start);
        while let Some(step) = here.filter(|step| seen[*step].is_none()) {
            seen[step] = Some(start);
            here = next(&steps[step].1.node);
        }
        // It ends at an earlier walk, or in a new circle.
        if let Some(first) = here.filter(|step| seen[*step] == Some(start)) {
            tell(first, &steps, next, report);
        }
    }
}

/// Reports the circle that `first` is in.
fn tell(first: usize, steps: &[(Node, Step)], next: impl Fn(&Node) -> Option<usize>, report: &mut Report) {
    let mut circle = vec![first];
    while let Some(step) = circle.last().and_then(|last| next(&steps[*last].1.node)).filter(|step| *step != first) {
        circle.push(step);
    }
    let (_, own) = &steps[first];
    let message = if circle.len() == 1 {
        format!("this old address redirects to itself, `{}`", own.written)
    } else {
        format!("this old address redirects in a circle: `{}` leads back to it", own.written)
    };
    let finding = report.add(own.to, message);
    let others = circle[1..].iter().map(|step| label(steps[*step].1.from, "through this one"));
    finding.labels.extend(others);
    finding.help = Some("name an existing page, or delete the line".to_owned());
}

/// The redirects to places of the site, in the order of the settings. Errors in the others are reported when they are
/// planned.
fn steps(site: &CheckContext<'_>) -> Vec<(Node, Step)> {
    let base_url = site.config.base_url.as_deref();
    let step = |(from, to): &(crate::base::At<String>, crate::base::At<String>)| {
        let (page, anchor) =
            from.value.split_once('#').map_or((&*from.value, None), |(page, anchor)| (page, Some(anchor.to_owned())));
        let is_front = anchor.is_some() && page.trim_matches('/').is_empty();
        let file = if is_front { "index.html".to_owned() } else { old_address::file_of(page).ok()? };
        let Target::Inside(place) = old_address::target(&file, &to.value, base_url).ok()? else { return None };
        let step = Step {
            from: book_span(from.range),
            to: book_span(to.range),
            written: to.value.clone(),
            node: (place.file, place.anchor),
        };
        Some(((file, anchor), step))
    };
    site.config.redirects.iter().filter_map(step).collect()
}
