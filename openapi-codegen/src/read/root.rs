//! The document as a whole: its version, its paths, and which names may stand side by side.

use super::{Read, Reader, Refused, keys, usage};
use crate::api::{Api, Operation};
use crate::name;

impl Reader<'_> {
    pub(super) fn root(&self) -> Read<Api> {
        let root = self.document.root();
        let known = self.only_keys(root, "the document", keys::ROOT);
        if !root.is_map() {
            return Err(Refused);
        }
        let version = self.required_text(root, "openapi", "a document")?;
        if !version.starts_with("3.1.") {
            let line = root.get("openapi").map_or(root.line, |node| node.line);
            return Err(self.refuse(
                line,
                format!("`openapi: {version}`"),
                "write the document in OpenAPI 3.1",
            ));
        }
        let components = root.get("components").map_or(Ok(()), |components| {
            self.only_keys(components, "components", keys::COMPONENTS)
        });
        let info = self.required(root, "info", "a document")?;
        let title = self.required_text(info, "title", "`info`")?.to_owned();
        let operations = self.operations()?;
        // Noted before; the paths were read all the same.
        known.and(components)?;
        let mut models = self.models.take();
        usage::mark(&operations, &mut models);
        let api = Api {
            title,
            operations,
            models,
        };
        self.distinct_names(&api)?;
        Ok(api)
    }

    fn operations(&self) -> Read<Vec<Operation>> {
        let paths = self.required(self.document.root(), "paths", "a document")?;
        let mut operations = Vec::new();
        let mut refused = false;
        for path in paths
            .entries()
            .iter()
            .filter(|entry| !entry.key.starts_with("x-"))
        {
            refused |= self.only_keys(&path.value, "a path", keys::PATH_ITEM).is_err();
            for (key, method) in METHODS {
                if let Some(node) = path.value.get(key) {
                    match self.operation(path, method, node) {
                        Ok(operation) => operations.push(operation),
                        Err(Refused) => refused = true,
                    }
                }
            }
        }
        if refused { Err(Refused) } else { Ok(operations) }
    }

    /// Operations and models end up in one namespace, whoever re-exports them.
    fn distinct_names(&self, api: &Api) -> Read<()> {
        let mut taken: Vec<String> = api.models.keys().cloned().collect();
        taken.push(self.target.client().to_owned());
        for operation in &api.operations {
            let Some(name) = name::pascal(&operation.id) else {
                continue;
            };
            let mut names = vec![name.clone()];
            names.extend((operation.answers.len() > 1).then(|| format!("{name}Answer")));
            names.extend((!operation.headers.is_empty()).then(|| format!("{name}Headers")));
            for name in names {
                if taken.contains(&name) || name::is_taken(&name) || self.target.defines(&name) {
                    let what = format!(
                        "`{}`, whose type `{name}` has the name of another type",
                        operation.id
                    );
                    return Err(self.refuse(operation.line, what, "choose another operationId"));
                }
                taken.push(name);
            }
        }
        Ok(())
    }
}

/// In the order in which people read a resource.
const METHODS: [(&str, &str); 6] = [
    ("get", "GET"),
    ("head", "HEAD"),
    ("post", "POST"),
    ("put", "PUT"),
    ("patch", "PATCH"),
    ("delete", "DELETE"),
];
