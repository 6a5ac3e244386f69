//! A model: a struct or an open enum in a file of its own.

use super::docs;
use super::imports::Imports;
use super::open_enum;
use super::types::{argument, converted, rust};
use super::union;
use crate::api::{Field, Model, Shape, Type};
use crate::name::{self, identifier};

/// More arguments than this are better given by their names.
const MAX_ARGUMENTS: usize = 7;

pub(super) fn file(name: &str, model: &Model) -> String {
    let body = match &model.shape {
        Shape::Struct { fields, patch } => structure(name, model, fields, *patch),
        Shape::Enum(values) => open_enum::body(name, &model.docs, values),
        Shape::Union(of) => union::body(name, &model.docs, of),
    };
    format!("{}\n{body}", docs::inner(&format!("The model `{name}`.")))
}

fn structure(name: &str, model: &Model, fields: &[Field], patch: bool) -> String {
    let mut imports = Imports::default();
    imports.add("serde::Deserialize");
    imports.add("serde::Serialize");
    for field in fields {
        imports.add_type(&field.ty, "super");
        if is_patch(field, patch) {
            imports.add("client_core::Patch");
        }
    }
    // A request grows by optional fields, so it is made by `new` and `with_*`; an answer is plain data.
    let is_request = model.sent
        && !model.received
        && fields.iter().filter(|field| field.required).count() <= MAX_ARGUMENTS;
    let all_optional = fields.iter().all(|field| !field.required);

    let mut text = imports.write();
    text.push_str(&docs::outer(&model.docs));
    let default = if all_optional { "Default, " } else { "" };
    text.push_str(&format!(
        "#[derive(Clone, Debug, {default}PartialEq, Serialize, Deserialize)]\n"
    ));
    if fields
        .iter()
        .any(|field| field.name != field.field && name::serde_camel(&field.field) == field.name)
    {
        text.push_str("#[serde(rename_all = \"camelCase\")]\n");
    }
    if is_request {
        text.push_str("#[non_exhaustive]\n");
    }
    let renamed = text.contains("rename_all");
    text.push_str(&format!("pub struct {name} {{\n"));
    for field in fields {
        text.push_str(&field_lines(field, patch, renamed));
    }
    text.push_str("}\n");
    if is_request {
        text.push_str(&setters(name, fields, patch));
    }
    text
}

/// Whether a field tells null from absent.
fn is_patch(field: &Field, patch: bool) -> bool {
    patch && matches!(field.ty, Type::Nullable(_))
}

fn field_lines(field: &Field, patch: bool, renamed: bool) -> String {
    let mut text = docs::outer(&field.docs);
    let mut serde = Vec::new();
    let expected = if renamed {
        name::serde_camel(&field.field)
    } else {
        field.field.clone()
    };
    if expected != field.name {
        serde.push(format!("rename = {:?}", field.name));
    }
    if is_patch(field, patch) {
        serde.push("default, skip_serializing_if = \"Patch::is_absent\"".to_owned());
    } else if !field.required {
        serde.push("skip_serializing_if = \"Option::is_none\"".to_owned());
    }
    if !serde.is_empty() {
        text.push_str(&format!("#[serde({})]\n", serde.join(", ")));
    }
    text.push_str(&format!(
        "pub {}: {},\n",
        identifier(&field.field),
        field_type(field, patch)
    ));
    text
}

fn field_type(field: &Field, patch: bool) -> String {
    match (&field.ty, field.required) {
        (Type::Nullable(inner), _) if patch => format!("Patch<{}>", rust(inner)),
        (ty, true) => rust(ty),
        (ty, false) => format!("Option<{}>", rust(ty)),
    }
}

/// `new` with what is required, `with_*` for the rest.
fn setters(name: &str, fields: &[Field], patch: bool) -> String {
    let required: Vec<&Field> = fields.iter().filter(|field| field.required).collect();
    let arguments: Vec<String> = required
        .iter()
        .map(|field| format!("{}: {}", identifier(&field.field), argument(&field.ty)))
        .collect();
    let mut text = format!("\nimpl {name} {{\n");
    let docs = if required.is_empty() {
        "Changes nothing yet."
    } else {
        "With what is required, and nothing else."
    };
    text.push_str(&docs::outer(if patch { "Changes nothing yet." } else { docs }));
    text.push_str(&format!(
        "#[must_use]\npub fn new({}) -> Self {{\n",
        arguments.join(", ")
    ));
    if required.is_empty() {
        text.push_str("Self::default()\n}\n");
    } else {
        text.push_str("Self {\n");
        for field in fields {
            let identifier = identifier(&field.field);
            let value = if field.required {
                converted(&field.ty, &identifier)
            } else {
                "None".to_owned()
            };
            let short = if value == identifier {
                identifier
            } else {
                format!("{identifier}: {value}")
            };
            text.push_str(&format!("{short},\n"));
        }
        text.push_str("}\n}\n");
    }
    for field in fields.iter().filter(|field| !field.required) {
        text.push_str(&setter(field, patch));
    }
    text.push_str("}\n");
    text
}

fn setter(field: &Field, patch: bool) -> String {
    let (of, name) = (identifier(&field.field), &field.field);
    let docs = docs::outer(&format!("Sets `{}`.", field.name));
    let inner = match &field.ty {
        Type::Nullable(inner) => inner,
        ty => ty,
    };
    let (argument, value) = if is_patch(field, patch) {
        (
            format!("impl Into<Patch<{}>>", rust(inner)),
            format!("{of}.into()"),
        )
    } else {
        (argument(inner), format!("Some({})", converted(inner, &of)))
    };
    let deprecated = docs::deprecated(field.deprecated);
    format!(
        "\n{docs}{deprecated}#[must_use]\npub fn with_{name}(mut self, {of}: {argument}) -> Self {{\nself.{of} = {value};\nself\n}}\n"
    )
}
