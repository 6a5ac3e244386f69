//! Text into HTML: whatever comes from a contract is escaped here.

pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}

pub(super) fn code(text: &str) -> String {
    format!("<code>{}</code>", escape(text))
}

/// One paragraph, whose code spans are set as code.
pub(super) fn prose(text: &str) -> String {
    let spans = text.split('`').enumerate().map(|(at, span)| match at % 2 {
        0 => escape(span),
        _ => code(span),
    });
    spans.collect()
}

pub(super) fn paragraphs(text: &str) -> String {
    let paragraphs = text.split("\n\n").filter(|paragraph| !paragraph.is_empty());
    paragraphs
        .map(|paragraph| format!("<p>{}</p>\n", prose(paragraph)))
        .collect()
}

/// Several things in one line.
pub(super) fn list(items: impl IntoIterator<Item = String>) -> String {
    items.into_iter().collect::<Vec<_>>().join(", ")
}

/// The name of a type, which may be broken between its words.
pub(super) fn name(name: &str) -> String {
    let mut broken = String::with_capacity(name.len() + 16);
    for (at, letter) in name.char_indices() {
        if at > 0 && letter.is_ascii_uppercase() {
            broken.push_str("<wbr>");
        }
        broken += &escape(letter.encode_utf8(&mut [0; 4]));
    }
    broken
}

/// `product-service` becomes `Product Service`.
pub(super) fn title(name: &str) -> String {
    let words = name.split('-').map(|word| {
        let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
        first.to_ascii_uppercase() + rest
    });
    words.collect::<Vec<_>>().join(" ")
}
