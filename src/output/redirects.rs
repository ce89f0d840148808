//! Old addresses: pages that lead on, and ask search engines to forget them; and old anchors of pages that are still there.

use super::relativize::Placement;
use super::{Format, Make, Plan, Recipe, RenderContext};
use crate::base::{Span, escape};
use crate::diagnostics::{Diagnostic, code};
use crate::model::{RecordIx, address};

/// `aliases` of records and pages, and `[output.html.redirect]`.
pub struct Redirects;

impl Format for Redirects {
    fn plan(&self, site: &RenderContext<'_>, plan: &mut Plan) {
        let model = site.model;
        let mut aliases: Vec<(String, Span, String)> = Vec::new();
        for owner in model.records() {
            for alias in &model.common(owner).aliases {
                // What an entity is also called stands in the same field; only addresses begin with a slash.
                if alias.value.starts_with('/') || !matches!(owner, RecordIx::Entity(_)) {
                    aliases.push((alias.value.clone(), model.origin(owner).span(alias.range), model.record_address(owner)));
                }
            }
        }
        for (from, to) in &site.config.redirects {
            let target = match to.value.strip_prefix('/') {
                Some(path) => address::rooted(path),
                None => to.value.clone(),
            };
            let span = crate::config::book_span(from.range);
            if !crate::syntax::pieces::is_safe_address(&to.value) {
                let message = "this address is of a kind that no page may carry";
                plan.report(Diagnostic::error(code::BAD_ADDRESS, crate::config::book_span(to.range), message));
                continue;
            }
            match from.value.split_once('#') {
                Some((page, anchor)) => moved_part(plan, (page, anchor), span, (target, to.value.clone())),
                None => aliases.push((from.value.clone(), span, target)),
            }
        }
        for (from, span, to) in aliases {
            match old_path(&from) {
                Ok(path) => add(plan, path, span, to),
                Err(help) => {
                    let message = format!("`{from}` can't be an old address");
                    plan.report(Diagnostic::error(code::OUTSIDE_SITE, span, message).help(help));
                }
            }
        }
    }
}

/// The file of an old address.
///
/// # Errors
/// What to write instead.
fn old_path(address: &str) -> Result<String, &'static str> {
    let path = address.trim_start_matches('/');
    let sound = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part
                .chars()
                .all(|c| !c.is_control() && !matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '%' | '#'))
    };
    let bare = path.trim_end_matches('/');
    if bare.is_empty() || address.starts_with("//") || address.contains("://") || !bare.split('/').all(sound) {
        return Err("write it from the site's root, without `..`, host or marks: /old-address/");
    }
    let last = bare.rsplit('/').next().unwrap_or(bare);
    Ok(if last.contains('.') && !path.ends_with('/') { bare.to_owned() } else { format!("{bare}/index.html") })
}

/// Lets `anchor`, which was on a page once, stand at the page's end and say where what it named has gone. No address can lead on
/// from an anchor without a script; this needs none.
fn moved_part(plan: &mut Plan, (page, anchor): (&str, &str), span: Span, (to, written): (String, String)) {
    let sound =
        !anchor.is_empty() && !anchor.contains(|c: char| c.is_whitespace() || c.is_control() || "\"'<>&#".contains(c));
    let file = if page.trim_matches('/').is_empty() { Ok("index.html".to_owned()) } else { old_path(page) };
    let message = format!("`{page}#{anchor}` can't be an old anchor");
    let help = "name a page of the site and an anchor that is no longer on it: /page/#old-anchor";
    let otherwise = Diagnostic::error(code::BROKEN_LINK, span, message).help(help);
    let (true, Ok(file)) = (sound, file) else { return plan.report(otherwise) };
    let (path, anchor) = (file.clone(), anchor.to_owned());
    let change = move |make: Make| -> Make {
        Box::new(move |site| {
            let page = make(site)?;
            let title = escape::html_string(site.view.words.get("ui.moved-part"));
            let link = if to.starts_with(address::ROOT) { to.clone() } else { escape::html_string(&to) };
            let words = escape::html_string(&written);
            let note = format!("<p class=\"moved\" id=\"{anchor}\">{title}: <a href=\"{link}\">{words}</a></p>\n");
            let note = Placement::relative(&file, site.file_links).fill(note.as_bytes());
            // At the end of the page's own text, wherever a template has that.
            let ends = [&b"</main>"[..], b"</body>"].into_iter().find_map(|end| memchr::memmem::rfind(&page, end));
            let (before, behind) = page.split_at(ends.unwrap_or(page.len()));
            Ok([before, &note, behind].concat())
        })
    };
    plan.amend(path, change, otherwise);
}

fn add(plan: &mut Plan, path: String, span: Span, to: String) {
    let file = path.clone();
    let make = move |site: &RenderContext<'_>| {
        let mut link = String::new();
        // The address is ours and has place-holders, or the owner's own and is escaped.
        if to.starts_with(address::ROOT) {
            link.push_str(&to);
        } else {
            escape::html(&mut link, &to);
        }
        // Search engines ask for the whole address.
        let whole = site.config.base_url.is_some() && to.starts_with(address::ROOT);
        let canonical = if whole { site.view.absolute(&link) } else { link.clone() };
        let language = &site.config.first().tag;
        let title = escape::html_string(site.view.words.get("ui.moved"));
        let page = format!(
            "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
             <meta name=\"robots\" content=\"noindex\">\n<meta http-equiv=\"refresh\" content=\"0; url={link}\">\n\
             <link rel=\"canonical\" href=\"{canonical}\">\n</head>\n<body>\n<p>{title}: <a href=\"{link}\">{link}</a></p>\n</body>\n</html>\n"
        );
        Ok(Placement::relative(&file, site.file_links).fill(page.as_bytes()))
    };
    plan.add(path, Recipe::page(Box::new(make)).for_place(span));
}
