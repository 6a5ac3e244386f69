//! The document as a whole: its version, its paths, and which names may stand side by side.

use super::{Read, Reader, Refused, keys, usage};
use crate::api::{Api, Operation};
use crate::document::Node;
use crate::name;

impl Reader<'_> {
    pub(super) fn root(&self) -> Read<Api> {
        let root = self.document.root();
        let known = self.only_keys(root, "the document", keys::ROOT);
        if !root.is_map() {
            return Err(Refused);
        }
        self.version(root)?;
        let dialect = self.dialect(root);
        let servers = self.servers(root);
        let components = root
            .get("components")
            .map_or(Ok(()), |components| self.only_sections(components));
        let info = self.required(root, "info", "a document")?;
        let info = self
            .only_keys(info, "`info`", keys::INFO)
            .and_then(|()| self.required_text(info, "title", "`info`"));
        let operations = self.operations()?;
        // Noted before; the paths were read all the same.
        known.and(dialect).and(servers).and(components)?;
        let title = info?.to_owned();
        let mut models = self.models.take();
        usage::mark(&operations, &mut models);
        self.directions_are_kept(&models)?;
        let api = Api {
            title,
            operations,
            models,
        };
        self.distinct_names(&api)?;
        Ok(api)
    }

    fn version(&self, root: &Node) -> Read<()> {
        let said = self.required(root, "openapi", "a document")?;
        let version = match said.as_text() {
            Some(version) if version.starts_with("3.1.") => return Ok(()),
            Some(version) => version.to_owned(),
            None => said.to_json().to_string(),
        };
        let what = format!("`openapi: {version}`");
        Err(self.refuse(
            said.line,
            what,
            "write the document in OpenAPI 3.1, and say `openapi: 3.1.0`",
        ))
    }

    /// Another dialect would give the keywords of schemas other meanings.
    fn dialect(&self, root: &Node) -> Read<()> {
        match root.get("jsonSchemaDialect") {
            Some(said)
                if !said
                    .as_text()
                    .is_some_and(|text| DIALECTS.iter().any(|known| text.starts_with(known))) =>
            {
                let what = format!("`jsonSchemaDialect: {}`", said.as_text().unwrap_or_default());
                Err(self.refuse(said.line, what, "leave it out; schemas are those of OpenAPI 3.1"))
            }
            _ => Ok(()),
        }
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
            refused |= self.path_is_sound(path).is_err();
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

/// What OpenAPI 3.1 means by default, and what that is based on.
const DIALECTS: [&str; 2] = [
    "https://spec.openapis.org/oas/3.1/dialect/",
    "https://json-schema.org/draft/2020-12/schema",
];

/// In the order in which people read a resource.
const METHODS: [(&str, &str); 6] = [
    ("get", "GET"),
    ("head", "HEAD"),
    ("post", "POST"),
    ("put", "PUT"),
    ("patch", "PATCH"),
    ("delete", "DELETE"),
];
