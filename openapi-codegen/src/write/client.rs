//! The client: one method for each operation.

use super::imports::Imports;
use super::operation::required_arguments;
use super::types::argument;
use super::{docs, type_of};
use crate::api::{Access, Api, Idempotency, Operation};
use crate::name::{identifier, snake};
use crate::target::Target;

pub(super) fn file(api: &Api, target: &Target) -> String {
    let mut imports = Imports::default();
    imports.add("client_core::Client");
    imports.add("client_core::Operation");
    imports.add("client_core::OperationInfo");
    imports.add("super::call::Call");
    for operation in &api.operations {
        imports.add(&format!("super::operations::{}", type_of(operation)));
        for (_, ty) in required_arguments(operation) {
            imports.add_type(ty, "super::models");
        }
    }
    let name = target.client();
    let methods: Vec<String> = api.operations.iter().map(method).collect();
    let infos: String = api
        .operations
        .iter()
        .map(|one| format!("{}::INFO,\n", type_of(one)))
        .collect();
    format!(
        "{}\n{}{}#[derive(Clone, Debug)]\npub struct {name} {{\ncore: Client,\n}}\n\n\
         impl {name} {{\n\
         /// The facts of all operations, in the document's order.\n\
         pub const OPERATIONS: &'static [&'static OperationInfo] = &[\n{infos}];\n\n\
         /// A client over `core`, whose base URL is where the document's paths begin.\n\
         #[must_use]\npub fn new(core: Client) -> Self {{\nSelf {{ core }}\n}}\n\n\
         /// The client underneath, which makes the calls and counts them.\n\
         #[must_use]\npub fn core(&self) -> &Client {{\n&self.core\n}}\n\n{}}}\n",
        docs::inner("The client, with a method for each operation."),
        imports.write(),
        docs::outer(&format!(
            "A client of the {}.\n\nCloning is cheap; the clones share connections, circuit breakers and counters.",
            api.title
        )),
        methods.join("\n"),
    )
}

fn method(operation: &Operation) -> String {
    let arguments = required_arguments(operation);
    let list: String = arguments
        .iter()
        .map(|(name, ty)| format!(", {name}: {}", argument(ty)))
        .collect();
    let names: Vec<&str> = arguments.iter().map(|(name, _)| name.as_str()).collect();
    let method = identifier(&snake(&operation.id).unwrap_or_default());
    let name = type_of(operation);
    let deprecated = docs::deprecated(operation.deprecated);
    format!(
        "{}{deprecated}pub fn {method}(&self{list}) -> Call<{name}> {{\nCall::new(self.core.call({name}::new({})))\n}}\n",
        docs::outer(&method_docs(operation)),
        names.join(", "),
    )
}

fn method_docs(operation: &Operation) -> String {
    let access = match &operation.access {
        Access::Public => "Needs no token.".to_owned(),
        Access::OptionalToken => "Needs no token; what is answered may depend on one.".to_owned(),
        Access::Token { roles } if roles.is_empty() => "Needs a token.".to_owned(),
        Access::Token { roles } => format!("Needs a token with one of the roles {}.", roles.join(", ")),
    };
    let resilience = &operation.resilience;
    let repeated = match resilience.idempotency {
        Idempotency::Idempotent => "Repeated after a passing failure",
        Idempotency::Key => "Repeated after a passing failure, with the same `Idempotency-Key`",
        Idempotency::None => "Repeated only when the service provably did not see it",
    };
    let answers: Vec<String> = operation
        .answers
        .iter()
        .map(|one| one.status.to_string())
        .collect();
    let others: Vec<String> = operation.others.iter().map(u16::to_string).collect();
    format!(
        "{}\n\n{}\n\n`{} {}`. {access} {repeated}; at most {} an attempt and {} in all.\n\nAnswers {}; otherwise {}.",
        operation.summary,
        operation.description.trim(),
        operation.method,
        operation.path,
        seconds(resilience.attempt_ms),
        seconds(resilience.overall_ms),
        answers.join(" or "),
        if others.is_empty() {
            "nothing that is documented".to_owned()
        } else {
            others.join(", ")
        },
    )
}

/// `600 ms`, `2 s`, `1.5 s`.
fn seconds(milliseconds: u32) -> String {
    match (milliseconds / 1_000, milliseconds % 1_000) {
        (0, rest) => format!("{rest} ms"),
        (whole, 0) => format!("{whole} s"),
        (whole, rest) => format!("{whole}.{} s", format!("{rest:03}").trim_end_matches('0')),
    }
}
