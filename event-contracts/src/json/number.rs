//! Where a number ends.

use crate::fault::{Broken, Fault};

/// From before a number to behind it.
pub(super) fn end(bytes: &[u8], mut at: usize) -> Result<usize, Broken> {
    let is = |at: usize, some: &[u8]| bytes.get(at).is_some_and(|byte| some.contains(byte));
    at += usize::from(is(at, b"-"));
    at = if is(at, b"0") { at + 1 } else { digits(bytes, at)? };
    if is(at, b".") {
        at = digits(bytes, at + 1)?;
    }
    if is(at, b"eE") {
        at += 1;
        at += usize::from(is(at, b"+-"));
        at = digits(bytes, at)?;
    }
    Ok(at)
}

/// From before a digit to behind it and all that follow.
fn digits(bytes: &[u8], from: usize) -> Result<usize, Broken> {
    let rest = bytes.get(from..).unwrap_or_default();
    match rest.iter().take_while(|byte| byte.is_ascii_digit()).count() {
        0 if rest.is_empty() => Err(Fault::CutOff.at(from)),
        0 => Err(Fault::Expected("a digit").at(from)),
        count => Ok(from + count),
    }
}
