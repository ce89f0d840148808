//! Bare addresses, `https://…`, which are links: the library reads them that way in angle brackets.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Source, events};
use crate::base::TextRange;
use crate::language::quotes::Quotes;
use crate::syntax::edited::Edited;
use crate::syntax::indices::TextIx;
use crate::syntax::source_map::SourceMap;

/// A text with angle brackets put around its bare addresses; `None` if it has none.
pub(super) fn bracketed(text: &str) -> Option<Edited> {
    // Most addresses are in the parentheses of a link, so that most texts aren't parsed twice.
    let is_bare = |at: usize| {
        let before = text[..at].strip_suffix("https").or_else(|| text[..at].strip_suffix("http"));
        before.is_some_and(|before| !before.ends_with("](") && !before.ends_with('<'))
    };
    if !text.match_indices("://").any(|(at, _)| is_bare(at)) {
        return None;
    }
    let mut out = Edited::default();
    let mut from = 0;
    for address in find(text) {
        if address.start < from {
            continue;
        }
        out.keep(text, from..address.start);
        // The brackets are mapped to the address, so that it can be located.
        out.write("<", address.start..address.start + 1);
        out.keep(text, address.clone());
        out.write(">", address.end - 1..address.end);
        from = address.end;
    }
    out.keep(text, from..text.len());
    (from > 0).then_some(out)
}

/// Where the addresses are that belong to the text, and not to a link, a picture or code.
fn find(text: &str) -> Vec<Range<usize>> {
    let map = SourceMap::default();
    let source = Source {
        text,
        map: &map,
        range: TextRange::default(),
        index: TextIx::new(0),
        smart_punctuation: false,
        quotes: Quotes::ENGLISH,
    };
    let mut found = Vec::new();
    // How many links, pictures and code blocks are open.
    let mut inside = 0_usize;
    for (event, span) in events(source) {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => inside += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => inside = inside.saturating_sub(1),
            Event::Text(_) if inside == 0 => {
                let starts = text[span.clone()].match_indices("http").map(|(at, _)| span.start + at);
                found.extend(starts.filter_map(|start| Some(start..start + length(&text[..start], &text[start..])?)));
            }
            _ => {}
        }
    }
    found
}

/// The length of the bare address that `text` begins with, after `before`; `None` if it begins with none. The rules are GitHub's, which
/// leave a sentence its punctuation and a bracket its closing one.
#[must_use]
pub fn length(before: &str, text: &str) -> Option<usize> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| text.starts_with(scheme))?;
    if before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '\\' | '<' | '=' | '"' | '@')) {
        return None;
    }
    let ends =
        |c: char| c.is_whitespace() || c.is_control() || "<>|`\"\\^{}“”„‘’«»‹›…。，、；：！？（）「」『』【】".contains(c);
    let mut address = &text[..text.find(ends).unwrap_or(text.len())];
    loop {
        let last = address.chars().next_back()?;
        let unbalanced =
            |open: char, close: char| last == close && address.matches(close).count() > address.matches(open).count();
        let is_entity = last == ';'
            && address.rfind('&').is_some_and(|at| address[at + 1..address.len() - 1].chars().all(char::is_alphanumeric));
        address = if is_entity {
            &address[..address.rfind('&')?]
        } else if "?!.,:;*_~'".contains(last) || unbalanced('(', ')') || unbalanced('[', ']') {
            &address[..address.len() - last.len_utf8()]
        } else {
            break;
        };
    }
    let host = address.get(scheme.len()..)?;
    host.starts_with(char::is_alphanumeric).then_some(address.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        find(text).into_iter().map(|address| &text[address]).collect()
    }

    #[test]
    fn an_address_is_found_without_what_the_sentence_needs() {
        for (text, wanted) in [
            ("see https://a.example.", "https://a.example"),
            ("(see https://a.example/b_(c))", "https://a.example/b_(c)"),
            ("**https://a.example/x_y_z**", "https://a.example/x_y_z"),
            ("“https://a.example/?a=b&c=d”", "https://a.example/?a=b&c=d"),
            ("http://localhost:3000/ x", "http://localhost:3000/"),
            ("https://a.example/ü, ö", "https://a.example/ü"),
        ] {
            assert_eq!(found(text), [wanted], "{text}");
        }
    }

    #[test]
    fn what_is_a_link_or_code_already_is_left_alone() {
        for text in [
            "[a](https://a.example)",
            "[https://a.example](https://a.example)",
            "<https://a.example>",
            "`https://a.example`",
            "    https://a.example\n",
            "![https://a.example](x.png)",
            "[a]: https://a.example\n",
            "https://",
            "xhttps://a.example",
            "\\https://a.example",
            "<a href=\"https://a.example\">",
            "[see https://a.example, @key]",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
