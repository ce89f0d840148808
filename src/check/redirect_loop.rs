//! See [`RedirectLoop`].

use std::collections::HashMap;

use super::CheckContext;
use super::rule::{Report, Scope, label, rule};
use crate::base::Span;
use crate::config::book_span;
use crate::model::old_address::{self, Target};

rule! {
    /// An old address in `[output.html.redirect]` leads to itself, in a circle, or nowhere.
    ///
    /// A reader who follows it would see a browser give up, or “not found”: the very thing that the line was written to
    /// prevent. An address of the site that is written in full, with the host of `base-url`, counts as one of the site.
    ///
    /// Circles are found in the settings. Whether something is where an old address leads is known once the site is planned,
    /// and is told with the line of `book.toml` too.
    ///
    /// Name the page that took the old one's place, with the slash at its end, or take the line out.
    ///
    /// ```toml
    /// [output.html.redirect]
    /// "/bridge-2019/" = "/bridge-2020/"      # and the next line leads back
    /// "/bridge-2020/" = "/bridge-2019/"
    /// "/crack/" = "/bridge"                  # nothing is there; write /bridge/
    /// ```
    RedirectLoop: REDIRECT_LOOP, Error, Scope::Global(check)
}

/// A file, and an anchor in it.
type Node = (String, Option<String>);

/// A redirect: where it stands, and to which place of the site it leads.
struct Step {
    from: Span,
    to: Span,
    written: String,
    node: Node,
}

fn check(site: &CheckContext<'_>, report: &mut Report) {
    let steps = steps(site);
    let at: HashMap<&Node, usize> = steps.iter().enumerate().map(|(index, (from, _))| (from, index)).collect();
    // An anchor that nothing leads on from is a part of a page that something may lead on from.
    let next = |node: &Node| at.get(node).or_else(|| at.get(&(node.0.clone(), None))).copied();
    // The walk on which each step was come to.
    let mut seen: Vec<Option<usize>> = vec![None; steps.len()];
    for start in 0..steps.len() {
        let mut here = Some(start);
        while let Some(step) = here.filter(|step| seen[*step].is_none()) {
            seen[step] = Some(start);
            here = next(&steps[step].1.node);
        }
        // It ends on an earlier walk, or in a circle of its own.
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
        format!("this old address leads to itself, `{}`", own.written)
    } else {
        format!("this old address leads in a circle: `{}` leads back to it", own.written)
    };
    let finding = report.add(own.to, message);
    let others = circle[1..].iter().map(|step| label(steps[*step].1.from, "by way of this one"));
    finding.labels.extend(others);
    finding.help = Some("name a page that is there, or take the line out".to_owned());
}

/// The redirects to places of the site, in the order of the settings. What is wrong with others is told when they are planned.
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
