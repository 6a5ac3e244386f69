//! The inside of a string: where it ends, and what it says.

use super::Quoted;
use crate::fault::{Broken, Fault};
use std::borrow::Cow;

/// From behind the opening quote to behind the closing one, and whether there are escapes between.
#[inline]
pub(super) fn end(bytes: &[u8], mut at: usize) -> Result<(usize, bool), Broken> {
    let mut has_escapes = false;
    loop {
        at = special(bytes, at);
        match bytes.get(at) {
            Some(b'"') => return Ok((at + 1, has_escapes)),
            Some(b'\\') => {
                has_escapes = true;
                at = escape_end(bytes, at)?;
            }
            Some(_) => return Err(Fault::ControlCharacter.at(at)),
            None => return Err(Fault::CutOff.at(at)),
        }
    }
}

fn escape_end(bytes: &[u8], at: usize) -> Result<usize, Broken> {
    match bytes.get(at + 1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(at + 2),
        Some(b'u') => surrogates_end(bytes, at),
        Some(_) => Err(Fault::Expected("an escape that JSON knows").at(at + 1)),
        None => Err(Fault::CutOff.at(at + 1)),
    }
}

/// From before `\uXXXX` to behind it, or behind two that make a surrogate pair.
fn surrogates_end(bytes: &[u8], at: usize) -> Result<usize, Broken> {
    match code_unit(bytes, at + 2)? {
        0xD800..=0xDBFF => {}
        0xDC00..=0xDFFF => return Err(Fault::LoneSurrogate.at(at)),
        _ => return Ok(at + 6),
    }
    let is_escape = bytes.get(at + 6..).is_some_and(|rest| rest.starts_with(br"\u"));
    if !is_escape || !matches!(code_unit(bytes, at + 8)?, 0xDC00..=0xDFFF) {
        return Err(Fault::LoneSurrogate.at(at));
    }
    Ok(at + 12)
}

fn code_unit(bytes: &[u8], from: usize) -> Result<u16, Broken> {
    let mut unit = 0;
    for at in from..from + 4 {
        let byte = bytes.get(at).ok_or_else(|| Fault::CutOff.at(at))?;
        let digit = char::from(*byte)
            .to_digit(16)
            .and_then(|digit| u16::try_from(digit).ok())
            .ok_or_else(|| Fault::Expected("a hexadecimal digit").at(at))?;
        unit = unit << 4 | digit;
    }
    Ok(unit)
}

impl<'a> Quoted<'a> {
    /// What the string says.
    pub(crate) fn text(self) -> Cow<'a, str> {
        if self.has_escapes {
            Cow::Owned(unescape(self.raw))
        } else {
            Cow::Borrowed(self.raw)
        }
    }
}

/// Resolves the escapes of a string that a scanner has gone over.
fn unescape(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((plain, escape)) = rest.split_once('\\') {
        text.push_str(plain);
        let mut following = escape.chars();
        match following.next().unwrap_or_default() {
            'b' => text.push('\u{8}'),
            'f' => text.push('\u{c}'),
            'n' => text.push('\n'),
            'r' => text.push('\r'),
            't' => text.push('\t'),
            'u' => {
                let unit = |from| code_unit(escape.as_bytes(), from).unwrap_or_default();
                let units = [unit(1), unit(7)];
                let paired = usize::from(matches!(units[0], 0xD800..=0xDBFF));
                text.extend(char::decode_utf16(units.into_iter().take(1 + paired)).flatten());
                rest = escape.get(5 + 6 * paired..).unwrap_or_default();
                continue;
            }
            other => text.push(other),
        }
        rest = following.as_str();
    }
    text.push_str(rest);
    text
}

/// The place of the first byte at or after `at` that does not stand for itself in a string: a quote, a backslash or
/// a control character. Looks at eight bytes at a time.
#[inline]
fn special(bytes: &[u8], mut at: usize) -> usize {
    const EACH: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = EACH << 7;
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        let word = u64::from_le_bytes(*chunk);
        // The high bit of a byte is set when the byte was what is sought, and wrongly behind the first such byte or
        // where it was set before.
        let quote = (word ^ (EACH * b'"' as u64)).wrapping_sub(EACH);
        let backslash = (word ^ (EACH * b'\\' as u64)).wrapping_sub(EACH);
        let control = word.wrapping_sub(EACH * 0x20);
        let found = (quote | backslash | control) & !word & HIGH;
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    while bytes
        .get(at)
        .is_some_and(|byte| !matches!(byte, b'"' | b'\\' | 0..0x20))
    {
        at += 1;
    }
    at
}
