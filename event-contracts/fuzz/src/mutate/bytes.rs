//! Damage below JSON.

use super::Mutator;

/// Bytes that mean something to a reader of JSON or of UTF-8.
const TELLING: &[u8] =
    b"{}[]:,\"\\/-+.eE0159tfnu \n\r\t\0\x01\x1f\x7f\x80\xbf\xc0\xc3\xe2\xed\xef\xf0\xf4\xff";

/// One bit, or one byte, changed or put in.
pub(super) fn change(mutator: &mut Mutator<'_>, text: &mut Vec<u8>) {
    let at = mutator.place(text);
    let byte = TELLING[mutator.random.usize(..TELLING.len())];
    match text.get_mut(at) {
        Some(there) if mutator.random.bool() => *there ^= 1 << mutator.random.u8(..8),
        Some(there) if mutator.random.bool() => *there = byte,
        _ => text.insert(at, byte),
    }
}

/// Blanks, a byte order mark or something else that is no part of a value, before, behind or within.
pub(super) fn blanks(mutator: &mut Mutator<'_>, text: &mut Vec<u8>) {
    const BLANKS: &[&[u8]] = &[
        b" ",
        b"\n",
        b"\r\n\t ",
        b"\xef\xbb\xbf",
        b"\x0c",
        b"\xc2\xa0",
        b"\0",
        b"{}",
        b"//\n",
    ];
    let blanks = BLANKS[mutator.random.usize(..BLANKS.len())];
    let at = match mutator.random.u8(..3) {
        0 => 0,
        1 => text.len(),
        _ => mutator.place(text),
    };
    text.splice(at..at, blanks.repeat(mutator.random.usize(1..20)));
}

/// Some bytes less.
pub(super) fn cut_out(mutator: &mut Mutator<'_>, text: &mut Vec<u8>) {
    let at = mutator.place(text);
    let end = text.len().min(at + mutator.random.usize(1..40));
    text.drain(at..end);
}

/// Some bytes again.
pub(super) fn repeat(mutator: &mut Mutator<'_>, text: &mut Vec<u8>) {
    let at = mutator.place(text);
    let end = text.len().min(at + mutator.random.usize(1..60));
    let again = text[at..end].repeat(mutator.random.usize(1..4));
    text.splice(end..end, again);
}

/// The beginning of one message and the end of another.
pub(super) fn cross(mutator: &mut Mutator<'_>, text: &mut Vec<u8>) {
    let other = mutator.sample();
    let (at, from) = (mutator.place(text), mutator.place(other));
    text.truncate(at);
    text.extend_from_slice(&other[from..]);
}

/// The end is lost.
pub(super) fn truncate(mutator: &mut Mutator<'_>, text: &mut Vec<u8>) {
    text.truncate(mutator.place(text));
}
