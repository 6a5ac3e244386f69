//! Documentation comments, as somebody reads them who does not read Rust.

/// Unwraps the lines of each paragraph, leaves the text of a link and takes its target away, and names fields as
/// they stand in the JSON.
pub(crate) fn plain(text: &str) -> String {
    let paragraphs = text.split("\n\n").map(|paragraph| {
        let words: Vec<&str> = paragraph.split_whitespace().collect();
        in_json_names(&without_links(&words.join(" ")))
    });
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

/// `[text](target)`, `[text][target]` and `[text]` become `text`.
fn without_links(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, link)) = rest.split_once('[') {
        let Some((label, after)) = link.split_once(']') else {
            break;
        };
        plain.push_str(before);
        plain.push_str(label);
        rest = [('(', ')'), ('[', ']')]
            .into_iter()
            .find_map(|(open, close)| after.strip_prefix(open)?.split_once(close))
            .map_or(after, |(_target, after)| after);
    }
    plain.push_str(rest);
    plain
}

/// In code spans, `created_at` becomes `createdAt`.
fn in_json_names(text: &str) -> String {
    let spans = text.split('`').enumerate().map(|(at, span)| {
        let is_code = at % 2 == 1;
        let is_field = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if is_code && span.chars().all(is_field) {
            camel_case(span)
        } else {
            span.to_owned()
        }
    });
    spans.collect::<Vec<_>>().join("`")
}

fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let mut camel = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        camel.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        camel.push_str(letters.as_str());
    }
    camel
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn links_lose_their_targets_and_lines_their_breaks() {
        let text = "Told by [`Other`](super::Other)\nbesides, see [here][there] and [`Shortcut`].\n\nMore.";
        assert_eq!(
            plain(text),
            "Told by `Other` besides, see here and `Shortcut`.\n\nMore."
        );
        assert_eq!(plain("an open [bracket"), "an open [bracket");
    }

    #[test]
    fn fields_are_named_as_in_the_json() {
        assert_eq!(
            plain("with `created_at` (snake_case)"),
            "with `createdAt` (snake_case)"
        );
    }
}
