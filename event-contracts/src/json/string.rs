//! The inside of a string: where it ends, and what it says.

use super::{Quoted, Scanner};
use crate::fault::{Broken, Fault};
use std::borrow::Cow;

impl Scanner<'_> {
    /// From behind the opening quote to behind the closing one. Tells whether there are escapes.
    #[inline]
    pub(super) fn skip_string(&mut self) -> Result<bool, Broken> {
        let bytes = self.text.as_bytes();
        let mut has_escapes = false;
        loop {
            self.at = special(bytes, self.at);
            match bytes.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(has_escapes);
                }
                Some(b'\\') => {
                    has_escapes = true;
                    self.skip_escape()?;
                }
                Some(_) => return Err(Fault::ControlCharacter.at(self.at)),
                None => return Err(Fault::CutOff.at(self.at)),
            }
        }
    }

    fn skip_escape(&mut self) -> Result<(), Broken> {
        match self.text.as_bytes().get(self.at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
                self.at += 2;
                Ok(())
            }
            Some(b'u') => self.skip_code_unit(),
            Some(_) => Err(Fault::Expected("an escape that JSON knows").at(self.at + 1)),
            None => Err(Fault::CutOff.at(self.at + 1)),
        }
    }

    /// Takes `\uXXXX`, or two that make a surrogate pair.
    fn skip_code_unit(&mut self) -> Result<(), Broken> {
        let first = self.at;
        match self.code_unit()? {
            0xD800..=0xDBFF => {}
            0xDC00..=0xDFFF => return Err(Fault::LoneSurrogate.at(first)),
            _ => return Ok(()),
        }
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if !rest.starts_with(br"\u") || !matches!(self.code_unit()?, 0xDC00..=0xDFFF) {
            return Err(Fault::LoneSurrogate.at(first));
        }
        Ok(())
    }

    fn code_unit(&mut self) -> Result<u16, Broken> {
        let digits = self.at + 2;
        let mut unit = 0;
        for at in digits..digits + 4 {
            let byte = self.text.as_bytes().get(at).ok_or(Fault::CutOff.at(at))?;
            let digit = char::from(*byte)
                .to_digit(16)
                .and_then(|digit| u16::try_from(digit).ok())
                .ok_or(Fault::Expected("a hexadecimal digit").at(at))?;
            unit = unit << 4 | digit;
        }
        self.at = digits + 4;
        Ok(unit)
    }
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

/// Resolves the escapes of a string that a [`Scanner`] has gone over.
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
                let units = [code_unit(escape, 1), code_unit(escape, 7)];
                let paired = usize::from(matches!(units[0], 0xD800..=0xDBFF));
                text.extend(char::decode_utf16(units[..=paired].iter().copied()).flatten());
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

fn code_unit(escape: &str, from: usize) -> u16 {
    let digits = escape.get(from..from + 4).unwrap_or_default();
    u16::from_str_radix(digits, 16).unwrap_or_default()
}

/// The place of the first byte at or after `at` that does not stand for itself in a string: a quote, a backslash or
/// a control character. Looks at eight bytes at a time.
#[inline]
fn special(bytes: &[u8], mut at: usize) -> usize {
    const EACH: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = EACH << 7;
    /// Marks the bytes that are zero; those above the first may be marked wrongly.
    const fn zeros(word: u64) -> u64 {
        word.wrapping_sub(EACH) & !word
    }
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        let word = u64::from_le_bytes(*chunk);
        let quote = zeros(word ^ (EACH * b'"' as u64));
        let backslash = zeros(word ^ (EACH * b'\\' as u64));
        let control = word.wrapping_sub(EACH * 0x20) & !word;
        let found = (quote | backslash | control) & HIGH;
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
