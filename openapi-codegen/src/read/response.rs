//! Answers: one success or several, and documented errors that all have one body.

use super::{Read, Reader, Refused, keys};
use crate::api::{Answer, Content, Header};
use crate::document::{Entry, Node};

/// What an operation answers.
pub(super) struct Answers {
    pub(super) answers: Vec<Answer>,
    pub(super) others: Vec<u16>,
    pub(super) headers: Vec<Header>,
}

impl<'d> Reader<'d> {
    pub(super) fn answers(&self, operation: &'d Node, method: &str, owner: &str) -> Read<Answers> {
        let responses = self.required(operation, "responses", owner)?;
        let mut answers = Vec::new();
        let mut bearers = Vec::new();
        let mut others = Vec::new();
        let mut outcome = Ok(());
        for entry in responses.entries() {
            match self.answer(entry, method, owner) {
                Ok((status, Some((docs, content)))) => {
                    bearers.push(self.resolve(&entry.value, "responses")?);
                    answers.push(Answer {
                        status,
                        docs,
                        content,
                    });
                }
                Ok((status, None)) => others.push(status),
                Err(Refused) => outcome = Err(Refused),
            }
        }
        outcome?;
        if !answers.iter().any(|answer| answer.status < 300) {
            let what = format!("{owner} without a success status");
            return Err(self.refuse(
                responses.line,
                what,
                "document at least one status from 200 to 299",
            ));
        }
        if let Some(odd) = answers.iter().find(|one| variant_of(one.status).is_none())
            && answers.len() > 1
        {
            let what = format!("success status `{}` of {owner} beside others", odd.status);
            return Err(self.refuse(responses.line, what, "use a status that HTTP has a name for"));
        }
        self.one_accept(&answers, responses, owner)?;
        let headers = self.headers_of(&bearers, owner)?;
        Ok(Answers {
            answers,
            others,
            headers,
        })
    }

    /// The status; and for what the parser gives, what it holds.
    fn answer(&self, entry: &'d Entry, method: &str, owner: &str) -> Read<(u16, Option<(String, Content)>)> {
        let status = entry
            .key
            .parse::<u16>()
            .ok()
            .filter(|status| entry.key.len() == 3 && (200..600).contains(status));
        let Some(status) = status else {
            let what = format!("answer `{}` of {owner}", entry.key);
            return Err(self.refuse(entry.line, what, "name each status by its three digits"));
        };
        let response = self.resolve(&entry.value, "responses")?;
        self.only_keys(response, "an answer", keys::RESPONSE)?;
        let docs = self.optional_text(response, "description")?.to_owned();
        let is_answer = self.flag(response, "x-is-answer", (200..300).contains(&status))?;
        if is_answer != (200..300).contains(&status) && status != 304 {
            let what = format!("`x-is-answer` at answer `{status}` of {owner}");
            return Err(self.refuse(entry.line, what, "leave it out; only 304 may be either"));
        }
        self.headers_are_known(response, is_answer)?;
        let content = response.get("content");
        let holds = match status {
            204 | 205 | 304 => self.no_content(content, status).map(|()| Content::Nothing),
            300..=399 => {
                let what = format!("answer `{status}` of {owner}");
                Err(self.refuse(
                    entry.line,
                    what,
                    "document no redirection but 304; clients follow none",
                ))
            }
            _ if method == "HEAD" => self.no_content(content, status).map(|()| Content::Nothing),
            200..=299 => content.map_or(Ok(Content::Nothing), |content| self.content(content)),
            _ => content
                .map_or(Ok(()), |content| self.error_body(content))
                .map(|()| Content::Nothing),
        }?;
        Ok((status, is_answer.then_some((docs, holds))))
    }

    /// What the one media type of an answer holds.
    fn content(&self, content: &'d Node) -> Read<Content> {
        let media_type = self.only_media_type(content)?;
        let schema = self.media_type(&media_type.value)?;
        if media_type.key == JSON {
            return Ok(Content::Json(self.schema(schema)?));
        }
        if TEXTS.contains(&media_type.key.as_str()) {
            if self.schema(schema)? == crate::api::Type::Text {
                return Ok(Content::Text(media_type.key.clone()));
            }
            let what = format!("an answer of `{}` that is not a text", media_type.key);
            return Err(self.refuse(schema.line, what, "write `type: string`"));
        }
        let what = format!("an answer of `{}`", media_type.key);
        Err(self.refuse(
            media_type.line,
            what,
            format!("answer `{JSON}`, or a text: {}", TEXTS.join(", ")),
        ))
    }

    fn only_media_type(&self, content: &'d Node) -> Read<&'d Entry> {
        match content.entries() {
            [only] => Ok(only),
            _ => {
                let what = "an answer with several media types, or none";
                let advice = format!("answer `{JSON}` alone, or one kind of text");
                Err(self.refuse(content.line, what, advice))
            }
        }
    }

    /// The request names one media type in `Accept`, whatever status comes back.
    fn one_accept(&self, answers: &[Answer], responses: &Node, owner: &str) -> Read<()> {
        let mut accepted = answers.iter().filter_map(|answer| match &answer.content {
            Content::Nothing => None,
            Content::Json(_) => Some(JSON),
            Content::Text(media_type) => Some(media_type.as_str()),
        });
        let first = accepted.next();
        match accepted.find(|other| Some(*other) != first) {
            None => Ok(()),
            Some(other) => {
                let what = format!(
                    "{owner} with answers of `{}` and `{other}`",
                    first.unwrap_or(JSON)
                );
                Err(self.refuse(responses.line, what, "answer one media type in all successes"))
            }
        }
    }

    fn no_content(&self, content: Option<&Node>, status: u16) -> Read<()> {
        let Some(content) = content else { return Ok(()) };
        let what = format!("content in an answer that has none ({status}, or to HEAD)");
        Err(self.refuse(content.line, what, "drop `content`"))
    }

    /// Every error has the one documented body, which `client_core::ApiError` reads.
    fn error_body(&self, content: &'d Node) -> Read<()> {
        let media_type = self.only_media_type(content)?;
        if media_type.key != JSON {
            let what = format!("an error of `{}`", media_type.key);
            return Err(self.refuse(media_type.line, what, format!("answer `{JSON}`")));
        }
        let schema = self.media_type(&media_type.value)?;
        let expected = format!("#/components/schemas/{}", self.target.error_schema());
        if schema.get("$ref").and_then(Node::as_text) == Some(&expected) {
            return Ok(());
        }
        let what = "an error whose body is not the documented one";
        Err(self.refuse(schema.line, what, format!("write `$ref: '{expected}'`")))
    }
}

/// The variant of an answer among several.
pub(crate) fn variant_of(status: u16) -> Option<&'static str> {
    Some(match status {
        200 => "Ok",
        201 => "Created",
        202 => "Accepted",
        203 => "NonAuthoritative",
        204 => "NoContent",
        205 => "ResetContent",
        206 => "PartialContent",
        207 => "MultiStatus",
        208 => "AlreadyReported",
        226 => "ImUsed",
        304 => "NotModified",
        _ => return None,
    })
}

const JSON: &str = "application/json";
const TEXTS: [&str; 3] = ["text/plain", "text/html", "text/csv"];
