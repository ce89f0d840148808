//! Problems with whole links, citations and fences, which have their own locations.

use super::Looked;
use crate::base::similar::nearest;
use crate::check::rule::Report;
use crate::syntax::kinds::blocks::NAMES;
use crate::syntax::markdown::citation::split_key;
use crate::syntax::markdown::{Op, Tag};
use crate::syntax::pieces::{Prose, Use};

impl Looked<'_, '_> {
    /// Fences that almost name a block, and links that nobody can see.
    pub(super) fn blocks(&self, prose: &Prose, report: &mut Report) {
        let markdown = &prose.markdown;
        for (at, op) in markdown.ops.iter().enumerate() {
            let Op::Open(tag) = op else { continue };
            let says_nothing = |op: &&Op| matches!(op, Op::Text(words) if markdown.str(*words).trim().is_empty());
            let is_empty = || markdown.ops[at + 1..].iter().find(|op| !says_nothing(op)) == Some(&Op::Close(*tag));
            let range = match tag {
                Tag::CodeBlock(index) => {
                    let language = markdown.parts().languages[*index];
                    let name = markdown.str(language);
                    if let Some(block) = meant(name) {
                        let message = format!("`{name}` is shown as code: the block is named `{block}`");
                        let help = format!("write `{block}` after the fence");
                        self.add(markdown.place_of(language), message, help, report);
                    }
                    continue;
                }
                Tag::Mention(pointer) if is_empty() => self.texts.pieces.pointers[*pointer].range,
                Tag::Link(address) if is_empty() => self.texts.pieces.addresses[*address].range,
                _ => continue,
            };
            let help = match tag {
                Tag::Mention(pointer) => {
                    let id = &self.texts.pieces.pointers[*pointer].id;
                    format!("write `[[{id}]]` for a link with the record's own title, or `[[{id}|words]]`")
                }
                _ => "write words between the brackets".to_owned(),
            };
            self.add(range, "this link has no words, so readers can't see it".to_owned(), help, report);
        }
    }

    /// Pointers in the titles of links and pictures, where they are printed as typed.
    pub(super) fn titles(&self, report: &mut Report) {
        for address in self.texts.pieces.addresses.iter().filter(|address| address.title.contains('[')) {
            let pointer = address.title.match_indices('[').find_map(|(at, _)| {
                let rest = &address.title[at..];
                let end = if rest.starts_with("[[") { "]]" } else { "]" };
                let pointer = &rest[..rest.find(end)? + end.len()];
                (pointer.starts_with("[[") || pointer.starts_with("[@")).then_some(pointer)
            });
            if let Some(pointer) = pointer {
                let message = format!("`{pointer}` in a title is printed as typed, and leads nowhere");
                let help = "titles are plain text: remove it, or put it after the link or picture".to_owned();
                self.add(address.range, message, help, report);
            }
        }
    }

    /// Citations that read another one as a page number, and links that hide one.
    pub(super) fn pointers(&self, report: &mut Report) {
        let pieces = self.texts.pieces;
        for citation in pieces.citations.iter().filter(|citation| citation.locator().contains('@')) {
            let Some((before, behind)) = citation.locator().split_once('@') else { continue };
            let Some((key, _)) = split_key(behind) else { continue };
            if before.ends_with(char::is_alphanumeric) {
                continue;
            }
            let message = format!("`@{key}` is printed next to the number, but cites nothing");
            let help = format!("separate citations with a semicolon: `[@{}; @{key}]`", citation.key);
            self.add(citation.range, message, help, report);
        }
        for address in pieces.addresses.iter().filter(|address| address.usage == Use::Link) {
            let Some(label) = self.written(address.range).strip_prefix("[@") else { continue };
            let Some((key, "]" | "][]")) = split_key(label) else { continue };
            if self.site.reader.has_source(key) {
                let message = format!("this is a link to {}, so it does not cite `{key}`", address.target);
                let help = format!("delete the line that begins with `[@{key}]:`, or give that link another name");
                self.add(address.range, message, help, report);
            }
        }
    }
}

/// The block that a misspelled name means.
fn meant(name: &str) -> Option<&'static str> {
    if NAMES.contains(&name) {
        return None;
    }
    let lower = name.to_lowercase();
    let one = lower.strip_suffix('s').unwrap_or(&lower);
    let is_slip = |near: &&str| near.len().abs_diff(name.len()) <= 1 && lower.len() > 5;
    NAMES.into_iter().find(|known| *known == one || *known == lower).or_else(|| {
        let near = nearest(name, NAMES).filter(is_slip)?;
        NAMES.into_iter().find(|known| *known == near)
    })
}
