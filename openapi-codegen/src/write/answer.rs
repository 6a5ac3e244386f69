//! What an operation answers: one value, or an enum of several; its own headers; the page that it holds.

use super::docs;
use super::imports::Imports;
use super::types::rust;
use crate::api::{Answer, Content, Header, Operation, Paged, Type};
use crate::name::identifier;
use crate::read::variant_of;

/// The type of what the parser gives.
pub(super) fn output(name: &str, operation: &Operation) -> String {
    match operation.answers.as_slice() {
        [one] => holds(&one.content).unwrap_or_else(|| "()".to_owned()),
        _ => format!("{name}Answer"),
    }
}

/// The body of the parser.
pub(super) fn parse(name: &str, operation: &Operation) -> String {
    if let [one] = operation.answers.as_slice() {
        return format!("decode::{}(response)", decoder(&one.content));
    }
    let arms: String = operation
        .answers
        .iter()
        .map(|one| {
            let variant = format!("{name}Answer::{}", variant(one));
            match &one.content {
                Content::Nothing => format!("{} => Ok({variant}),\n", one.status),
                content => format!(
                    "{} => decode::{}(response).map({variant}),\n",
                    one.status,
                    decoder(content)
                ),
            }
        })
        .collect();
    format!(
        "match response.status().as_u16() {{\n{arms}_ => Err(DecodeError::status(response.status())),\n}}"
    )
}

/// The types that the answers of an operation need for themselves.
pub(super) fn types(name: &str, operation: &Operation) -> String {
    let mut text = String::new();
    if operation.answers.len() > 1 {
        text.push_str(&statuses(name, operation));
    }
    if !operation.headers.is_empty() {
        text.push_str(&headers(name, operation));
    }
    text
}

/// The names of these types.
pub(super) fn names(name: &str, operation: &Operation) -> Vec<String> {
    let answer = (operation.answers.len() > 1).then(|| format!("{name}Answer"));
    let headers = (!operation.headers.is_empty()).then(|| format!("{name}Headers"));
    answer.into_iter().chain(headers).collect()
}

pub(super) fn imports(operation: &Operation, imports: &mut Imports) {
    let decodes = operation.answers.len() == 1
        || !operation.headers.is_empty()
        || operation
            .answers
            .iter()
            .any(|one| one.content != Content::Nothing);
    if decodes {
        imports.add("client_core::decode");
    }
    if !operation.headers.is_empty() {
        imports.add("client_core::decode::FromHeaders");
        imports.add("client_core::http::HeaderMap");
    }
    if operation.paged.is_some() {
        imports.add("client_core::Page");
        imports.add("client_core::Paged");
    }
}

/// The implementation that a walk over all pages needs.
pub(super) fn paged(name: &str, operation: &Operation) -> String {
    let Some(Paged { item, total }) = &operation.paged else {
        return String::new();
    };
    let item = rust(item);
    let total = match total {
        Type::U64 => "output.total",
        _ => "output.total.into()",
    };
    format!(
        "\nimpl Paged for {name} {{\ntype Item = {item};\n\n\
         fn set_page(&mut self, page: u32) {{\nself.page = Some(page);\n}}\n\n\
         fn page(output: Self::Output) -> Page<Self::Item> {{\n\
         Page {{\nitems: output.items,\ntotal: {total},\npage: output.page,\nlimit: output.limit,\n}}\n}}\n}}\n"
    )
}

fn statuses(name: &str, operation: &Operation) -> String {
    let variants: String = operation
        .answers
        .iter()
        .map(|one| {
            let docs = docs::outer(&format!("`{}`: {}", one.status, one.docs));
            match holds(&one.content) {
                Some(ty) => format!("{docs}{}({ty}),\n", variant(one)),
                None => format!("{docs}{},\n", variant(one)),
            }
        })
        .collect();
    let head = docs::outer(&format!(
        "What `{} {}` answers.",
        operation.method, operation.path
    ));
    let large = docs::LARGE;
    format!("\n{head}#[derive(Clone, Debug, PartialEq)]\n{large}pub enum {name}Answer {{\n{variants}}}\n")
}

fn headers(name: &str, operation: &Operation) -> String {
    let fields: String = operation
        .headers
        .iter()
        .map(|one| {
            let (docs, field, ty) = (docs::outer(&one.docs), identifier(&one.field), rust(&one.ty));
            match one.required {
                true => format!("{docs}pub {field}: {ty},\n"),
                false => format!("{docs}pub {field}: Option<{ty}>,\n"),
            }
        })
        .collect();
    let reads: String = operation.headers.iter().map(header).collect();
    let head = docs::outer(&format!(
        "The headers that `{} {}` answers with, beside those that every `Response` offers.\n\n\
         Read by `response.headers_as::<{name}Headers>()`.",
        operation.method, operation.path
    ));
    format!(
        "\n{head}#[derive(Clone, Debug, PartialEq)]\npub struct {name}Headers {{\n{fields}}}\n\n\
         impl FromHeaders for {name}Headers {{\n\
         fn from_headers(headers: &HeaderMap) -> Result<Self, DecodeError> {{\n\
         Ok(Self {{\n{reads}}})\n}}\n}}\n"
    )
}

fn header(one: &Header) -> String {
    let reader = match one.ty {
        Type::Text | Type::Mapped(_) | Type::Model(_) => "text_header",
        _ => "header",
    };
    let missing = match one.required {
        true => format!(".ok_or_else(|| DecodeError::header({:?}))?", one.name),
        false => String::new(),
    };
    format!(
        "{}: decode::{reader}(headers, {:?})?{missing},\n",
        identifier(&one.field),
        one.name
    )
}

fn variant(answer: &Answer) -> &'static str {
    variant_of(answer.status).unwrap_or("Ok")
}

fn holds(content: &Content) -> Option<String> {
    match content {
        Content::Nothing => None,
        Content::Json(ty) => Some(rust(ty)),
        Content::Text(_) => Some("String".to_owned()),
    }
}

fn decoder(content: &Content) -> &'static str {
    match content {
        Content::Nothing => "empty",
        Content::Json(_) => "json",
        Content::Text(_) => "text",
    }
}
