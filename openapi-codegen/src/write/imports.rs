//! The `use` lines of a file: ours and foreign, each path once, grouped by its module.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::Type;

/// Collects paths, and writes them as `use` declarations.
#[derive(Default)]
pub(super) struct Imports {
    modules: BTreeMap<String, BTreeSet<String>>,
}

impl Imports {
    pub(super) fn add(&mut self, path: &str) {
        if let Some((module, name)) = path.rsplit_once("::") {
            self.modules
                .entry(module.to_owned())
                .or_default()
                .insert(name.to_owned());
        }
    }

    /// All that a type needs; generated models come from `models`.
    pub(super) fn add_type(&mut self, ty: &Type, models: &str) {
        match ty {
            Type::Mapped(path) => self.add(path),
            Type::Model(name) => self.add(&format!("{models}::{name}")),
            Type::Map(inner) => {
                self.add("std::collections::BTreeMap");
                self.add_type(inner, models);
            }
            Type::FreeObject => {
                self.add("serde_json::Map");
                self.add("serde_json::Value");
            }
            Type::List(inner) | Type::Nullable(inner) => self.add_type(inner, models),
            _ => {}
        }
    }

    /// The standard library first, then other crates, then our own modules.
    pub(super) fn write(&self) -> String {
        let group = |module: &str| match module.split("::").next() {
            Some("std") => 0,
            Some("crate" | "super") => 2,
            _ => 1,
        };
        let mut text = String::new();
        for wanted in 0..3 {
            let before = text.len();
            for (module, names) in self.modules.iter().filter(|(module, _)| group(module) == wanted) {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                match names.as_slice() {
                    [one] => text.push_str(&format!("use {module}::{one};\n")),
                    many => text.push_str(&format!("use {module}::{{{}}};\n", many.join(", "))),
                }
            }
            if text.len() > before {
                text.push('\n');
            }
        }
        text
    }
}
