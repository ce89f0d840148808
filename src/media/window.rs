//! Parts of a large file, read where they are needed and never more than a few megabytes of them.

use crate::source::Files;

/// How much is read at once.
const STEP: u64 = 4 << 10;

/// How much may be read of one file. What a film says about itself is much shorter.
const MOST: u64 = 4 << 20;

/// A file, and the part of it that was read last.
pub(super) struct Window<'f> {
    files: &'f dyn Files,
    path: &'f str,
    /// How long the file is.
    pub(super) length: u64,
    at: u64,
    bytes: Vec<u8>,
    read: u64,
}

impl<'f> Window<'f> {
    /// A file of this length, of which these bytes at its beginning are known.
    pub(super) fn new(files: &'f dyn Files, path: &'f str, length: u64, head: Vec<u8>) -> Self {
        Self { files, path, length, at: 0, bytes: head, read: 0 }
    }

    /// The bytes at a place; `None` if the file has fewer, or if enough of it was read.
    pub(super) fn get(&mut self, at: u64, count: u64) -> Option<&[u8]> {
        let end = at.checked_add(count).filter(|end| *end <= self.length)?;
        if at < self.at || end > self.at + self.bytes.len() as u64 {
            let most = count.max(STEP).min(self.length - at);
            self.read = self.read.saturating_add(most);
            if self.read > MOST {
                return None;
            }
            self.bytes = self.files.part(self.path, at, most).ok()?;
            self.at = at;
        }
        let start = usize::try_from(at - self.at).ok()?;
        self.bytes.get(start..start.checked_add(usize::try_from(count).ok()?)?)
    }

    /// A number of four bytes, the most significant first.
    pub(super) fn u32(&mut self, at: u64) -> Option<u32> {
        Some(u32::from_be_bytes(self.get(at, 4)?.try_into().ok()?))
    }

    /// A number of eight bytes, the most significant first.
    pub(super) fn u64(&mut self, at: u64) -> Option<u64> {
        Some(u64::from_be_bytes(self.get(at, 8)?.try_into().ok()?))
    }

    /// Four bytes.
    pub(super) fn word(&mut self, at: u64) -> Option<[u8; 4]> {
        self.get(at, 4)?.try_into().ok()
    }
}
