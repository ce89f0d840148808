//! `[output.html]`: how pages are written.

use super::{HtmlTable, SearchTable, ThemeTable, host, scripts, style_sheets, value};
use crate::base::At;
use crate::syntax::Decoder;

/// `[output.html]`, with what needs no other table made whole.
pub(super) struct HtmlSettings {
    pub(super) cname: Option<String>,
    pub(super) repository: Option<String>,
    pub(super) edit_url: Option<String>,
    pub(super) additional_css: Vec<At<String>>,
    pub(super) additional_js: Vec<At<String>>,
    pub(super) smart_punctuation: Option<bool>,
    pub(super) input_404: String,
    pub(super) search: SearchTable,
    pub(super) locators: bool,
    pub(super) map_base: Option<At<String>>,
    pub(super) redirects: Vec<(At<String>, At<String>)>,
    pub(super) theme: ThemeTable,
}

impl HtmlSettings {
    pub(super) fn of(table: HtmlTable, d: &mut Decoder) -> Self {
        // Every setting is named, so that a new one does not compile until it is used.
        let HtmlTable {
            site_url: _,
            cname,
            git_repository_url,
            edit_url_template,
            additional_css,
            additional_js,
            smart_punctuation,
            input_404,
            search,
            locators,
            map_base,
            redirect,
            theme,
        } = table;
        Self {
            cname: cname.and_then(|name| host(name, d)),
            repository: git_repository_url.map(|url| url.0.value),
            edit_url: edit_url_template.map(|url| url.0.value),
            additional_css: style_sheets(additional_css, d),
            additional_js: scripts(additional_js, d),
            smart_punctuation,
            input_404: value(input_404).map_or_else(|| "404".to_owned(), |path| crate::syntax::file::name(&path).0),
            search,
            locators,
            map_base,
            redirects: redirect.0,
            theme,
        }
    }
}
