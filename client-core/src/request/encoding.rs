//! Percent-encoding of what comes from arguments.

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the unreserved characters of RFC 3986 (section 2.3).
///
/// A path segment could also carry `:@!$&'()*+,;=` as they are. They are encoded none the less: servers, proxies and
/// URL libraries disagree about them (`+`, `;`), and all of them agree about `%2B`.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Appends `text`, encoded for use inside a path segment, or as a name or value of a query.
pub(super) fn push_encoded(target: &mut String, text: &str) {
    for piece in utf8_percent_encode(text, RESERVED) {
        target.push_str(piece);
    }
}

/// Appends `text` as it stands in the contract's path template, where only what no URI may hold is encoded.
pub(super) fn push_literal(target: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_graphic() && !b"\"<>\\^`{|}%?#".contains(&byte) {
            target.push(char::from(byte));
        } else {
            // Writing to a string can't fail.
            let _ = write!(target, "%{byte:02X}");
        }
    }
}

/// Whether a segment would be removed by the normalisation of URLs (RFC 3986, section 5.2.4).
///
/// `%2E` is the same character to a normaliser, so encoding does not help: such a segment can't be sent.
pub(super) fn is_dot_segment(segment: &str) -> bool {
    segment == "." || segment == ".."
}
