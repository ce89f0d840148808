//! GIF: blocks, some of which are for applications.

use super::scan::Scan;

/// Reads the blocks of a file. Comments go, and of applications' blocks all but those that repeat an animation.
pub(super) fn scan(bytes: &[u8]) -> Scan {
    let mut scan = Scan { is_plain: false, ..Scan::default() };
    let Some(flags) = bytes.get(10) else { return scan };
    let mut at = 13 + colors(*flags);
    scan.keep(0..at.min(bytes.len()));
    while let Some(kind) = bytes.get(at) {
        let start = at;
        let is_shown = match kind {
            0x3b => {
                scan.keep(at..at + 1);
                scan.is_whole = true;
                break;
            }
            // A picture, its own colors, and the size of its codes.
            0x2c => {
                let Some(flags) = bytes.get(at + 9) else { break };
                at += 11 + colors(*flags);
                true
            }
            0x21 => {
                let Some(label) = bytes.get(at + 1) else { break };
                let repeats =
                    bytes.get(at + 3..at + 14).is_some_and(|name| name == b"NETSCAPE2.0" || name == b"ANIMEXTS1.0");
                at += 2;
                *label == 0xf9 || *label == 0xff && repeats
            }
            _ => break,
        };
        while let Some(length) = bytes.get(at).filter(|length| **length > 0) {
            at += 1 + usize::from(*length);
        }
        at += 1;
        if is_shown {
            scan.keep(start..at.min(bytes.len()));
        }
    }
    scan
}

/// How many bytes a table of colors takes.
fn colors(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}
