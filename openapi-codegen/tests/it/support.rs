//! The toy document's client over a script, and small documents for one question each.

use client_core::testing::{Reply, ScriptedTransport};
use openapi_codegen::{Document, Error, Generated, Target};
use toy_client::LibraryClient;

/// A client whose service answers from `replies`.
pub(crate) fn client(replies: impl IntoIterator<Item = Reply>) -> (LibraryClient, ScriptedTransport) {
    let transport = ScriptedTransport::new(replies);
    let core = client_core::Client::builder("https://library.test/library")
        .transport(transport.clone())
        .operations(LibraryClient::OPERATIONS)
        .build()
        .expect("the settings are good");
    (LibraryClient::new(core), transport)
}

/// The target of the toy document, as `cargo xtask generate` has it, but for the folder.
pub(crate) fn toy_target(folder: impl Into<std::path::PathBuf>) -> Target {
    let root = env!("CARGO_MANIFEST_DIR");
    Target::new(
        format!("{root}/toy-client/lending-library.yaml"),
        folder,
        "LibraryClient",
    )
    .with_error_schema("Problem")
    .with_type("Decimal", "product_types::Decimal")
    .with_type("Timestamp", "product_types::Timestamp")
}

/// A whole document around the parts that a test is about.
pub(crate) struct Parts<'a> {
    pub(crate) root: &'a str,
    pub(crate) path: &'a str,
    pub(crate) path_item: &'a str,
    pub(crate) operation: &'a str,
    pub(crate) resilience: &'a str,
    pub(crate) parameters: &'a str,
    pub(crate) responses: &'a str,
    pub(crate) schemas: &'a str,
    pub(crate) method: &'a str,
}

impl Default for Parts<'_> {
    fn default() -> Self {
        Self {
            root: "",
            path: "/things",
            path_item: "",
            operation: "",
            resilience: "{ idempotency: idempotent }",
            parameters: "[]",
            responses: "{ '200': { description: Done. } }",
            schemas: "{}",
            method: "get",
        }
    }
}

impl Parts<'_> {
    /// The document. What a part says stands on a line of its own, so that its number is known.
    pub(crate) fn text(&self) -> String {
        let Self {
            root,
            path,
            path_item,
            operation,
            resilience,
            parameters,
            responses,
            schemas,
            method,
        } = self;
        format!(
            "openapi: 3.1.0\n\
             info: {{ title: Test, version: 1.0.0 }}\n\
             {root}\n\
             paths:\n  \
               {path}:\n    \
                 {path_item}\n    \
                 {method}:\n      \
                   operationId: doIt\n      \
                   tags: [things]\n      \
                   summary: Does it.\n      \
                   security: []\n      \
                   {operation}\n      \
                   x-resilience: {resilience}\n      \
                   parameters: {parameters}\n      \
                   responses: {responses}\n\
             components:\n  \
               securitySchemes: {{ key: {{ type: apiKey }}, token: {{ type: http, scheme: bearer }} }}\n  \
               schemas: {schemas}\n"
        )
    }

    pub(crate) fn generate(&self) -> Result<Generated, Error> {
        let document = Document::parse("test.yaml", &self.text())?;
        target().generate_from(&document)
    }
}

pub(crate) fn target() -> Target {
    Target::new("test.yaml", "src/generated", "TestClient").with_type("Decimal", "product_types::Decimal")
}

/// A document whose one operation answers with the schema `Thing`, and with what `Thing` refers to.
pub(crate) fn answering(schemas: &str) -> Result<Generated, Error> {
    let responses = "{ '200': { description: Done., content: { application/json: \
                     { schema: { $ref: '#/components/schemas/Thing' } } } } }";
    Parts {
        responses,
        schemas,
        ..Parts::default()
    }
    .generate()
}
