//! Old addresses: pages that redirect, and that ask search engines to forget them; and old anchors of pages that still
//! exist.

use super::plan::Lead;
use super::relativize::Placement;
use super::{Format, Outline, Plan, Recipe, RenderContext};
use crate::base::{At, Span, escape};
use crate::config::{self, Direction};
use crate::diagnostics::{Diagnostic, Severity, code};
use crate::model::old_address::{self, Refused, Target};
use crate::model::{RecordIx, address};

/// `aliases` of records and pages, and `[output.html.redirect]`.
pub struct Redirects;

impl Format for Redirects {
    fn plan(&self, site: &Outline<'_>, plan: &mut Plan) {
        for owner in site.records() {
            for (alias, span) in site.aliases(owner) {
                // An entity's other names are in the same field; only addresses begin with a slash.
                if alias.value.starts_with('/') || !matches!(owner, RecordIx::Entity(_)) {
                    match old_address::file_of(&alias.value) {
                        Ok(path) => add(plan, path, span, site.address(owner)),
                        Err(refused) => report(plan, span, refused),
                    }
                }
            }
        }
        for (from, to) in &site.config().redirects {
            redirect(site, plan, from, to);
        }
    }
}

fn report(plan: &mut Plan, span: Span, Refused { code, message, help }: Refused) {
    plan.report(Diagnostic::error(code, span, message).help(help));
}

/// One of the settings' redirects.
fn redirect(site: &Outline<'_>, plan: &mut Plan, from: &At<String>, to: &At<String>) {
    let (from_span, to_span) = (crate::config::book_span(from.range), crate::config::book_span(to.range));
    if !from.value.starts_with('/') {
        let message = format!("the old address `{}` does not begin with a slash", from.value.escape_debug());
        let help = format!("write it from the site's root: \"/{}\"", from.value.trim_start_matches("./").escape_debug());
        return plan.report(Diagnostic::error(code::BAD_VALUE, from_span, message).help(help));
    }
    let (page, anchor) = from.value.split_once('#').map_or((&*from.value, None), |(page, anchor)| (page, Some(anchor)));
    let is_front = anchor.is_some() && page.trim_matches('/').is_empty();
    let file = match if is_front { Ok("index.html".to_owned()) } else { old_address::file_of(page) } {
        Ok(file) => file,
        Err(refused) => return report(plan, from_span, refused),
    };
    let target = match old_address::target(&file, &to.value, site.config().base_url.as_deref()) {
        Ok(Target::Away(address)) => address,
        Ok(Target::Inside(place)) => {
            if let Some(severity) = config::severity(site.config(), code::REDIRECT_LOOP, Severity::Error) {
                plan.lead(Lead { file: place.file, written: to.value.clone(), span: to_span, severity });
            }
            address::rooted(&place.address)
        }
        Err(refused) => return report(plan, to_span, refused),
    };
    match anchor {
        Some(anchor) => moved_part(plan, (page, &file, anchor), from_span, (target, to.value.clone())),
        None => add(plan, file, from_span, target),
    }
}

/// Puts `anchor`, which used to be on a page, at the page's end, and says there where the content has gone. Redirecting
/// from an anchor would take a script; this doesn't.
fn moved_part(plan: &mut Plan, (page, file, anchor): (&str, &str, &str), span: Span, (to, written): (String, String)) {
    let sound =
        !anchor.is_empty() && !anchor.contains(|c: char| c.is_whitespace() || c.is_control() || "\"'<>&#".contains(c));
    let message = format!("`{page}#{anchor}` can't be an old anchor");
    let help = "use a page of the site and an anchor that is no longer on it: /page/#old-anchor";
    let otherwise = Diagnostic::error(code::BROKEN_LINK, span, message).help(help);
    if !sound {
        return plan.report(otherwise);
    }
    let (path, file, anchor) = (file.to_owned(), file.to_owned(), anchor.to_owned());
    let addition = move |site: &RenderContext<'_>| {
        let title = escape::html_string(site.view.words.get("ui.moved-part"));
        let link = if to.starts_with(address::ROOT) { to.clone() } else { escape::html_string(&to) };
        let words = escape::html_string(&written);
        let note = format!("<p class=\"moved\" id=\"{anchor}\">{title}: <a href=\"{link}\">{words}</a></p>\n");
        Placement::relative(&file, site.file_links).fill(note.as_bytes())
    };
    plan.amend(path, Box::new(addition), otherwise);
}

fn add(plan: &mut Plan, path: String, span: Span, to: String) {
    let file = path.clone();
    let make = move |site: &RenderContext<'_>| {
        let mut link = String::new();
        // The address is ours and has placeholders, or it is the owner's and is escaped.
        if to.starts_with(address::ROOT) {
            link.push_str(&to);
        } else {
            escape::html(&mut link, &to);
        }
        // Search engines want an absolute address.
        let whole = site.config.base_url.is_some() && to.starts_with(address::ROOT);
        let canonical = if whole { site.view.absolute(&link) } else { link.clone() };
        let language = &site.config.first().tag;
        let direction = if site.config.first().direction == Direction::Rtl { " dir=\"rtl\"" } else { "" };
        let title = escape::html_string(site.view.words.get("ui.moved"));
        let page = format!(
            "<!doctype html>\n<html lang=\"{language}\"{direction}>\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
             <meta name=\"robots\" content=\"noindex\">\n<meta http-equiv=\"refresh\" content=\"0; url={link}\">\n\
             <link rel=\"canonical\" href=\"{canonical}\">\n</head>\n<body>\n<p>{title}: <a href=\"{link}\">{link}</a></p>\n</body>\n</html>\n"
        );
        Ok(Placement::relative(&file, site.file_links).fill(page.as_bytes()))
    };
    plan.add(path, Recipe::redirect(Box::new(make), span));
}
