//! An operation: its arguments, its request, its answer, and the setters of its call.

use super::imports::Imports;
use super::types::{argument, converted, rust};
use super::{answer, docs, type_of};
use crate::api::{Content, Idempotency, Operation, Parameter, Place, Type};
use crate::name::{identifier, snake};
use crate::target::Target;

pub(super) fn file(operation: &Operation, target: &Target) -> String {
    let name = type_of(operation);
    let head = docs::inner(&format!("`{} {}`", operation.method, operation.path));
    let imports = imports(operation, target).write();
    let structure = structure(&name, operation, target);
    let implementation = implementation(&name, operation);
    let paged = answer::paged(&name, operation);
    let setters = setters(&name, operation);
    let answers = answer::types(&name, operation);
    format!("{head}\n{imports}{structure}\n{implementation}{paged}{setters}{answers}")
}

/// The arguments that every call needs, in their order: path, then query and headers, then the body.
pub(super) fn required_arguments(operation: &Operation) -> Vec<(String, &Type)> {
    let parameters = operation.parameters.iter().filter(|one| one.required);
    let mut arguments: Vec<(String, &Type)> =
        parameters.map(|one| (identifier(&one.field), &one.ty)).collect();
    arguments.extend(operation.body.iter().map(|body| ("body".to_owned(), &body.ty)));
    arguments
}

fn imports(operation: &Operation, target: &Target) -> Imports {
    let mut imports = Imports::default();
    for path in [
        "std::time::Duration",
        "client_core::bytes::Bytes",
        "client_core::http::Method",
        "client_core::http::Request",
        "client_core::http::Response",
        "client_core::BuildError",
        "client_core::DecodeError",
        "client_core::Idempotency",
        "client_core::Operation",
        "client_core::OperationInfo",
        "client_core::RequestBuilder",
    ] {
        imports.add(path);
    }
    if operation.parameters.iter().any(|one| !one.required) {
        imports.add(&format!("{}::Call", target.module()));
    }
    answer::imports(operation, &mut imports);
    let types = operation.parameters.iter().map(|one| &one.ty);
    let bodies = operation
        .answers
        .iter()
        .filter_map(|answer| match &answer.content {
            Content::Json(ty) => Some(ty),
            _ => None,
        });
    for ty in types
        .chain(operation.body.iter().map(|body| &body.ty))
        .chain(bodies)
        .chain(operation.headers.iter().map(|header| &header.ty))
        .chain(operation.paged.iter().map(|paged| &paged.item))
    {
        imports.add_type(ty, &format!("{}::models", target.module()));
    }
    imports
}

fn structure(name: &str, operation: &Operation, target: &Target) -> String {
    let method = snake(&operation.id).unwrap_or_default();
    let mut text = docs::outer(&operation.summary);
    text.push_str(&format!(
        "///\n/// Made by [`{0}::{method}`]({1}::{0}::{method}).\n",
        target.client(),
        target.module()
    ));
    let arguments = required_arguments(operation);
    let default = if arguments.is_empty() { ", Default" } else { "" };
    text.push_str(&format!("#[derive(Clone, Debug{default})]\n#[non_exhaustive]\n"));
    if arguments.is_empty() && operation.parameters.is_empty() {
        text.push_str(&format!("pub struct {name};\n"));
    } else {
        text.push_str(&format!("pub struct {name} {{\n"));
        for one in &operation.parameters {
            text.push_str(&docs::outer(&one.docs));
            text.push_str(&format!("pub {}: {},\n", identifier(&one.field), field_type(one)));
        }
        if let Some(body) = &operation.body {
            text.push_str(&format!("/// What is sent.\npub body: {},\n", rust(&body.ty)));
        }
        text.push_str("}\n");
    }
    text.push_str(&constructor(name, operation, &arguments));
    text
}

fn field_type(one: &Parameter) -> String {
    match &one.ty {
        list @ Type::List(_) => rust(list),
        ty if one.required => rust(ty),
        ty => format!("Option<{}>", rust(ty)),
    }
}

fn constructor(name: &str, operation: &Operation, arguments: &[(String, &Type)]) -> String {
    let list: Vec<String> = arguments
        .iter()
        .map(|(name, ty)| format!("{name}: {}", argument(ty)))
        .collect();
    let mut text = format!(
        "\nimpl {name} {{\n/// The operation with the arguments that it needs.\n#[must_use]\npub fn new({}) -> Self {{\n",
        list.join(", ")
    );
    if arguments.is_empty() {
        text.push_str("Self::default()\n");
    } else {
        text.push_str("Self {\n");
        for one in &operation.parameters {
            let of = identifier(&one.field);
            match &one.ty {
                ty if one.required => text.push_str(&initialised(&of, &converted(ty, &of))),
                Type::List(_) => text.push_str(&format!("{of}: Vec::new(),\n")),
                _ => text.push_str(&format!("{of}: None,\n")),
            }
        }
        if operation.body.is_some() {
            text.push_str("body,\n");
        }
        text.push_str("}\n");
    }
    text.push_str("}\n}\n");
    text
}

