//! Damage that leaves JSON what it is, mostly.

use super::Mutator;
use super::words::WORDS;
use crate::outline::{Kind, Node, outline};
use std::ops::Range;

/// A member or an item less.
pub(super) fn remove(mutator: &mut Mutator<'_>, text: &mut Vec<u8>) {
    if let Some(node) = mutator.node(text, is_inner) {
        text.drain(with_comma(text, node.whole()));
    }
}

/// A value replaced by a word that belongs elsewhere, or by one of another message.
pub(super) fn replace_by_word(mutator: &mut Mutator<'_>, text: &mut Vec<u8>) {
    let Some(node) = mutator.node(text, is_inner) else {
        return;
    };
    let word = if mutator.random.bool() {
        WORDS[mutator.random.usize(..WORDS.len())].as_bytes()
    } else {
        mutator.one_of(mutator.corpus.words())
    };
    text.splice(node.value, word.iter().copied());
}

/// A value replaced by another of the same message.
pub(super) fn replace_by_other(mutator: &mut Mutator<'_>, text: &mut Vec<u8>) {
    if let (Some(node), Some(other)) = (mutator.node(text, is_inner), mutator.node(text, is_inner)) {
        let other = text[other.value].to_vec();
        text.splice(node.value, other);
    }
}

/// Two values, of which none contains the other, changed with each other.
pub(super) fn swap(mutator: &mut Mutator<'_>, text: &mut Vec<u8>) {
    if let (Some(one), Some(other)) = (mutator.node(text, is_inner), mutator.node(text, is_inner)) {
        let (first, last) = if one.value.start < other.value.start {
            (one.value, other.value)
        } else {
            (other.value, one.value)
        };
        if first.end <= last.start {
            let (early, late) = (text[first.clone()].to_vec(), text[last.clone()].to_vec());
            text.splice(last, early);
            text.splice(first, late);
        }
    }
}

/// A member taken out of its object and put into another one: into the payload, or out of it.
pub(super) fn move_into(mutator: &mut Mutator<'_>, text: &mut Vec<u8>) {
    if let Some(node) = mutator.node(text, |node| is_inner(node) && node.name.is_some()) {
        let member = text[node.whole()].to_vec();
        text.drain(with_comma(text, node.whole()));
        insert(mutator, text, &member);
    }
}

/// A member that stands twice, next to itself or elsewhere.
pub(super) fn duplicate(mutator: &mut Mutator<'_>, text: &mut Vec<u8>) {
    if let Some(node) = mutator.node(text, |node| is_inner(node) && node.name.is_some()) {
        let member = text[node.whole()].to_vec();
        if mutator.random.bool() {
            insert(mutator, text, &member);
        } else {
            let at = node.value.end;
            text.splice(at..at, [b",", member.as_slice()].concat());
        }
    }
}

/// A member by any name that occurs anywhere.
pub(super) fn rename(mutator: &mut Mutator<'_>, text: &mut Vec<u8>) {
    if let Some(name) = mutator
        .node(text, |node| node.name.is_some())
        .and_then(|node| node.name)
    {
        let other = mutator.one_of(mutator.corpus.names());
        text.splice(name, other.iter().copied());
    }
}

/// What the dialects call the same thing.
const SYNONYMS: &[&[&str]] = &[
    &["messageId", "eventId", "id"],
    &["messageType", "eventType", "type"],
    &[
        "messageVersion",
        "version",
        "eventVersion",
        "dataVersion",
        "dataschema",
        "envelopeVersion",
        "specversion",
    ],
    &["timestamp", "time"],
    &["source", "sourceService"],
    &["correlationId", "correlationid"],
    &["causationId", "causationid"],
    &["partitionKey", "partitionkey", "aggregateId", "subject"],
    &["sequence", "sequencetype"],
    &["payload", "data", "metadata", "data_base64"],
    &["productId", "id"],
    &["variantId", "productVariantId", "variantSku", "sku"],
    &["baseAmount", "amount", "saleAmount", "currentAmount"],
    &["previousQuantityAvailable", "previousQuantity"],
    &["newQuantityAvailable", "newQuantity", "availableQuantity"],
    &["quantityChanged", "changeAmount"],
    &["changeType", "transactionType"],
    &["reason", "changeReason"],
];

