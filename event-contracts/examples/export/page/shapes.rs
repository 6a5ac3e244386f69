//! What several events are made of: objects with fields, values of one kind, and open sets of words.

use super::fields::{fields, table};
use super::html::{code, escape, list, paragraphs, prose, title};
use serde_json::Value;
use std::collections::BTreeMap;

/// Collected while the events are written, so that nothing stands here which no event uses.
#[derive(Default)]
pub(super) struct Shapes {
    /// By name, as written and as read.
    objects: BTreeMap<String, (Value, Value)>,
    values: BTreeMap<String, Value>,
    words: BTreeMap<String, Value>,
}

impl Shapes {
    /// Takes the definitions of a payload's two schemas.
    pub(super) fn collect(&mut self, written: &Value, read: &Value) {
        for (name, definition) in written["$defs"].as_object().into_iter().flatten() {
            let both = (definition.clone(), read["$defs"][name].clone());
            let known = self.objects.entry(name.clone()).or_insert_with(|| both.clone());
            assert!(*known == both, "two shapes have the name {name}: rename one");
        }
    }

    /// Takes what a field holds, when it has a name: a value, or a word of a set.
    pub(super) fn remember(&mut self, name: &str, schema: &Value) {
        let all = if schema["x-known-values"].is_object() {
            &mut self.words
        } else {
            &mut self.values
        };
        all.entry(name.to_owned()).or_insert_with(|| schema.clone());
    }

    pub(super) fn link(&self, name: &str) -> String {
        let name = escape(name);
        format!("<a href=\"#{name}\">{name}</a>")
    }

    pub(super) fn into_html(mut self) -> String {
        let objects = self.objects.clone();
        let objects: String = objects
            .iter()
            .map(|(name, (written, read))| self.object(name, written, read))
            .collect();
        let values: String = self
            .values
            .iter()
            .map(|(name, schema)| value(name, schema))
            .collect();
        let words: String = self
            .words
            .iter()
            .map(|(name, schema)| set(name, schema))
            .collect();
        format!(
            "{}{}{}",
            section("shapes", "What payloads are made of.", &objects),
            section(
                "values",
                "Each is a text in JSON. Ids are opaque: compare them, pass them on, never take them apart.",
                &format!("<article>\n<dl class=\"facts\">\n{values}</dl>\n</article>\n"),
            ),
            section(
                "words",
                "These sets are open: a newer writer may use a word that is not here, and a reader keeps it as it came.",
                &words,
            ),
        )
    }

    fn object(&mut self, name: &str, written: &Value, read: &Value) -> String {
        let rows = fields(written, read, self);
        let about = written["description"].as_str().unwrap_or_default();
        let name = escape(name);
        format!(
            "<article id=\"{name}\">\n<h3><a href=\"#{name}\">{name}</a></h3>\n{}{}</article>\n",
            paragraphs(about),
            table(&rows, &format!("Fields of {name}")),
        )
    }
}

fn section(name: &str, about: &str, articles: &str) -> String {
    format!(
        "<section class=\"group\" aria-labelledby=\"{name}\">\n<h2 id=\"{name}\"><small>Reference</small> {}</h2>\n\
         <p>{about}</p>\n{articles}</section>\n",
        title(name),
    )
}

/// What is demanded of a value, and how it looks.
fn value(name: &str, schema: &Value) -> String {
    let mut demands = Vec::new();
    if schema["minLength"] == 1 {
        demands.push("not empty".to_owned());
    }
    if let Some(format) = schema["format"].as_str() {
        demands.push(format!("format {}", code(format)));
    }
    if let Some(pattern) = schema["pattern"].as_str() {
        demands.push(format!("matches {}", code(pattern)));
    }
    if let Some(example) = schema["examples"][0].as_str() {
        demands.push(format!("such as {}", code(example)));
    }
    let name = escape(name);
    format!(
        "<div id=\"{name}\"><dt>{name}</dt><dd>{}</dd></div>\n",
        list(demands)
    )
}

fn set(name: &str, schema: &Value) -> String {
    let meanings = &schema["x-known-values"];
    let words = schema["examples"].as_array().into_iter().flatten();
    let rows: String = words
        .filter_map(Value::as_str)
        .map(|word| {
            format!(
                "<div><dt>{}</dt><dd>{}</dd></div>\n",
                code(word),
                prose(meanings[word].as_str().unwrap_or_default())
            )
        })
        .collect();
    let name = escape(name);
    format!(
        "<article id=\"{name}\">\n<h3><a href=\"#{name}\">{name}</a></h3>\n<dl class=\"facts\">\n{rows}</dl>\n</article>\n"
    )
}
