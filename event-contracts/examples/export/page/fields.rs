//! The fields of an object, from both sides of its contract.

use super::html::{code, escape, prose};
use super::shapes::Shapes;
use serde_json::{Map, Value};

pub(super) struct Field {
    name: String,
    /// As HTML.
    kind: String,
    is_always_written: bool,
    is_needed: bool,
    /// After which version it came; empty when it was there from the start.
    since: String,
    meaning: String,
}

/// Those that are always written come first, in the order of the type; the others follow by name.
pub(super) fn fields(written: &Value, read: &Value, shapes: &mut Shapes) -> Vec<Field> {
    shapes.collect(written, read);
    let none = Map::new();
    let properties = written["properties"].as_object().unwrap_or(&none);
    let required = names(&written["required"]);
    let others = properties
        .keys()
        .map(String::as_str)
        .filter(|name| !required.contains(name));
    let needed = names(&read["required"]);
    required
        .iter()
        .copied()
        .chain(others)
        .filter_map(|name| {
            let schema = properties.get(name)?;
            let description = schema["description"].as_str().unwrap_or_default();
            let (meaning, since) = since(description);
            Some(Field {
                name: name.to_owned(),
                kind: kind(schema, shapes),
                is_always_written: required.contains(&name),
                is_needed: needed.contains(&name),
                since,
                meaning,
            })
        })
        .collect()
}

fn names(required: &Value) -> Vec<&str> {
    let names = required.as_array().into_iter().flatten();
    names.filter_map(Value::as_str).collect()
}

/// The documentation says of a field "Added after 1.0." when it is younger than its type.
fn since(description: &str) -> (String, String) {
    const ADDED: &str = "Added after ";
    if let Some((before, rest)) = description.split_once(ADDED) {
        let (version, after) = rest.split_once(". ").unwrap_or((rest, ""));
        let meaning = format!("{before}{after}");
        return (
            meaning.trim().to_owned(),
            format!("after {}", version.trim_end_matches('.')),
        );
    }
    (description.to_owned(), String::new())
}

/// What stands in a field, as HTML.
fn kind(schema: &Value, shapes: &mut Shapes) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        return shapes.link(reference.rsplit('/').next().unwrap_or(reference));
    }
    if let Some(name) = schema["title"].as_str() {
        shapes.remember(name, schema);
        return shapes.link(name);
    }
    match schema["type"].as_str() {
        Some("array") => format!("list of {}", kind(&schema["items"], shapes)),
        Some("object") => "any object".to_owned(),
        Some("string") => "text".to_owned(),
        Some(plain) => escape(plain),
        None => "anything".to_owned(),
    }
}

pub(super) fn table(fields: &[Field], label: &str) -> String {
    let rows: String = fields.iter().map(row).collect();
    format!(
        "<table class=\"fields\" aria-label=\"{label}\">\n<thead><tr><th scope=\"col\">Field</th><th scope=\"col\">Type</th>\
         <th scope=\"col\">Written</th><th scope=\"col\">Reader needs it</th><th scope=\"col\">Added</th>\
         <th scope=\"col\">Meaning</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
    )
}

fn row(field: &Field) -> String {
    let presence = |label: &str, is_certain: bool, words: [&str; 2]| {
        let (class, word) = if is_certain {
            ("", words[0])
        } else {
            (" class=\"weak\"", words[1])
        };
        format!("<td{class} data-label=\"{label}\">{word}</td>")
    };
    format!(
        "<tr><th scope=\"row\">{}</th><td class=\"kind\">{}</td>{}{}<td data-label=\"added\">{}</td>\
         <td class=\"meaning\">{}</td></tr>\n",
        code(&field.name),
        field.kind,
        presence("written", field.is_always_written, ["always", "if any"]),
        presence("reader needs it", field.is_needed, ["yes", "no"]),
        escape(&field.since),
        prose(&field.meaning),
    )
}
