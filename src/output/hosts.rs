//! What hosts and crawlers look for: `CNAME`, `.nojekyll`, `robots.txt`, `_headers`.
//!
//! A file with the same name in the site's own `static/` replaces any of these.

use super::{Format, Outline, Plan, Recipe};

/// Files for hosts.
pub struct Hosts;

impl Format for Hosts {
    fn plan(&self, site: &Outline<'_>, plan: &mut Plan) {
        let mut add = |name: &str, text: String| {
            if !site.has_static(name) {
                plan.add(name.to_owned(), Recipe::infallible(move |_| text.clone().into_bytes()));
            }
        };
        // Without this file, GitHub Pages leaves out files that begin with an underscore, and processes all others.
        add(".nojekyll", String::new());
        if let Some(host) = &site.config().cname {
            add("CNAME", format!("{host}\n"));
        }
        let has_sitemap = site.config().sitemap.enable != Some(false);
        if let Some(base) = site.config().base_url.as_ref().filter(|_| has_sitemap) {
            let news =
                if site.config().sitemap.news { format!("Sitemap: {base}/news-sitemap.xml\n") } else { String::new() };
            add("robots.txt", format!("User-agent: *\nAllow: /\n\nSitemap: {base}/sitemap.xml\n{news}"));
        }
        if site.config().headers.enable {
            add("_headers", headers(&site.config().base_path));
        }
    }
}

/// Headers in the format that Netlify and Cloudflare Pages read: an address, and indented below it, the headers sent
/// with it.
fn headers(base_path: &str) -> String {
    let mut out = format!(
        "{base_path}*\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: strict-origin-when-cross-origin\n  \
         Permissions-Policy: camera=(), geolocation=(), microphone=()\n"
    );
    // Pages elsewhere may read the data that others build on, and each file has the right content type.
    for (path, kind) in [
        ("data/*", None),
        ("*/feed.xml", Some("application/atom+xml; charset=utf-8")),
        ("feed.xml", Some("application/atom+xml; charset=utf-8")),
        ("updates.xml", Some("application/atom+xml; charset=utf-8")),
        ("*/feed.json", Some("application/feed+json; charset=utf-8")),
        ("feed.json", Some("application/feed+json; charset=utf-8")),
        ("updates.json", Some("application/feed+json; charset=utf-8")),
        ("*/events.ics", Some("text/calendar; charset=utf-8")),
    ] {
        out.push_str(&format!("\n{base_path}{path}\n  Access-Control-Allow-Origin: *\n"));
        if let Some(kind) = kind {
            out.push_str(&format!("  Content-Type: {kind}\n"));
        }
    }
    out
}
