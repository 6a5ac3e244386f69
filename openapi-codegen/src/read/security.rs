//! Who may call: nobody's token, anybody's, or one of some roles.

use super::{Read, Reader};
use crate::api::Access;
use crate::document::Node;

impl<'d> Reader<'d> {
    pub(super) fn access(&self, operation: &'d Node, owner: &str) -> Read<Access> {
        let security = self.required(operation, "security", owner)?;
        let mut without_token = security.items().is_empty();
        let mut with_token = false;
        for requirement in security.items() {
            match requirement.entries() {
                [] => without_token = true,
                [one] => {
                    with_token = true;
                    self.is_bearer(&one.key, one.line)?;
                }
                [_, second, ..] => {
                    let what = format!("{owner} with two credentials at once");
                    return Err(self.refuse(second.line, what, "ask for one bearer token"));
                }
            }
        }
        Ok(match (with_token, without_token) {
            (false, _) => Access::Public,
            (true, true) => Access::OptionalToken,
            (true, false) => Access::Token {
                roles: self.roles(operation)?,
            },
        })
    }

    fn is_bearer(&self, scheme: &str, line: usize) -> Read<()> {
        let Some(node) = self.document.component("securitySchemes", scheme) else {
            let what = format!("security scheme `{scheme}`, which is not defined");
            return Err(self.refuse(line, what, "define it under components/securitySchemes"));
        };
        let says = |key, value| node.get(key).and_then(Node::as_text) == Some(value);
        if says("type", "http") && says("scheme", "bearer") {
            return Ok(());
        }
        let what = format!("security scheme `{scheme}`");
        Err(self.refuse(
            node.line,
            what,
            "use `type: http` with `scheme: bearer`; clients send bearer tokens",
        ))
    }

    fn roles(&self, operation: &'d Node) -> Read<Vec<String>> {
        let roles = operation.get("x-roles").map_or(&[][..], Node::items);
        roles
            .iter()
            .map(|role| self.text(role, "x-roles").map(str::to_owned))
            .collect()
    }
}
