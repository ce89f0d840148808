//! Which addresses of other sites a site publishes, and where each is written.

use std::collections::BTreeMap;

use crate::base::{At, Span, web_address};
use crate::check::CheckContext;
use crate::config::{self, Config, PublisherTable};
use crate::model::{Linked, Model, RecordIx};
use crate::syntax::kinds::blocks::Block;
use crate::syntax::kinds::common::WebAddress;
use crate::syntax::markdown::{Op, Tag};

/// Addresses of other sites, each in the form in which it is asked, with the places where it is written, in site order.
#[derive(Debug, Default)]
pub struct Addresses(pub BTreeMap<String, Vec<Written>>);

/// An address as an author wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Where: the address itself, or the link in a text.
    pub span: Span,
    /// The address.
    pub text: String,
    /// What it is for.
    pub usage: Usage,
}

/// What an address is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Usage {
    /// It is where a source can be read; with the address of an archived copy, if there is one.
    Source(Option<String>),
    /// It is the archived copy of a source.
    Archive,
    /// Anything else.
    Other,
}

impl Addresses {
    fn add(&mut self, span: Span, text: &str, usage: Usage) {
        // What no server can be asked for, such as an address for mail, is not ours. What is wrong was reported before.
        let Some(address) = web_address::asked(text) else { return };
        let written = Written { span, text: text.to_owned(), usage };
        let places = self.0.entry(address).or_default();
        if !places.contains(&written) {
            places.push(written);
        }
    }
}

/// The addresses of other sites that a site publishes: those of sources and their archived copies, of entities and authors
/// elsewhere, of embeds, all links in texts that readers see, and those in the settings.
#[must_use]
pub fn addresses(site: &CheckContext<'_>) -> Addresses {
    let mut out = Addresses::default();
    of_settings(&mut out, site.config);
    for at in site.model.records() {
        of_fields(&mut out, site.model, at);
        of_texts(&mut out, site.model, at);
    }
    out
}

fn of_settings(out: &mut Addresses, config: &Config) {
    let PublisherTable { url, contact, corrections_policy, ethics_policy, license, name: _, logo: _ } = &config.publisher;
    let fields = [url, corrections_policy, ethics_policy].into_iter().flatten().map(|address| &address.0);
    let targets = config.redirects.iter().map(|(_, target)| target);
    for At { value, range } in fields.chain([contact, license].into_iter().flatten()).chain(targets) {
        out.add(config::book_span(*range), value, Usage::Other);
    }
}

fn of_fields(out: &mut Addresses, model: &Model, at: RecordIx) {
    let origin = model.origin(at);
    let mut add = |address: &At<String>, usage| out.add(origin.span(address.range), &address.value, usage);
    match at {
        RecordIx::Source(at) => {
            let fields = &model[at].item.record.fields;
            let copy = fields.archive_url.as_ref().map(|copy| &copy.0);
            if let Some(url) = &fields.url {
                add(&url.value.0, Usage::Source(copy.map(|copy| copy.value.clone())));
            }
            if let Some(copy) = copy {
                add(copy, Usage::Archive);
            }
        }
        RecordIx::Entity(at) => {
            model[at].item.record.fields.same_as.iter().for_each(|WebAddress(address)| add(address, Usage::Other));
        }
        RecordIx::Author(at) => {
            let fields = &model[at].item.record.fields;
            fields.same_as.iter().for_each(|WebAddress(address)| add(address, Usage::Other));
            if let Some(contact) = &fields.contact {
                add(&contact.0, Usage::Other);
            }
        }
        RecordIx::Page(_) | RecordIx::Event(_) | RecordIx::Claim(_) | RecordIx::Term(_) => {}
    }
}

/// Links in the texts that pages show, and embeds.
fn of_texts(out: &mut Addresses, model: &Model, at: RecordIx) {
    let (origin, linked) = (model.origin(at), model.linked(at));
    for embed in linked.blocks().filter_map(Block::embed) {
        out.add(origin.span(embed.url.0.range), &embed.url.0.value, Usage::Other);
    }
    let Linked { pieces, .. } = linked;
    let shown = pieces.proses.iter().filter(|prose| prose.language.as_deref().is_none_or(|have| have == model.language));
    for op in shown.flat_map(|prose| &prose.markdown.ops) {
        if let Op::Open(Tag::Link(address)) = op {
            let address = &pieces.addresses[*address];
            out.add(origin.span(address.range), &address.target, Usage::Other);
        }
    }
}
