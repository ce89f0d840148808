//! What a PDF file (ISO 32000) says at its ends: whether it is whole, and how many pages it has, if that is plainly there.

use memchr::memmem;

use super::window::Window;

/// How much of the end has the mark that ends a document.
const TAIL: u64 = 4 << 10;

/// How large a document may be whose pages are counted where they are listed.
const MOST_COUNTED: u64 = 2 << 20;

/// A document's pages, if that is cheaply known.
pub(super) type Pages = Option<u32>;

/// Reads a document; `None` if it is cut off.
pub(super) fn read(window: &mut Window<'_>) -> Option<Pages> {
    let length = window.length;
    let head = window.get(0, length.min(1024))?.to_vec();
    let tail = window.get(length.saturating_sub(TAIL), length.min(TAIL))?;
    memmem::find(tail, b"%%EOF")?;
    if let Some(pages) = linearized(&head, length) {
        return Some(Some(pages));
    }
    if length > MOST_COUNTED {
        return Some(None);
    }
    Some(window.get(0, length).and_then(counted))
}

/// The pages of a document that was arranged for the web: its first object has them, and its length, which is another one
/// if the document was changed afterward.
fn linearized(head: &[u8], length: u64) -> Pages {
    let from = memmem::find(head, b"/Linearized")?;
    let end = memmem::find(&head[from..], b">>")?;
    let object = &head[..from + end];
    (u64::from(value(object, b"/L")?) == length).then(|| value(object, b"/N"))?.filter(|pages| *pages > 0)
}

/// The pages of a document that lists them in the open. One that was changed after it was saved has several lists, and only
/// a whole reader of PDF knows which one counts.
fn counted(bytes: &[u8]) -> Pages {
    if memmem::find_iter(bytes, b"startxref").count() != 1 {
        return None;
    }
    let mut most = None;
    for at in memmem::find_iter(bytes, b"/Pages") {
        // The list itself says `/Type /Pages`; what names it says `/Pages 3 0 R`.
        let before = bytes[..at].trim_ascii_end();
        if !before.ends_with(b"/Type") {
            continue;
        }
        let from = memmem::rfind(&bytes[..at], b"<<")?;
        let end = memmem::find(&bytes[at..], b">>").map(|end| at + end)?;
        most = most.max(value(&bytes[from..end], b"/Count"));
    }
    most.filter(|pages| (1..100_000).contains(pages))
}

/// The whole number behind a name.
fn value(object: &[u8], name: &[u8]) -> Option<u32> {
    memmem::find_iter(object, name).find_map(|at| {
        let rest = object[at + name.len()..].trim_ascii_start();
        let is_name = object.get(at + name.len()).is_some_and(u8::is_ascii_alphabetic);
        let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        std::str::from_utf8(&rest[..digits]).ok()?.parse().ok().filter(|_| !is_name)
    })
}
