//! One operation: its name, its arguments, its answers.

use std::collections::BTreeSet;

use super::resilience::of_method;
use super::response::Answers;
use super::{Read, Reader, keys};
use crate::api::{Idempotency, Operation, Parameter};
use crate::document::{Entry, Node};
use crate::name;

impl<'d> Reader<'d> {
    pub(super) fn operation(&self, path: &'d Entry, method: &'static str, node: &'d Node) -> Read<Operation> {
        let known = self.only_keys(node, "an operation", keys::OPERATION);
        let id = self
            .required_text(node, "operationId", "an operation")?
            .to_owned();
        let owner = format!("operation `{id}`");
        if name::pascal(&id).is_none() || name::snake(&id).is_none() {
            let what = format!("operationId `{id}`, of which no Rust name can be made");
            return Err(self.refuse(node.line, what, "begin it with a letter"));
        }
        if name::snake(&id).is_some_and(|method| matches!(method.as_str(), "new" | "core")) {
            let what = format!("operationId `{id}`, which is a method that every client has");
            return Err(self.refuse(node.line, what, "choose another operationId"));
        }

        // Each part is read before any is unwrapped, so that one run reports the refusals of all.
        let summary = self.required_text(node, "summary", &owner);
        let description = self.optional_text(node, "description");
        let access = self.access(node, &owner);
        let server = self.server(path);
        let deprecated = self.flag(node, "deprecated", false);
        let parameters = self.parameters(path, node);
        let body = node
            .get("requestBody")
            .map(|body| self.body(body, method))
            .transpose();
        let answers = self.answers(node, method, &owner);
        let takes_key = matches!(parameters, Ok((_, true)));
        let resilience = self.resilience(node, &owner, of_method(method, takes_key));

        known?;
        let (parameters, _) = parameters?;
        let resilience = resilience?;
        self.key_is_consistent(node, takes_key, resilience.idempotency, &owner)?;
        self.arguments_are_distinct(node, &parameters, &owner)?;
        self.path_is_filled(path, &parameters)?;
        let Answers {
            answers,
            others,
            headers,
        } = answers?;
        let paged = self.paged(node, &parameters, &answers, &owner)?;
        Ok(Operation {
            id,
            line: node.line,
            method,
            path: path.key.clone(),
            summary: summary?.to_owned(),
            description: description?.to_owned(),
            access: access?,
            parameters,
            body: body?,
            answers,
            others,
            headers,
            resilience,
            paged,
            deprecated: deprecated?,
            server: server?,
        })
    }

    /// `idempotency: key` and the header `Idempotency-Key` say the same thing.
    fn key_is_consistent(&self, node: &Node, takes_key: bool, said: Idempotency, owner: &str) -> Read<()> {
        match (takes_key, said == Idempotency::Key) {
            (true, false) => Err(self.refuse(
                node.line,
                format!("{owner} with the header `Idempotency-Key`, but not `idempotency: key`"),
                "write `idempotency: key` in its `x-resilience`",
            )),
            (false, true) => Err(self.refuse(
                node.line,
                format!("{owner} with `idempotency: key`, but without the header `Idempotency-Key`"),
                "add the header parameter `Idempotency-Key`",
            )),
            _ => Ok(()),
        }
    }

    fn arguments_are_distinct(&self, node: &Node, parameters: &[Parameter], owner: &str) -> Read<()> {
        let mut seen = BTreeSet::from(["body"]);
        for parameter in parameters {
            if !seen.insert(&parameter.field) {
                let what = format!("{owner} with two arguments `{}`", parameter.field);
                return Err(self.refuse(node.line, what, "rename one of the parameters"));
            }
            if !parameter.required && COMMON_SETTERS.contains(&parameter.field.as_str()) {
                let what = format!(
                    "{owner} with the parameter `{}`, which every call has",
                    parameter.name
                );
                return Err(self.refuse(node.line, what, "rename the parameter"));
            }
        }
        Ok(())
    }
}

/// What `Call` offers for every operation.
const COMMON_SETTERS: &[&str] = &[
    "correlation_id",
    "idempotency_key",
    "timeout",
    "deadline",
    "send",
    "send_with",
    "or_fallback",
    "operation",
    "operation_mut",
    "into_future",
    "new",
];
