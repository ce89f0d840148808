//! Fills in a source from a web page: one at an address, or one that was saved.

use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

use super::Refusal;
use crate::base::web_address;
use crate::desk::import::decode;
use crate::desk::{fetch, web_page};
use crate::serve::state::Connection;

/// A page to read.
#[derive(Deserialize)]
pub struct PageRequest {
    /// Its address; empty if it is not known.
    #[serde(default)]
    address: String,
    /// Its text, if it was saved.
    html: Option<String>,
}

/// What a page says of itself, as fields of a source.
pub(super) fn about(asked: &PageRequest, connection: Connection) -> Result<Json, Refusal> {
    let address = asked.address.trim();
    let fault = |message: String| Refusal::fault("address", message);
    let (text, found) = match &asked.html {
        Some(html) => (html.clone(), String::new()),
        None => {
            // Whoever asks is answered from this machine's place in the network.
            if !connection.is_local() {
                return Err(fault("pages can only be fetched from the machine that runs the preview".to_owned()));
            }
            let link = web_address::link(address)
                .map_err(|why| fault(format!("this is not a web address: {why}; {}", why.help())))?;
            let instead = "save the page in your browser (Ctrl-S, “Webpage, HTML only”) and choose the saved file";
            let (bytes, found) = fetch::page(&link).map_err(|why| fault(why.with_help(instead)))?;
            (decode(&bytes).0, found)
        }
    };
    let mut about = web_page::read(&text);
    about.stands_at(address, &found);
    let mut fields = Map::new();
    let mut authors = Vec::new();
    for (key, text) in about.fields() {
        match key.as_str() {
            "author" => authors.push(json!({ "value": text })),
            _ => {
                fields.insert(key, text.into());
            }
        }
    }
    if !authors.is_empty() {
        fields.insert("author".to_owned(), Json::Array(authors));
    }
    if !about.title.is_empty() {
        fields.insert("title".to_owned(), about.marked_title().into());
    }
    Ok(json!({ "fields": fields }))
}
