//! Who may call: nobody's token, anybody's, or one of some roles.

use super::{Read, Reader, keys};
use crate::api::Access;
use crate::document::{Data, Entry, Node};

impl<'d> Reader<'d> {
    pub(super) fn access(&self, operation: &'d Node, owner: &str) -> Read<Access> {
        let security = self.required(operation, "security", owner)?;
        let mut without_token = security.items().is_empty();
        let mut with_token = false;
        for requirement in security.items() {
            self.is_requirement(requirement)?;
            match requirement.entries() {
                [] => without_token = true,
                [one] => {
                    with_token = true;
                    self.is_bearer(&one.key, one.line)?;
                    self.has_no_scopes(one)?;
                }
                [_, second, ..] => {
                    let what = format!("{owner} with two credentials at once");
                    return Err(self.refuse(second.line, what, "ask for one bearer token"));
                }
            }
        }
        let roles = self.roles(operation)?;
        match (with_token, without_token) {
            (true, false) => Ok(Access::Token { roles }),
            _ if !roles.is_empty() => {
                let what = format!("`x-roles` of {owner}, which needs no token");
                Err(self.refuse(
                    operation.line,
                    what,
                    "ask for a token in `security`, or drop the roles",
                ))
            }
            (true, true) => Ok(Access::OptionalToken),
            (false, _) => Ok(Access::Public),
        }
    }

    fn is_bearer(&self, scheme: &str, line: usize) -> Read<()> {
        let Some(node) = self.document.component("securitySchemes", scheme) else {
            let what = format!("security scheme `{scheme}`, which is not defined");
            return Err(self.refuse(line, what, "define it under components/securitySchemes"));
        };
        let text = |key| node.get(key).and_then(Node::as_text);
        // The names of HTTP's schemes know no case.
        if text("type") == Some("http")
            && text("scheme").is_some_and(|said| said.eq_ignore_ascii_case("bearer"))
        {
            return self.only_keys(node, "a security scheme", keys::SECURITY_SCHEME);
        }
        let what = format!("security scheme `{scheme}`");
        Err(self.refuse(
            node.line,
            what,
            "use `type: http` with `scheme: bearer`; clients send bearer tokens",
        ))
    }

    fn is_requirement(&self, node: &Node) -> Read<()> {
        if node.is_map() {
            return Ok(());
        }
        let what = "an item of `security` that is not a mapping";
        Err(self.refuse(
            node.line,
            what,
            "write `- name: []`, or `- {}` for nobody's token",
        ))
    }

    /// Roles have one place, and it is not this one.
    fn has_no_scopes(&self, requirement: &Entry) -> Read<()> {
        if matches!(&requirement.value.data, Data::List(scopes) if scopes.is_empty()) {
            return Ok(());
        }
        let what = format!("scopes or roles of `{}` in `security`", requirement.key);
        let advice = format!("write `{}: []`, and the roles in `x-roles`", requirement.key);
        Err(self.refuse(requirement.line, what, advice))
    }

    fn roles(&self, operation: &'d Node) -> Read<Vec<String>> {
        let roles = operation.get("x-roles").map_or(&[][..], Node::items);
        roles
            .iter()
            .map(|role| self.text(role, "x-roles").map(str::to_owned))
            .collect()
    }
}