fn initialised(field: &str, value: &str) -> String {
    if field == value {
        format!("{field},\n")
    } else {
        format!("{field}: {value},\n")
    }
}

fn implementation(name: &str, operation: &Operation) -> String {
    let output = answer::output(name, operation);
    let parse = answer::parse(name, operation);
    let info = info(operation);
    let accept = operation.answers.iter().find_map(|answer| match &answer.content {
        Content::Text(media_type) => Some(format!(".header(\"accept\", {media_type:?})\n")),
        _ => None,
    });
    let lines = operation.parameters.iter().map(request_line);
    let request: String = accept.into_iter().chain(lines).collect();
    let body = operation.body.as_ref().map_or("", |body| match body.merge_patch {
        true => ".merge_patch(&self.body)\n",
        false => ".json(&self.body)\n",
    });
    format!(
        "impl Operation for {name} {{\n\
         type Output = {output};\n\n\
         const INFO: &'static OperationInfo = {info};\n\n\
         fn to_request(&self) -> Result<Request<Bytes>, BuildError> {{\n\
         RequestBuilder::new(Self::INFO)\n{request}{body}.build()\n}}\n\n\
         fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {{\n\
         {parse}\n}}\n}}\n"
    )
}

fn info(operation: &Operation) -> String {
    let resilience = &operation.resilience;
    let idempotency = match resilience.idempotency {
        Idempotency::Idempotent => "Idempotent",
        Idempotency::Key => "WithKey",
        Idempotency::None => "NotIdempotent",
    };
    let mut text = format!(
        "&OperationInfo::new({:?}, Method::{}, {:?})\n.with_idempotency(Idempotency::{idempotency})\n\
         .with_timeouts({}, {}, {})\n\
         .with_breaker_group({:?})",
        operation.id,
        operation.method,
        operation.path,
        duration(resilience.connect_ms),
        duration(resilience.attempt_ms),
        duration(resilience.overall_ms),
        resilience.breaker_group,
    );
    if resilience.hedging {
        text.push_str("\n.with_hedging(true)");
    }
    if resilience.cost != 1 {
        text.push_str(&format!("\n.with_cost({})", resilience.cost));
    }
    if operation.answers.iter().any(|answer| answer.status == 304) {
        text.push_str("\n.with_not_modified(true)");
    }
    if let Some((base, own)) = &operation.server {
        text.push_str(&format!("\n.with_server({base:?}, {own:?})"));
    }
    text
}

/// A duration in the largest unit that expresses it.
fn duration(milliseconds: u32) -> String {
    match milliseconds % 1_000 {
        0 => format!("Duration::from_secs({})", milliseconds / 1_000),
        _ => format!("Duration::from_millis({milliseconds})"),
    }
}

fn request_line(one: &Parameter) -> String {
    let (name, field) = (&one.name, identifier(&one.field));
    match (one.place, &one.ty) {
        (Place::Path, _) => format!(".path_parameter({name:?}, &self.{field})\n"),
        (Place::Query { explode: true }, Type::List(_)) => format!(".query_each({name:?}, &self.{field})\n"),
        (Place::Query { .. }, Type::List(_)) => format!(".query_list({name:?}, &self.{field})\n"),
        (Place::Query { .. }, _) if one.required => format!(".query({name:?}, &self.{field})\n"),
        (Place::Query { .. }, _) => format!(".query_opt({name:?}, self.{field}.as_ref())\n"),
        (Place::Header, _) if one.required => {
            format!(".header({:?}, &self.{field})\n", name.to_ascii_lowercase())
        }
        (Place::Header, _) => format!(
            ".header_opt({:?}, self.{field}.as_ref())\n",
            name.to_ascii_lowercase()
        ),
    }
}

/// What the call offers beyond what every call has.
fn setters(name: &str, operation: &Operation) -> String {
    let optional: Vec<&Parameter> = operation.parameters.iter().filter(|one| !one.required).collect();
    if optional.is_empty() {
        return String::new();
    }
    let setters: Vec<String> = optional.into_iter().map(setter).collect();
    format!("\nimpl Call<{name}> {{\n{}}}\n", setters.join("\n"))
}

fn setter(one: &Parameter) -> String {
    let (docs, field) = (docs::outer(&one.docs), identifier(&one.field));
    let value = match &one.ty {
        list @ Type::List(_) => converted(list, &field),
        ty => format!("Some({})", converted(ty, &field)),
    };
    let deprecated = docs::deprecated(one.deprecated);
    format!(
        "{docs}{deprecated}pub fn {field}(mut self, {field}: {}) -> Self {{\nself.operation_mut().{field} = {value};\nself\n}}\n",
        argument(&one.ty)
    )
}
