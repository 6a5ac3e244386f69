//! From the document's names to Rust's.

/// The words of a name: `X-Correlation-ID`, `correlationId` and `CORRELATION_ID` hold the same two words.
fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    for (at, &letter) in letters.iter().enumerate() {
        if !letter.is_ascii_alphanumeric() {
            words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
            continue;
        }
        let before = at.checked_sub(1).map(|at| letters[at]);
        let after = letters.get(at + 1);
        let begins = letter.is_ascii_uppercase()
            && before.is_some_and(|before| {
                before.is_ascii_lowercase()
                    || before.is_ascii_digit()
                    || (before.is_ascii_uppercase() && after.is_some_and(char::is_ascii_lowercase))
            });
        if begins {
            words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
        }
        word.push(letter.to_ascii_lowercase());
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}

/// `VariantPrice`, for types and enum variants. `None` when no identifier can be made of the name.
pub(crate) fn pascal(name: &str) -> Option<String> {
    let name: String = words(name).iter().map(|word| capitalised(word)).collect();
    (starts_with_letter(&name) && name != "Self").then_some(name)
}

/// `variant_price`, for fields, methods and files, without the escape of a keyword.
pub(crate) fn snake(name: &str) -> Option<String> {
    let name = words(name).join("_");
    (starts_with_letter(&name) && !matches!(name.as_str(), "self" | "super" | "crate")).then_some(name)
}

/// What serde's `rename_all = "camelCase"` makes of a field.
pub(crate) fn serde_camel(field: &str) -> String {
    let mut parts = field.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |name, part| name + &capitalised(part))
}

/// The identifier, raw when it is a keyword.
pub(crate) fn identifier(name: &str) -> String {
    if KEYWORDS.contains(&name) {
        format!("r#{name}")
    } else {
        name.to_owned()
    }
}

/// Names that generated code uses itself, so that no model may have them.
pub(crate) fn is_taken(type_name: &str) -> bool {
    TAKEN.contains(&type_name)
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_ascii_uppercase().to_string() + letters.as_str()
    })
}

fn starts_with_letter(name: &str) -> bool {
    name.starts_with(|letter: char| letter.is_ascii_alphabetic())
}

const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

const TAKEN: &[&str] = &[
    "Answer",
    "BTreeMap",
    "Box",
    "BuildError",
    "Bytes",
    "Call",
    "CallOptions",
    "Client",
    "Clone",
    "Copy",
    "Deadline",
    "Debug",
    "DecodeError",
    "Default",
    "Deserialize",
    "Deserializer",
    "Display",
    "Drop",
    "Duration",
    "Err",
    "Error",
    "FallbackSource",
    "Fn",
    "FromHeaders",
    "From",
    "Idempotency",
    "HeaderMap",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "Map",
    "Method",
    "Mod",
    "None",
    "Ok",
    "Operation",
    "OperationInfo",
    "Option",
    "Page",
    "Paged",
    "Patch",
    "Pin",
    "Request",
    "RequestBuilder",
    "Response",
    "Result",
    "Self",
    "Send",
    "Serialize",
    "Serializer",
    "Some",
    "String",
    "Sync",
    "Value",
    "Vec",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_in_any_writing_has_the_same_words() {
        for name in [
            "X-Correlation-ID",
            "xCorrelationId",
            "X_CORRELATION_ID",
            "x correlation id",
        ] {
            assert_eq!(snake(name).as_deref(), Some("x_correlation_id"), "{name}");
            assert_eq!(pascal(name).as_deref(), Some("XCorrelationId"), "{name}");
        }
        assert_eq!(snake("HTMLBody2Text").as_deref(), Some("html_body2_text"));
    }

    #[test]
    fn a_name_without_a_letter_first_is_no_identifier() {
        for name in ["", "-", "2nd", "+1", "self", "ä"] {
            assert_eq!(snake(name), None, "{name}");
        }
        assert_eq!(pascal("self"), None);
    }

    #[test]
    fn keywords_become_raw_identifiers() {
        assert_eq!(identifier("type"), "r#type");
        assert_eq!(identifier("kind"), "kind");
    }
}
