//! See [`NoArchive`].

use super::CheckContext;
use super::rule::{Report, Scope, rule};
use crate::base::web_address;
use crate::model::{RecordIx, SourceItem, SourceIx};

rule! {
    /// A web page that the site cites has no archived copy.
    ///
    /// More than a third of the web pages of 2013 were gone ten years later, and others say something else by now. With an
    /// archived copy, readers can still see what the newsroom read, and so can the newsroom.
    ///
    /// The rule looks at sources that something cites and that have a `url` and no `archive-url`. It leaves out copies in an
    /// archive, DOIs, whose publishers see to it themselves, works with `archive` or `archive-location`, and addresses such as
    /// `example.org`, which are reserved for examples.
    ///
    /// Save the page, for example at `https://web.archive.org/save`, and write down the copy's address and the day. This is
    /// only a hint, and `--strict` doesn't fail because of it: hardly any site has a copy of everything. Begin with what may go
    /// first, such as posts, small sites and pages of governments.
    ///
    /// ```yaml
    /// herald-crack:
    ///   title: Bridge shuts
    ///   url: https://www.wendleherald.com/crack
    ///   archive-url: https://web.archive.org/web/20251220101500/https://www.wendleherald.com/crack     # add this
    ///   archived: 2025-12-20
    /// ```
    NoArchive: NO_ARCHIVE, Info, Scope::Global(check)
}

/// Archives and registries of permanent names, with all that ends in these.
const PERMANENT: [&str; 19] = [
    "archive.org",
    "archive.today",
    "archive.fo",
    "archive.is",
    "archive.li",
    "archive.md",
    "archive.ph",
    "archive.vn",
    "arquivo.pt",
    "doi.org",
    "ghostarchive.org",
    "hdl.handle.net",
    "megalodon.jp",
    "perma.cc",
    "webarchive.loc.gov",
    "webarchive.nationalarchives.gov.uk",
    "webarchive.org.uk",
    "webcitation.org",
    "webharvest.gov",
];

/// Names that lead nowhere, by RFC 2606.
const RESERVED: [&str; 5] = ["example", "test", "example.com", "example.net", "example.org"];

fn check(site: &CheckContext<'_>, report: &mut Report) {
    for (position, source) in site.model.sources.iter().enumerate() {
        let (record, own) = (&source.item.record, RecordIx::Source(SourceIx::new(position)));
        let Some(url) = record.fields.url.as_ref().filter(|_| !has_copy(source)) else { continue };
        let address = &url.value.0;
        let is_cited = source.mentions.iter().any(|mention| mention.owner != own);
        if is_cited && !is_permanent(&address.value) {
            report.add(record.span(address.range), "this page has no archived copy").help = Some(
                "save it, for example at https://web.archive.org/save, and add `archive-url:` and `archived:`".to_owned(),
            );
        }
    }
}

fn has_copy(source: &SourceItem) -> bool {
    let record = &source.item.record;
    let fields = &record.fields;
    let is_held = fields.archive.0.is_some() || fields.archive_location.0.is_some();
    fields.archive_url.is_some() || is_held || record.pieces.has_unread("archive-url")
}

/// Whether what is at an address stays there, or never was.
fn is_permanent(address: &str) -> bool {
    let host = web_address::host(address);
    let ends = |name: &&str| host.strip_suffix(*name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    PERMANENT.iter().chain(&RESERVED).any(ends)
}

#[cfg(test)]
mod tests {
    use super::is_permanent;

    #[test]
    fn archives_and_examples_need_no_copy() {
        for address in [
            "https://web.archive.org/web/2025/https://a.com/",
            "https://perma.cc/AB12-CD34",
            "https://doi.org/10.1000/182",
            "http://example.org:8080/x",
            "https://herald.example/1",
            "https://www.example.com?a",
        ] {
            assert!(is_permanent(address), "{address}");
        }
        for address in
            ["https://a.com/example.org", "https://notdoi.org/x", "https://example.org.uk/", "https://test.de#example"]
        {
            assert!(!is_permanent(address), "{address}");
        }
    }
}
