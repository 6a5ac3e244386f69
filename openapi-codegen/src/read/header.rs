//! Response headers. Those that every answer may have are read by client-core; the others become a struct.

use super::parameter::is_token;
use super::{Read, Reader, keys};
use crate::api::{Header, Type};
use crate::document::Node;
use crate::name;

/// What `client_core::Response` offers for every answer, and what HTTP itself is responsible for.
const COMMON: &[&str] = &[
    "cache-control",
    "content-length",
    "content-type",
    "date",
    "etag",
    "location",
    "ratelimit-limit",
    "ratelimit-remaining",
    "ratelimit-reset",
    "retry-after",
    "vary",
    "x-correlation-id",
];

/// What HTTP itself wants to stand beside a 401 or a 405.
const OF_REFUSALS: [&str; 2] = ["allow", "www-authenticate"];

impl<'d> Reader<'d> {
    /// The keys of all headers of an answer, errors included. An error keeps none of its own.
    pub(super) fn headers_are_known(&self, response: &'d Node, is_answer: bool) -> Read<()> {
        let mut outcome = Ok(());
        for header in response.get("headers").map_or(&[][..], Node::entries) {
            let checked = self
                .resolve(&header.value, "headers")
                .and_then(|node| self.header_is_simple(node));
            outcome = outcome.and(checked);
            let name = header.key.to_ascii_lowercase();
            if !is_answer && !COMMON.contains(&name.as_str()) && !OF_REFUSALS.contains(&name.as_str()) {
                let what = format!("response header `{}` of an error", header.key);
                outcome =
                    Err(self.refuse(header.line, what, "say it in the error's body; clients read that"));
            }
        }
        outcome
    }

    /// The headers that some success has and that not every answer may have. One that is not in each of them, or not
    /// required in each, may be missing.
    pub(super) fn headers_of(&self, responses: &[&'d Node], owner: &str) -> Read<Vec<Header>> {
        let mut headers: Vec<Header> = Vec::new();
        for response in responses {
            for entry in response.get("headers").map_or(&[][..], Node::entries) {
                let wire = entry.key.to_ascii_lowercase();
                if COMMON.contains(&wire.as_str()) {
                    continue;
                }
                let node = self.resolve(&entry.value, "headers")?;
                let header = self.header(&entry.key, node)?;
                match headers.iter_mut().find(|known| known.field == header.field) {
                    None => headers.push(header),
                    Some(known) if known.ty == header.ty && known.name == header.name => {
                        known.required &= header.required;
                    }
                    Some(_) => {
                        let what = format!("{owner} with two kinds of the response header `{}`", entry.key);
                        return Err(self.refuse(entry.line, what, "give it one schema and one name"));
                    }
                }
            }
        }
        for header in &mut headers {
            let in_all = responses.iter().all(|response| {
                let said = response.get("headers").map_or(&[][..], Node::entries);
                said.iter().any(|one| one.key.eq_ignore_ascii_case(&header.name))
            });
            header.required &= in_all;
        }
        Ok(headers)
    }

    fn header_is_simple(&self, node: &'d Node) -> Read<()> {
        self.only_keys(node, "a response header", keys::HEADER)?;
        match node.get("style") {
            Some(style) if style.as_text() != Some("simple") => {
                let what = format!(
                    "a response header with `style: {}`",
                    style.as_text().unwrap_or_default()
                );
                Err(self.refuse(style.line, what, "write `style: simple`, or leave it out"))
            }
            _ => Ok(()),
        }
    }

    fn header(&self, name: &str, node: &'d Node) -> Read<Header> {
        let owner = format!("response header `{name}`");
        let Some(field) = name::snake(name).filter(|_| is_token(name)) else {
            let what = format!("{owner}, of which no Rust name can be made");
            return Err(self.refuse(node.line, what, "begin it with a letter"));
        };
        let schema = self.required(node, "schema", &owner)?;
        let ty = self.schema(schema)?;
        let flat = match &ty {
            Type::Model(name) => self.is_enum(name),
            Type::List(_) | Type::Map(_) | Type::FreeObject | Type::Nullable(_) => false,
            _ => true,
        };
        if !flat {
            let what = format!("{owner} with a schema that is not a plain value");
            return Err(self.refuse(schema.line, what, "use a string, a number or a boolean"));
        }
        let docs = self.with_deprecation(self.docs_of(node)?, node)?;
        Ok(Header {
            name: name.to_ascii_lowercase(),
            field,
            required: self.flag(node, "required", false)?,
            ty,
            docs: self.with_constraints(&docs, schema),
        })
    }
}
