//! Documentation comments from the document's descriptions.

/// Wide enough for two levels of indentation within 110 columns.
const WIDTH: usize = 100;

/// `///` lines of a text; nothing for an empty one.
pub(super) fn outer(text: &str) -> String {
    comment("///", text)
}

/// `//!` lines of a text.
pub(super) fn inner(text: &str) -> String {
    comment("//!", text)
}

/// The attribute of a method that the API wants to be rid of.
pub(super) fn deprecated(is_deprecated: bool) -> &'static str {
    if is_deprecated {
        "#[deprecated = \"deprecated by the API\"]\n"
    } else {
        ""
    }
}

/// An enum of what comes over the network: its size matters less than being matched on plainly.
pub(super) const LARGE: &str =
    "#[allow(clippy::large_enum_variant, reason = \"made once an answer, and moved\")]\n";

fn comment(mark: &str, text: &str) -> String {
    let lines = paragraphs(text);
    lines
        .iter()
        .map(|line| {
            if line.is_empty() {
                format!("{mark}\n")
            } else {
                format!("{mark} {line}\n")
            }
        })
        .collect()
}

/// The lines of a text: paragraphs filled to the width, lists and fenced blocks as they are.
fn paragraphs(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut paragraph = Vec::new();
    let mut in_fence = false;
    for line in text.trim().lines() {
        if line.trim_start().starts_with("```") {
            flush(&mut paragraph, &mut lines);
            in_fence = !in_fence;
            // Marked as text, or rustdoc would compile it.
            lines.push(if in_fence { "```text" } else { "```" }.to_owned());
        } else if in_fence {
            lines.push(line.trim_end().replace(is_harmful, ""));
        } else if line.trim().is_empty() {
            flush(&mut paragraph, &mut lines);
            lines.push(String::new());
        } else {
            paragraph.push(line);
        }
    }
    flush(&mut paragraph, &mut lines);
    if in_fence {
        lines.push("```".to_owned());
    }
    lines.dedup_by(|line, before| line.is_empty() && before.is_empty());
    lines
}

/// Ends a paragraph. The lines of a list stay; deep indentation goes, or rustdoc would take it for code.
fn flush(paragraph: &mut Vec<&str>, lines: &mut Vec<String>) {
    if paragraph.iter().any(|line| line.starts_with("- ")) {
        let indent = |line: &str| if line.starts_with(' ') { "  " } else { "" };
        lines.extend(
            paragraph
                .iter()
                .map(|line| indent(line).to_owned() + &escaped(line.trim())),
        );
    } else if !paragraph.is_empty() {
        fill(&escaped(&paragraph.join(" ")), lines);
    }
    paragraph.clear();
}

fn fill(paragraph: &str, lines: &mut Vec<String>) {
    let mut line = String::new();
    for word in paragraph.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
}

/// Outside of code spans, brackets would be read as links, and angle brackets as HTML.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut in_code = false;
    for letter in text.chars().filter(|letter| !is_harmful(*letter)) {
        in_code ^= letter == '`';
        if !in_code && matches!(letter, '[' | ']' | '<' | '>') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// Letters that turn the direction of text, and control characters such as a lone return, are errors in a comment of
/// Rust.
fn is_harmful(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') || letter.is_control()
}
