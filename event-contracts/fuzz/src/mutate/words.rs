//! Damage to one text or one number.

use super::Mutator;
use crate::outline::Kind;

/// What people, programs and attackers write where something else belongs.
pub(super) const WORDS: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-0",
    "-1",
    "1.0",
    "1e2",
    "1E-2",
    "1e400",
    "-1e400",
    "1e-400",
    "01",
    "1.",
    ".5",
    "+1",
    "NaN",
    "0.1000000000000000055511151231257827",
    "19.900000000000000000000000000001",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551616",
    "99999999999999999999999999999999999999999",
    "4294967296",
    "\"\"",
    "\" \"",
    "\"null\"",
    "\"1e2\"",
    "\"-19.90\"",
    "\"+19.90\"",
    "\"19,90\"",
    "\"99999999999999999999999999999\"",
    "\"0.00000000000000000000000000001\"",
    "\"1.0\"",
    "\"2.0\"",
    "\"1\"",
    "\"1.0.0\"",
    "\"65536.0\"",
    "\"1.0.0.0\"",
    "\"2026-02-30T00:00:00Z\"",
    "\"2026-03-01T23:59:60+23:59\"",
    "\"0000-01-01T00:00:00+00:01\"",
    "\"9999-12-31T23:59:59.9999999999-23:59\"",
    "\"2026-03-01 12:00:00z\"",
    "\"2026-03-01\"",
    "\"eur\"",
    "\"EURO\"",
    "\"\\u00c4\\u00d6\\u00dc\"",
    "\"\\ud83d\\ude00\"",
    "\"\\ud83d\"",
    "\"\\ude00\\ud83d\"",
    "\"\\u0000\"",
    "\"\\u202e\\ufeff\\uffff\"",
    "\"\\q\"",
    "\"ProductCreated\"",
    "\"product.price_changed\"",
    "\"product.published\"",
    "\"ProductPublishedEvent.v1\"",
    "\"PriceUpdatedEventV1\"",
    "\".v1\"",
    "\"EventV1\"",
    "\"urn:schema:ProductCreated:1.2\"",
    "\"archived\"",
    "\"/a//b\"",
    "{}",
    "[]",
    "[{}]",
    "[[],[]]",
    "{\"\":\"\"}",
    "{\"amount\":1.10,\"currency\":\"EUR\"}",
    "{\"id\":\"b\",\"name\":\"n\"}",
    "{\"$serde_json::private::RawValue\":\"1\"}",
    "{\"$serde_json::private::Number\":\"1\"}",
];

/// A number as a text or a text as a number, or with noughts, an exponent or more digits.
pub(super) fn respell_number(mutator: &mut Mutator<'_>, text: &mut Vec<u8>) {
    let has_digit = |text: &[u8]| text.iter().any(u8::is_ascii_digit);
    let number = mutator.node(text, |node| match node.kind {
        Kind::Text => node.value.len() < 20,
        kind => kind == Kind::Word,
    });
    let Some(node) = number.filter(|node| has_digit(&text[node.value.clone()])) else {
        return;
    };
    let written = String::from_utf8_lossy(&text[node.value.clone()]).into_owned();
    let digits = written.trim_matches('"');
    let again = match mutator.random.u8(..7) {
        0 => digits.to_owned(),
        1 => format!("\"{digits}\""),
        2 => format!("{digits}e{}", mutator.random.i16(-400..400)),
        3 => format!("{digits}{}", "0".repeat(mutator.random.usize(..40))),
        4 => format!("-{digits}"),
        5 => format!("{digits}.{}", "9".repeat(mutator.random.usize(..40))),
        _ => format!("{}{digits}", "0".repeat(mutator.random.usize(1..40))),
    };
    text.splice(node.value, again.into_bytes());
}

/// The same text in other words: letters as escapes.
pub(super) fn respell_text(mutator: &mut Mutator<'_>, text: &mut Vec<u8>) {
    let Some(node) = mutator.node(text, |node| node.kind == Kind::Text || node.name.is_some()) else {
        return;
    };
    let named = node.name.filter(|_| mutator.random.bool());
    let range = named.unwrap_or(node.value);
    let mut again = Vec::new();
    for &byte in &text[range.clone()] {
        if byte.is_ascii_alphanumeric() && !again.ends_with(b"\\") && mutator.random.u8(..4) == 0 {
            again.extend(format!("\\u{byte:04x}").into_bytes());
        } else {
            again.push(byte);
        }
    }
    text.splice(range, again);
}

/// Something within a text that is not usual there.
pub(super) fn damage_text(mutator: &mut Mutator<'_>, text: &mut Vec<u8>) {
    const ODD: &[&str] = &[
        "\\u0000",
        "\\ud800",
        "\\udc00",
        "\\ud83d\\ude00",
        "\\\"",
        "\\",
        "\u{202e}",
        "\u{1f600}",
        "\u{0}",
        "\n",
        ".v1",
        "V2",
        "Event",
        "/",
        "e\u{301}",
        "\u{fffd}",
        "ß",
    ];
    let Some(node) = mutator.node(text, |node| node.kind == Kind::Text) else {
        return;
    };
    let odd = ODD[mutator.random.usize(..ODD.len())];
    let at = mutator.random.usize(node.value.start..=node.value.end);
    text.splice(at..at, odd.bytes());
}
