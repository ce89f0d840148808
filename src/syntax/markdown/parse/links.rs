//! Links, pictures and citations: everything that a text points at.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{self as cmark, Event, LinkType};

use super::build::{Build, Located};
use super::headings::OwnHeading;
use super::lines::GUARD;
use super::{CITE, Source, parse_group};
use crate::base::escape::without_forbidden;
use crate::base::web_address;
use crate::diagnostics::code;
use crate::syntax::indices::{AddressIx, CitationIx};
use crate::syntax::markdown::ops::{Op, Tag};
use crate::syntax::references::{Address, Citation, Expects, Pointer, RefLocation, Use, Words, is_safe_address};

impl Build<'_> {
    fn here(&self) -> RefLocation {
        RefLocation::Prose { prose: self.writer.source.index, block: self.block }
    }

    pub(super) fn link<'e>(
        &mut self,
        kind: LinkType,
        destination: &str,
        title: &str,
        span: Range<usize>,
        events: &mut dyn Iterator<Item = Located<'e>>,
    ) {
        if self.open.iter().any(|tag| matches!(tag, Tag::Picture(_))) {
            self.error(code::BAD_MARKDOWN, span, "a picture's alt text can't contain links or citations").help =
                Some("describe the picture there, and put the link or citation after it".to_owned());
            return self.words_alone(events);
        }
        let unknown = matches!(kind, LinkType::ReferenceUnknown | LinkType::CollapsedUnknown | LinkType::ShortcutUnknown);
        if unknown && destination == CITE {
            return self.citation(kind, span, events);
        }
        if let LinkType::WikiLink { has_pothole } = kind {
            return self.mention(destination, has_pothole, span, events);
        }
        let index = if kind == LinkType::Email {
            self.address(&format!("mailto:{destination}"), title, Use::Link, span)
        } else {
            self.address(destination, title, Use::Link, span)
        };
        self.open(Tag::Link(index));
    }

    /// The words of a link inside a picture's alt text, where it can't be a link.
    fn words_alone<'e>(&mut self, events: &mut dyn Iterator<Item = Located<'e>>) {
        let mut depth = 1;
        for (event, span) in events {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Text(words) | Event::Code(words) => self.text(&words, span),
                Event::SoftBreak | Event::HardBreak => self.push(Op::SoftBreak),
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// A picture; or a citation or mention after an exclamation mark, which the library takes for one.
    pub(super) fn picture<'e>(
        &mut self,
        kind: LinkType,
        destination: &str,
        title: &str,
        span: Range<usize>,
        events: &mut dyn Iterator<Item = Located<'e>>,
    ) {
        let is_mention = matches!(kind, LinkType::WikiLink { .. }) && !destination.contains(['.', '/']);
        if destination == CITE || is_mention {
            self.text("!", span.start..span.start + 1);
            return self.link(kind, destination, title, span.start + 1..span.end, events);
        }
        let index = self.address(destination, title, Use::Picture, span);
        self.open(Tag::Picture(index));
    }

    /// `[[id#heading|words]]`.
    fn mention<'e>(
        &mut self,
        destination: &str,
        has_words: bool,
        span: Range<usize>,
        events: &mut dyn Iterator<Item = Located<'e>>,
    ) {
        // In a table the bar must be escaped, and the escape stays with the target.
        let target = destination.trim_end_matches('\\').trim();
        let (id, heading) = target.split_once('#').map_or((target, None), |(id, heading)| (id, Some(heading)));
        let pointer = Pointer {
            id: id.trim().into(),
            heading: heading.map(|heading| heading.trim().into()),
            expects: Expects::Any,
            range: self.place(span.clone()),
            place: self.here(),
        };
        let is_own = pointer.id.is_empty() && pointer.heading.as_ref().is_some_and(|heading| !heading.is_empty());
        let index = self.sink.lists().pointers.push(pointer);
        if has_words {
            self.open(Tag::Mention(index));
            if is_own {
                self.own.push(OwnHeading { pointer: index, words: None, span });
            }
        } else if is_own {
            skip(events);
            let words = self.writer.out.ops.len() + 1;
            let empty = self.writer.store("", span.start..span.start);
            self.writer.out.ops.extend([Op::Open(Tag::Mention(index)), Op::Text(empty), Op::Close(Tag::Mention(index))]);
            self.own.push(OwnHeading { pointer: index, words: Some(words), span });
        } else {
            skip(events);
            self.push(Op::Mention(index));
        }
    }

    pub(super) fn address(&mut self, target: &str, title: &str, usage: Use, span: Range<usize>) -> AddressIx {
        self.refuse_address(target, &span);
        for text in [target, title] {
            self.refuse_escaped(text, &span);
        }
        let (target, title) = (without_forbidden(target), without_forbidden(title));
        let address = Address { target: (*target).into(), title: (*title).into(), usage, range: self.place(span) };
        self.sink.lists().addresses.push(address)
    }

    /// Reports an address that isn't allowed on a page, or that leads nowhere on any site.
    fn refuse_address(&mut self, target: &str, span: &Range<usize>) {
        let scheme = target.split_once(':').map_or("", |(scheme, _)| scheme).to_ascii_lowercase();
        if !is_safe_address(target) {
            let is_path = scheme.len() == 1 || scheme == "file";
            let help = if is_path {
                "that is a location on your computer; save the file in content/media/ and use its path"
            } else {
                "use http:, https:, mailto:, tel: or the path of a file"
            };
            self.error(code::BAD_ADDRESS, span.clone(), "this kind of address is not allowed on a page").help =
                Some(help.to_owned());
        } else if target.trim().is_empty() {
            self.error(code::BROKEN_LINK, span.clone(), "the address is missing").help =
                Some("write it between the parentheses, or remove the brackets and parentheses".to_owned());
        } else if matches!(scheme.as_str(), "mailto" | "tel") && target[scheme.len() + 1..].trim().is_empty() {
            let (message, help) = match &*scheme {
                "tel" => ("the telephone number is missing", "write it after `tel:`"),
                _ => ("the email address is missing", "write it after `mailto:`"),
            };
            self.error(code::BAD_ADDRESS, span.clone(), message).help = Some(help.to_owned());
        } else if matches!(scheme.as_str(), "http" | "https")
            && let Err(fault) = web_address::public_link(&without_forbidden(target))
        {
            self.error(code::BAD_ADDRESS, span.clone(), fault.message()).help = Some(fault.help().to_owned());
        }
    }

    /// A bracket with `@key`. `[@a][@b]` arrives as one link to the second with the first as its text.
    fn citation<'e>(&mut self, kind: LinkType, span: Range<usize>, events: &mut dyn Iterator<Item = Located<'e>>) {
        let written = &self.source()[span.clone()];
        let inner_end = |text: &str| text.rfind(']').unwrap_or(text.len());
        if kind == LinkType::ReferenceUnknown
            && let Some(middle) = written.rfind("][")
        {
            let first = &written[1..middle];
            match parse_group(first) {
                Some(_) => {
                    skip(events);
                    self.cite(first, span.start + 1);
                }
                None => self.keep_words(span.start, span.start + middle, events),
            }
            let second = &written[middle + 2..];
            self.cite(&second[..inner_end(second)], span.start + middle + 2);
            return;
        }
        skip(events);
        let label = &written[1.min(written.len())..];
        let label = label.strip_suffix("[]").unwrap_or(label);
        self.cite(&label[..inner_end(label)], span.start + 1);
    }

    /// The words before a citation that took them for its text: plain text again, in brackets at `start` and `end`.
    fn keep_words<'e>(&mut self, start: usize, end: usize, events: &mut dyn Iterator<Item = Located<'e>>) {
        self.text("[", start..start + 1);
        let mut depth = 1;
        for (event, span) in &mut *events {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Text(text) => self.text(&text, span),
                Event::Code(text) => {
                    let slice = self.store_code(&text, span);
                    self.push(Op::Text(slice));
                }
                Event::SoftBreak | Event::HardBreak => self.text(" ", span),
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        self.text("]", end..end + 1);
    }

    fn cite(&mut self, label: &str, offset: usize) {
        let items = parse_group(label).unwrap_or_default();
        let place = self.here();
        let Source { text, map, .. } = self.writer.source;
        let citations = self.sink.lists().citations;
        let first = CitationIx::new(citations.len());
        citations.extend(items.iter().map(|item| {
            let key = offset + item.at;
            let braces = if text[key..].starts_with("@{") { 2 } else { 0 };
            Citation {
                key: item.key.into(),
                words: Words::of(&without_forbidden(&words(item.prefix)), &without_forbidden(&words(item.locator))),
                range: map.place(key..key + 1 + item.key.len() + braces),
                place,
            }
        }));
        self.push(Op::Cite(first, items.len() as u32));
    }
}

/// The words next to a key, as typed and as a reader should see them: without the backslash that a bar needs in
/// a table.
fn words(written: &str) -> Cow<'_, str> {
    if !written.contains(['\\', '&']) {
        return Cow::Borrowed(written);
    }
    let text = format!("{GUARD}{written}");
    let mut out = String::with_capacity(text.len());
    for event in cmark::Parser::new_ext(&text, super::constructs()) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    Cow::Owned(out)
}

/// Skips the text of a link that has just begun.
fn skip<'e>(events: &mut dyn Iterator<Item = Located<'e>>) {
    let mut depth = 1;
    for (event, _) in events {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return;
        }
    }
}
