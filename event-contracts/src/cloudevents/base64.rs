//! The base64 of RFC 4648, section 4, read. By hand, because it is these few lines, and a crate for them would reach
//! everybody who depends on this one.

/// The bytes; nothing when `text` is not base64 with its padding.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(4) {
        return None;
    }
    let padding = digits
        .iter()
        .rev()
        .take(2)
        .take_while(|byte| **byte == b'=')
        .count();
    let digits = &digits[..digits.len() - padding];
    let mut bytes = Vec::with_capacity(digits.len() * 3 / 4);
    for group in digits.chunks(4) {
        let mut bits = 0_u32;
        for digit in group {
            bits = bits << 6 | u32::from(value(*digit)?);
        }
        // A group of n digits has 6 n bits: what is beyond its n - 1 whole bytes must be nought.
        let whole = group.len() - 1;
        let beyond = 6 * group.len() - 8 * whole;
        if bits & ((1 << beyond) - 1) != 0 {
            return None;
        }
        bytes.extend_from_slice(&(bits >> beyond).to_be_bytes()[4 - whole..]);
    }
    Some(bytes)
}

fn value(digit: u8) -> Option<u8> {
    match digit {
        b'A'..=b'Z' => Some(digit - b'A'),
        b'a'..=b'z' => Some(digit - b'a' + 26),
        b'0'..=b'9' => Some(digit - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}
