//! Request bodies: JSON, or a JSON merge patch.

use super::{Read, Reader, keys};
use crate::api::{Body, Type};
use crate::document::Node;

const JSON: &str = "application/json";
const MERGE_PATCH: &str = "application/merge-patch+json";

impl<'d> Reader<'d> {
    pub(super) fn body(&self, node: &'d Node, method: &str) -> Read<Body> {
        self.only_keys(node, "a request body", keys::BODY)?;
        if matches!(method, "GET" | "HEAD" | "DELETE") {
            let what = format!("a request body of {method}, which HTTP gives no meaning");
            return Err(self.refuse(node.line, what, "use parameters, or another method"));
        }
        if !self.flag(node, "required", false)? {
            return Err(self.refuse(
                node.line,
                "a request body that may be left out",
                "add `required: true`",
            ));
        }
        let content = self.required(node, "content", "a request body")?;
        let mut outcome = Ok(());
        for media_type in content.entries() {
            if media_type.key != JSON && media_type.key != MERGE_PATCH {
                let what = format!("a request body of `{}`", media_type.key);
                outcome = Err(self.refuse(
                    media_type.line,
                    what,
                    format!("write `{JSON}` or `{MERGE_PATCH}`"),
                ));
            }
        }
        outcome?;
        let (patch, json) = (content.get(MERGE_PATCH), content.get(JSON));
        let Some(media_type) = patch.or(json) else {
            return Err(self.refuse(
                content.line,
                "a request body without content",
                format!("add `{JSON}`"),
            ));
        };
        if let (Some(patch), Some(json)) = (patch, json)
            && patch.get("schema") != json.get("schema")
        {
            let what = format!("`{JSON}` beside `{MERGE_PATCH}` with another schema");
            return Err(self.refuse(json.line, what, "refer to the same schema in both"));
        }
        let schema = self.media_type(media_type)?;
        let ty = if patch.is_some() {
            self.patch_schema(schema)?
        } else {
            self.schema(schema)?
        };
        if !matches!(ty, Type::Model(_)) {
            let what = "a request body that is not a named object";
            return Err(self.refuse(
                schema.line,
                what,
                "define it under components/schemas and refer to it",
            ));
        }
        Ok(Body {
            ty,
            merge_patch: patch.is_some(),
        })
    }

    /// The schema of a media type.
    pub(super) fn media_type(&self, node: &'d Node) -> Read<&'d Node> {
        self.only_keys(node, "a media type", keys::MEDIA_TYPE)?;
        self.required(node, "schema", "a media type")
    }
}
