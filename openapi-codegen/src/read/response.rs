//! Answers: one success, and documented errors that all have one body.

use super::{Read, Reader, Refused, keys};
use crate::api::Type;
use crate::document::{Entry, Node};

/// The success status with its type, and all other statuses.
type Answers = ((u16, Option<Type>), Vec<u16>);

impl<'d> Reader<'d> {
    pub(super) fn answers(&self, operation: &'d Node, method: &str, owner: &str) -> Read<Answers> {
        let responses = self.required(operation, "responses", owner)?;
        let mut success = Vec::new();
        let mut others = Vec::new();
        let mut outcome = Ok(());
        for entry in responses.entries() {
            match self.answer(entry, method, owner) {
                Ok((status @ 200..=299, ty)) => success.push((status, ty)),
                Ok((status, _)) => others.push(status),
                Err(Refused) => outcome = Err(Refused),
            }
        }
        outcome?;
        let count = success.len();
        match success.pop() {
            Some(success) if count == 1 => Ok((success, others)),
            _ => {
                let what = format!("{owner} with {count} success statuses");
                Err(self.refuse(
                    responses.line,
                    what,
                    "document exactly one status from 200 to 299",
                ))
            }
        }
    }

    fn answer(&self, entry: &'d Entry, method: &str, owner: &str) -> Read<(u16, Option<Type>)> {
        let status = entry
            .key
            .parse::<u16>()
            .ok()
            .filter(|status| entry.key.len() == 3 && *status >= 200);
        let Some(status) = status else {
            let what = format!("answer `{}` of {owner}", entry.key);
            return Err(self.refuse(entry.line, what, "name each status by its three digits"));
        };
        let response = self.resolve(&entry.value, "responses")?;
        self.only_keys(response, "an answer", keys::RESPONSE)?;
        self.headers(response)?;
        let content = response.get("content");
        match status {
            204 | 205 | 304 => self.no_content(content, status).map(|()| (status, None)),
            300..=399 => {
                let what = format!("answer `{status}` of {owner}");
                Err(self.refuse(
                    entry.line,
                    what,
                    "document no redirection but 304; clients follow none",
                ))
            }
            _ if method == "HEAD" => self.no_content(content, status).map(|()| (status, None)),
            200..=299 => {
                let ty = content.map(|content| self.json(content)).transpose()?;
                Ok((status, ty.map(|schema| self.schema(schema)).transpose()?))
            }
            _ => content
                .map_or(Ok(()), |content| self.error_body(content))
                .map(|()| (status, None)),
        }
    }

    /// The schema of the one media type that answers have.
    fn json(&self, content: &'d Node) -> Read<&'d Node> {
        let [only] = content.entries() else {
            let what = "an answer with several media types, or none";
            return Err(self.refuse(content.line, what, "answer `application/json` only"));
        };
        if only.key != "application/json" {
            let what = format!("an answer of `{}`", only.key);
            return Err(self.refuse(only.line, what, "answer `application/json`"));
        }
        self.media_type(&only.value)
    }

    fn no_content(&self, content: Option<&Node>, status: u16) -> Read<()> {
        let Some(content) = content else { return Ok(()) };
        let what = format!("content in an answer that has none ({status}, or to HEAD)");
        Err(self.refuse(content.line, what, "drop `content`"))
    }

    /// Every error has the one documented body, which `client_core::ApiError` reads.
    fn error_body(&self, content: &'d Node) -> Read<()> {
        let schema = self.json(content)?;
        let expected = format!("#/components/schemas/{}", self.target.error_schema());
        if schema.get("$ref").and_then(Node::as_text) == Some(&expected) {
            return Ok(());
        }
        let what = "an error whose body is not the documented one";
        Err(self.refuse(schema.line, what, format!("write `$ref: '{expected}'`")))
    }

    fn headers(&self, response: &'d Node) -> Read<()> {
        let mut outcome = Ok(());
        for header in response.get("headers").map_or(&[][..], Node::entries) {
            let checked = self
                .resolve(&header.value, "headers")
                .and_then(|node| self.only_keys(node, "a response header", keys::HEADER));
            outcome = outcome.and(checked);
        }
        outcome
    }
}
