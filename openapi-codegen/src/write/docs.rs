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

/// The lines of a text: paragraphs filled to the width, lists and indented text as they are.
fn paragraphs(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for paragraph in text
        .trim()
        .split("\n\n")
        .filter(|paragraph| !paragraph.trim().is_empty())
    {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        let keep = paragraph
            .lines()
            .any(|line| line.starts_with("- ") || line.starts_with("    "));
        if keep {
            lines.extend(paragraph.lines().map(|line| escaped(line.trim_end())));
        } else {
            fill(&escaped(paragraph), &mut lines);
        }
    }
    lines
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
    for letter in text.chars() {
        in_code ^= letter == '`';
        if !in_code && matches!(letter, '[' | ']' | '<' | '>') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}
