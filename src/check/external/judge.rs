//! From answers to findings.

use super::{Addresses, Answers, Usage, Verdict, Written};
use crate::base::{Span, TextRange, web_address};
use crate::check::CheckContext;
use crate::check::dead_link::DeadLink;
use crate::check::moved_link::MovedLink;
use crate::check::rule::Report;
use crate::check::waivers::passed;
use crate::diagnostics::{self, Diagnostic, Fix, Severity};

/// What the answers say about a site.
#[derive(Debug, Default)]
pub struct Judged {
    /// The findings that the site's settings let through, sorted by location.
    pub found: Vec<Diagnostic>,
    /// How many addresses are dead, waived or not.
    pub dead: usize,
    /// How many moved for good.
    pub moved: usize,
    /// Those that nothing can be said about, in order.
    pub unchecked: Vec<Unchecked>,
}

/// An address that nothing can be said about.
#[derive(Debug)]
pub struct Unchecked {
    /// The address.
    pub address: String,
    /// The first place where it is written.
    pub span: Span,
    /// Why.
    pub why: String,
}

/// What `answers` say about the addresses of a site. An address without an answer is left out.
#[must_use]
pub fn judge(site: &CheckContext<'_>, addresses: &Addresses, answers: &Answers) -> Judged {
    let mut out = Judged::default();
    let (mut dead, mut moved) = (Report::new(&DeadLink), Report::new(&MovedLink));
    for (address, places) in &addresses.0 {
        let Some(answer) = answers.by_address.get(address) else { continue };
        match answer.verdict(answers.reached) {
            Verdict::Dead(why) => {
                out.dead += 1;
                places.iter().for_each(|place| report_dead(&mut dead, place, &why));
            }
            Verdict::Unchecked(why) => out.unchecked.extend(places.first().map(|place| Unchecked {
                address: place.text.clone(),
                span: place.span,
                why,
            })),
            Verdict::Fine => {
                if let Some(new) = &answer.moved {
                    out.moved += 1;
                    places.iter().for_each(|place| report_moved(&mut moved, place, address, new, site));
                }
            }
        }
    }
    dead.found.append(&mut moved.found);
    (out.found, _) = passed(dead.found, site, site.model.today);
    diagnostics::sort(&mut out.found);
    out
}

fn report_dead(report: &mut Report, place: &Written, why: &str) {
    let text = &place.text;
    let copies = format!("https://web.archive.org/web/*/{text}");
    let (message, help) = match &place.usage {
        Usage::Source(Some(copy)) => {
            let message = format!("{text} is dead: {why}; readers still have the archived copy");
            (message, format!("make sure that {copy} shows what you cite; if the page only moved, correct the address"))
        }
        Usage::Source(None) => {
            let help = format!("correct the address, or look for a copy at {copies} and add `archive-url:` and `archived:`");
            (format!("{text} is dead: {why}"), help)
        }
        Usage::Archive => {
            let message = format!("the archived copy {text} is dead: {why}");
            (message, "correct the address, or save the page again and write down the new copy's address".to_owned())
        }
        Usage::Other => {
            let help = format!("correct the address, link to a copy, such as one at {copies}, or take the link out");
            (format!("{text} is dead: {why}"), help)
        }
    };
    let finding = report.add(place.span, message);
    finding.help = Some(help);
    if matches!(place.usage, Usage::Source(Some(_))) {
        finding.severity = Severity::Info;
    }
}

fn report_moved(report: &mut Report, place: &Written, old: &str, new: &str, site: &CheckContext<'_>) {
    let text = &place.text;
    if is_front_page(new) && !is_front_page(old) {
        report.add(place.span, format!("{text} now leads to the front page {new}")).help =
            Some("the page itself is probably gone: look for its new address, or for an archived copy".to_owned());
        return;
    }
    // A browser keeps the anchor.
    let anchor = text.split_once('#').map(|(_, anchor)| format!("#{anchor}")).unwrap_or_default();
    let new = format!("{new}{anchor}");
    let finding = report.add(place.span, format!("{text} has moved for good"));
    finding.help = Some(format!("write {new}"));
    finding.fix = fix(place, &new, site).map(Box::new);
}

/// Whether an address is that of a whole site.
fn is_front_page(address: &str) -> bool {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split_once('/').is_none_or(|(_, path)| path.is_empty())
}

/// The new address in place of the old one, if it is certain which characters to replace, and that the new ones mean themselves
/// wherever they are.
fn fix(place: &Written, new: &str, site: &CheckContext<'_>) -> Option<Fix> {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/?#=%:+@!;".contains(&b);
    let written = place.span.range.of(&site.tree.file(place.span.file).text);
    let mut found = written.match_indices(place.text.as_str());
    let (at, _) = found.next().filter(|_| new.bytes().all(is_plain) && web_address::asked(new).is_some())?;
    if found.next().is_some() {
        return None;
    }
    let start = place.span.range.bytes().start + at;
    Some(Fix::guess(Span { range: TextRange::new(start, start + place.text.len()), ..place.span }, new))
}

#[cfg(test)]
mod tests {
    use super::is_front_page;

    #[test]
    fn a_front_page_has_no_path() {
        assert!(is_front_page("https://a.example/") && is_front_page("https://a.example"));
        assert!(!is_front_page("https://a.example/x") && !is_front_page("https://a.example/?p=1"));
    }
}
