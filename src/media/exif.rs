//! The one thing in a camera's metadata that matters for showing a picture: which way up it is.

/// The tag of the orientation in EXIF.
const ORIENTATION: u16 = 0x0112;

/// The orientation that a block of EXIF states, from 1 to 8; 1, which means “as it is”, if it states none.
///
/// The block begins with the header of TIFF, perhaps behind `Exif\0\0`.
#[must_use]
pub(super) fn orientation(block: &[u8]) -> u8 {
    read(block.strip_prefix(b"Exif\0\0").unwrap_or(block)).filter(|value| (1..=8).contains(value)).unwrap_or(1)
}

fn read(tiff: &[u8]) -> Option<u8> {
    let is_little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let (low, high) = if is_little { (short(4)?, short(6)?) } else { (short(6)?, short(4)?) };
    let folder = usize::from(high) << 16 | usize::from(low);
    let entries = usize::from(short(folder)?);
    let mut places = (0..entries).map(|entry| folder.saturating_add(2 + 12 * entry));
    let own = places.find(|at| short(*at) == Some(ORIENTATION))?;
    u8::try_from(short(own.checked_add(8)?)?).ok()
}

/// A block of EXIF that states an orientation and nothing else.
#[must_use]
pub(super) fn with_orientation(orientation: u8) -> Vec<u8> {
    let mut out = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    out.extend([orientation, 0, 0, 0, 0, 0, 0]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_way_up_is_read_in_either_byte_order() {
        for turned in 1..=8 {
            assert_eq!(orientation(&with_orientation(turned)), turned);
            assert_eq!(orientation(&[b"Exif\0\0", &*with_orientation(turned)].concat()), turned);
        }
        assert_eq!(orientation(b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0"), 6);
    }

    #[test]
    fn nonsense_is_as_it_is() {
        let whole = with_orientation(6);
        for cut in 0..20 {
            assert_eq!(orientation(&whole[..cut.min(whole.len())]), if cut >= 20 { 6 } else { 1 });
        }
        assert_eq!(orientation(b"II*\0\xff\xff\xff\xff\x01\0"), 1);
        assert_eq!(orientation(&with_orientation(9)), 1);
    }
}