/// A member by the name that another dialect gives it; the one that it had may stay beside it.
pub(super) fn rename_like_a_dialect(mutator: &mut Mutator<'_>, text: &mut Vec<u8>) {
    let is_named = |group: &&&[&str], name: &[u8]| group.iter().any(|synonym| name == quoted(synonym));
    let group_of = |name: &[u8]| SYNONYMS.iter().find(|group| is_named(group, name));
    let Some(node) = mutator.node(text, |node| {
        node.name
            .clone()
            .is_some_and(|name| group_of(&text[name]).is_some())
    }) else {
        return;
    };
    let (whole, Some(name)) = (node.whole(), node.name) else {
        return;
    };
    let Some(group) = group_of(&text[name.clone()]) else {
        return;
    };
    let synonym = quoted(group[mutator.random.usize(..group.len())]);
    if mutator.random.u8(..3) == 0 {
        let member = [synonym.as_slice(), &text[name.end..whole.end], b","].concat();
        text.splice(whole.start..whole.start, member);
    } else {
        text.splice(name, synonym);
    }
}

/// A value wrapped in arrays or objects, a few or very many.
pub(super) fn nest(mutator: &mut Mutator<'_>, text: &mut Vec<u8>) {
    const DEPTHS: &[usize] = &[1, 2, 3, 100, 120, 124, 125, 126, 127, 128, 129, 200, 5_000];
    let Some(node) = mutator.node(text, |_| true) else {
        return;
    };
    let depth = DEPTHS[mutator.random.usize(..DEPTHS.len())];
    let (open, close): (&[u8], &[u8]) = if mutator.random.bool() {
        (b"[", b"]")
    } else {
        (b"{\"a\":", b"}")
    };
    let value = text[node.value.clone()].to_vec();
    text.splice(
        node.value,
        [open.repeat(depth), value, close.repeat(depth)].concat(),
    );
}

/// A value replaced by one of another message.
pub(super) fn splice_value(mutator: &mut Mutator<'_>, text: &mut Vec<u8>) {
    let other = mutator.sample();
    if let (Some(node), Some(theirs)) = (mutator.node(text, is_inner), mutator.node(other, |_| true)) {
        text.splice(node.value, other[theirs.value].iter().copied());
    }
}

/// A member of another message put into an object of this one.
pub(super) fn splice_member(mutator: &mut Mutator<'_>, text: &mut Vec<u8>) {
    let other = mutator.sample();
    if let Some(node) = mutator.node(other, |node| node.name.is_some()) {
        insert(mutator, text, &other[node.whole()]);
    }
}

/// Puts a member at the beginning or the end of some object.
fn insert(mutator: &mut Mutator<'_>, text: &mut Vec<u8>, member: &[u8]) {
    let Some(node) = mutator.node(text, |node| node.kind == Kind::Object && node.value.len() >= 2) else {
        return;
    };
    let inside = node.value.start + 1..node.value.end - 1;
    let is_empty = outline(&text[inside.clone()]).is_empty();
    let comma: &[u8] = if is_empty { b"" } else { b"," };
    if mutator.random.bool() {
        text.splice(inside.start..inside.start, [member, comma].concat());
    } else {
        text.splice(inside.end..inside.end, [comma, member].concat());
    }
}

/// Not the whole message.
fn is_inner(node: &Node) -> bool {
    node.value.start > 0
}

fn quoted(name: &str) -> Vec<u8> {
    format!("\"{name}\"").into_bytes()
}

/// The range, and the comma that goes with it.
fn with_comma(text: &[u8], range: Range<usize>) -> Range<usize> {
    let blank = |byte: &u8| byte.is_ascii_whitespace();
    let behind = text[range.end..].iter().take_while(|byte| blank(byte)).count();
    if text.get(range.end + behind) == Some(&b',') {
        return range.start..range.end + behind + 1;
    }
    let before = text[..range.start]
        .iter()
        .rev()
        .take_while(|byte| blank(byte))
        .count();
    let at = range.start - before;
    let comma = usize::from(text[..at].ends_with(b","));
    at - comma..range.end
}
