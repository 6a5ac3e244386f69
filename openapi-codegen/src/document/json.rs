//! JSON as YAML reads it.

use std::borrow::Cow;

use serde_json::Value;

/// JSON writes a letter beyond U+FFFF as two escapes, which YAML does not know; here it stands as itself.
///
/// Every line stays where it is. What is no JSON stays as it is.
pub(super) fn without_surrogates(text: &str) -> Cow<'_, str> {
    let is_json = || serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')).is_ok();
    if !text.contains("\\u") || !is_json() {
        return Cow::Borrowed(text);
    }
    let mut joined = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        joined.push_str(&rest[..at]);
        rest = &rest[at..];
        let (letter, length) = match pair(rest) {
            Some(letter) => (Cow::Owned(letter.to_string()), 12),
            // A backslash with what it escapes, which in JSON is one ASCII letter.
            None => (Cow::Borrowed(rest.get(..2).unwrap_or(rest)), 2),
        };
        joined.push_str(&letter);
        rest = rest.get(length..).unwrap_or_default();
    }
    joined.push_str(rest);
    Cow::Owned(joined)
}

/// The letter of `\uD83D\uDE00` at the start of a text.
fn pair(text: &str) -> Option<char> {
    let unit = |text: &str| {
        let digits = text.strip_prefix("\\u")?.get(..4)?;
        u16::from_str_radix(digits, 16).ok()
    };
    let units = [unit(text)?, unit(text.get(6..)?)?];
    let mut letters = char::decode_utf16(units);
    // Two letters that are no pair stand for themselves, and YAML reads their escapes too.
    letters.next()?.ok().filter(|_| letters.next().is_none())
}
