//! As much of RFC 3986 as CloudEvents asks for: is this a URI, and percent-encoding.

use std::borrow::Cow;

/// Whether `text` is a URI or a relative reference. The empty reference is one too.
pub(super) fn is_reference(text: &str) -> bool {
    match scheme(text) {
        Some(scheme) => is_scheme(scheme) && is_hierarchical(&text[scheme.len() + 1..]),
        None => is_hierarchical(text),
    }
}

/// Whether `text` is a URI with a scheme.
pub(super) fn is_absolute(text: &str) -> bool {
    scheme(text).is_some() && is_reference(text)
}

/// Writes `text` with `%XX` for every byte that is not `kept`.
pub(super) fn percent_encode(text: &str, kept: impl Fn(u8) -> bool) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii() && kept(byte) {
            encoded.push(char::from(byte));
        } else {
            let (high, low) = (usize::from(byte >> 4), usize::from(byte & 15));
            encoded.extend(['%', char::from(DIGITS[high]), char::from(DIGITS[low])]);
        }
    }
    encoded
}

/// Reads `%XX`; a percent sign that begins no such thing stands for itself. Nothing when the bytes are not UTF-8.
pub(super) fn percent_decode(text: Cow<'_, str>) -> Option<Cow<'_, str>> {
    if !text.contains('%') {
        return Some(text);
    }
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        match hex_pair(rest) {
            Some(value) => {
                decoded.push(value);
                rest = &rest[3..];
            }
            None => {
                decoded.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8(decoded).ok().map(Cow::Owned)
}

/// Letters, digits, `-`, `.`, `_` and `~`: what stands for itself anywhere in a URI.
pub(super) fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// What comes before the first colon, if that is in the first segment.
fn scheme(text: &str) -> Option<&str> {
    let end = text.find([':', '/', '?', '#'])?;
    text[end..].starts_with(':').then(|| &text[..end])
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

/// Authority, path, query and fragment, all of them optional.
fn is_hierarchical(text: &str) -> bool {
    let (text, fragment) = text.split_once('#').unwrap_or((text, ""));
    let (text, query) = text.split_once('?').unwrap_or((text, ""));
    let path = match text.strip_prefix("//") {
        None => text,
        Some(rest) => {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            if !is_authority(authority) {
                return false;
            }
            path
        }
    };
    consists_of(path, b":@/") && consists_of(query, b":@/?") && consists_of(fragment, b":@/?")
}

fn is_authority(text: &str) -> bool {
    let (user, host) = text.rsplit_once('@').unwrap_or(("", text));
    let (host, port) = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, port)) => {
            let digits = |byte: u8| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.');
            if address.is_empty() || !address.bytes().all(digits) {
                return false;
            }
            ("", port)
        }
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    let port = port.strip_prefix(':').unwrap_or(port);
    consists_of(user, b":") && consists_of(host, b"") && port.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether there is nothing but what may stand in any part, `%XX`, and the bytes of `more`.
fn consists_of(text: &str, more: &[u8]) -> bool {
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = match byte {
            b'%' if hex_pair(rest).is_some() => &rest[3..],
            b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' => after,
            byte if is_unreserved(byte) || more.contains(&byte) => after,
            _ => return false,
        };
    }
    true
}

/// The value of the `%XX` that `bytes` begin with.
fn hex_pair(bytes: &[u8]) -> Option<u8> {
    let [b'%', high, low, ..] = bytes else {
        return None;
    };
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}
