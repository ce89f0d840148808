//! PNG: a row of chunks, each with its length, name and checksum.

use super::exif;
use super::scan::{Scan, big, tells_place};

/// The chunks that say how a picture looks. All others, such as texts, times and EXIF, are left out.
const SHOWN: &[&[u8; 4]] = &[
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI",
    b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// Reads the chunks of a file.
pub(super) fn scan(bytes: &[u8]) -> Scan {
    let mut scan = Scan::default();
    scan.keep(0..8);
    let mut at = 8;
    while let (Some(length), Some(name)) = (big(bytes, at), bytes.get(at + 4..at + 8)) {
        let Some(end) = at.checked_add(12).and_then(|end| end.checked_add(length)) else { break };
        let Some(data) = bytes.get(at + 8..end - 4) else { break };
        if end > bytes.len() {
            break;
        }
        match name {
            b"eXIf" => scan.orientation = exif::orientation(data),
            b"caBX" if !tells_place(data) => {
                scan.has_manifest = true;
                scan.keep(at..end);
            }
            _ if SHOWN.iter().any(|shown| *shown == name) => scan.keep(at..end),
            _ => {}
        }
        match name {
            b"IHDR" => scan.turn_here(),
            b"iCCP" => scan.profile = data.len(),
            b"acTL" => scan.is_plain = false,
            b"IEND" => {
                scan.is_whole = true;
                break;
            }
            _ => {}
        }
        at = end;
    }
    scan
}

/// The chunk that states an orientation.
pub(super) fn turn(orientation: u8) -> Vec<u8> {
    chunk(*b"eXIf", &exif::with_orientation(orientation))
}

/// A chunk with these data.
pub(super) fn chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap_or_default().to_be_bytes();
    let mut out = [&length[..], &name, data].concat();
    out.extend(checksum(&out[4..]).to_be_bytes());
    out
}

/// CRC-32, as PNG has it.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_checksum_is_that_of_png() {
        assert_eq!(super::chunk(*b"IEND", b"")[8..], [0xae, 0x42, 0x60, 0x82]);
    }
}
