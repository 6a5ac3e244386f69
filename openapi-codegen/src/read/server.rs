//! Paths that lie beside the base URL, such as `/metrics` beside `/api/v1`.

use super::{Read, Reader, keys};
use crate::document::{Entry, Node};

impl<'d> Reader<'d> {
    /// The keys of the servers at the root. A client is given its base URL, so they are documentation.
    pub(super) fn servers(&self, root: &Node) -> Read<()> {
        let mut outcome = Ok(());
        for server in root.get("servers").map_or(&[][..], Node::items) {
            outcome = outcome.and(self.only_keys(server, "a server", keys::SERVER));
        }
        outcome
    }

    /// The end of every base URL, and what this path has in its place; nothing when it lies under the base URL.
    pub(super) fn server(&self, path: &'d Entry) -> Read<Option<(String, String)>> {
        let Some(own) = path.value.get("servers") else {
            return Ok(None);
        };
        let Some(base) = self.document.root().get("servers") else {
            let what = format!("`servers` at `{}`, but not at the root", path.key);
            return Err(self.refuse(own.line, what, "say at the root where all other paths begin"));
        };
        let (base, own) = (self.only_path(base)?, self.only_path(own)?);
        Ok((base != own).then_some((base, own)))
    }

    /// The path of the one server, without the slash at its end.
    fn only_path(&self, servers: &'d Node) -> Read<String> {
        let [server] = servers.items() else {
            let what = "several `servers` where a path has its own, or none";
            return Err(self.refuse(servers.line, what, "write one server in each place"));
        };
        self.only_keys(server, "a server", keys::SERVER)?;
        let url = self.required_text(server, "url", "a server")?;
        let is_path = url.starts_with('/')
            && !url.starts_with("//")
            && url
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte));
        if is_path {
            return Ok(url.trim_end_matches('/').to_owned());
        }
        let what = format!("`url: {url}` of a server, where a path has its own");
        Err(self.refuse(server.line, what, "write a path, such as `/api/v1` or `/`"))
    }
}
