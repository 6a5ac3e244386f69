//! Where a value ends.

use super::{number, string, token};
use crate::fault::{Broken, Fault};

/// From before a value to behind it; it may open `max_open` objects and arrays inside each other, at most 128.
pub(super) fn end(bytes: &[u8], mut at: usize, max_open: u8) -> Result<usize, Broken> {
    let mut open = 0_u8;
    // One bit for each that is open, the innermost last: whether it is an object.
    let mut objects = 0_u128;
    loop {
        let (byte, start) = token(bytes, at)?;
        at = match byte {
            b'"' => string::end(bytes, start + 1)?.0,
            b'{' | b'[' => {
                if open >= max_open {
                    return Err(Fault::TooDeep.at(start));
                }
                open += 1;
                objects = objects << 1 | u128::from(byte == b'{');
                let (next, inside) = token(bytes, start + 1)?;
                if byte == b'{' && next != b'}' {
                    at = key(bytes, inside)?;
                    continue;
                }
                if byte == b'[' && next != b']' {
                    at = inside;
                    continue;
                }
                inside
            }
            b'-' | b'0'..=b'9' => number::end(bytes, start)?,
            b't' => word(bytes, start, "true")?,
            b'f' => word(bytes, start, "false")?,
            b'n' => word(bytes, start, "null")?,
            _ => return Err(Fault::Expected("a value").at(start)),
        };
        // Behind a value: closing brackets, then a comma.
        loop {
            if open == 0 {
                return Ok(at);
            }
            let is_object = objects & 1 == 1;
            let (byte, place) = token(bytes, at)?;
            at = place + 1;
            match (byte, is_object) {
                (b',', true) => {
                    let (_, name) = token(bytes, at)?;
                    at = key(bytes, name)?;
                    break;
                }
                (b',', false) => break,
                (b'}', true) | (b']', false) => {
                    open -= 1;
                    objects >>= 1;
                }
                (_, true) => return Err(Fault::Expected("a comma or a closing brace").at(place)),
                (_, false) => return Err(Fault::Expected("a comma or a closing bracket").at(place)),
            }
        }
    }
}

/// From before a member's name to behind the colon.
#[inline]
fn key(bytes: &[u8], at: usize) -> Result<usize, Broken> {
    if bytes.get(at) != Some(&b'"') {
        return Err(Fault::Expected("a string").at(at));
    }
    let (byte, at) = token(bytes, string::end(bytes, at + 1)?.0)?;
    if byte != b':' {
        return Err(Fault::Expected("a colon").at(at));
    }
    Ok(at + 1)
}

fn word(bytes: &[u8], at: usize, word: &'static str) -> Result<usize, Broken> {
    let rest = bytes.get(at..).unwrap_or_default();
    if rest.starts_with(word.as_bytes()) {
        return Ok(at + word.len());
    }
    let same = rest
        .iter()
        .zip(word.bytes())
        .take_while(|(a, b)| **a == *b)
        .count();
    let fault = if same == rest.len() {
        Fault::CutOff
    } else {
        Fault::Expected("a value")
    };
    Err(fault.at(at + same))
}
