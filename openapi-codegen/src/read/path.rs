//! Path templates: what stands in them, and what fills their holes.

use std::collections::BTreeSet;

use super::{Read, Reader};
use crate::api::{Parameter, Place};
use crate::document::Entry;

impl Reader<'_> {
    /// A template that becomes the path of a request byte by byte: text, and `{name}` once for each name.
    pub(super) fn path_is_sound(&self, path: &Entry) -> Read<()> {
        let template = path.key.as_str();
        let refuse = |why: &str, instead: &str| {
            let what = format!("path `{template}`{why}");
            Err(self.refuse(path.line, what, instead))
        };
        if !template.starts_with('/') {
            return refuse(" without a slash at its start", "begin it with `/`");
        }
        if template.contains(['?', '#']) {
            return refuse(
                " with a query or a fragment",
                "declare what is asked for as parameters with `in: query`",
            );
        }
        if template.contains('%') {
            return refuse(" that is encoded", "write the text itself; clients encode it");
        }
        let mut holes = BTreeSet::new();
        for (at, piece) in template.split('{').enumerate() {
            let text = match (at, piece.split_once('}')) {
                (0, _) => piece,
                (_, Some((hole, text))) if !hole.is_empty() && !hole.contains('/') => {
                    if !holes.insert(hole) {
                        return refuse(&format!(" with `{{{hole}}}` twice"), "give each its own name");
                    }
                    text
                }
                _ => {
                    return refuse(
                        " with a brace that is not closed",
                        "write `{name}` for each parameter",
                    );
                }
            };
            if text.contains('}') {
                return refuse(
                    " with a brace that is not opened",
                    "write `{name}` for each parameter",
                );
            }
        }
        Ok(())
    }

    /// Every `{name}` of the path has its parameter, and every path parameter its `{name}`.
    pub(super) fn path_is_filled(&self, path: &Entry, parameters: &[Parameter]) -> Read<()> {
        let holes: Vec<&str> = path
            .key
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}'))
            .map(|(hole, _)| hole)
            .collect();
        let filled: Vec<&str> = parameters
            .iter()
            .filter(|one| one.place == Place::Path)
            .map(|one| one.name.as_str())
            .collect();
        if let Some(hole) = holes.iter().find(|hole| !filled.contains(hole)) {
            let what = format!("path `{}` without a parameter for `{{{hole}}}`", path.key);
            return Err(self.refuse(path.line, what, format!("declare `{hole}` with `in: path`")));
        }
        if let Some(extra) = filled.iter().find(|name| !holes.contains(name)) {
            let what = format!("path parameter `{extra}`, which `{}` does not have", path.key);
            return Err(self.refuse(
                path.line,
                what,
                format!("write `{{{extra}}}` into the path, or drop the parameter"),
            ));
        }
        Ok(())
    }
}
