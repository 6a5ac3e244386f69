//! Types as Rust writes them, and how arguments of a type are taken.

use crate::api::Type;

/// The name of a type, with everything it needs imported.
pub(super) fn rust(ty: &Type) -> String {
    match ty {
        Type::Bool => "bool".to_owned(),
        Type::I32 => "i32".to_owned(),
        Type::I64 => "i64".to_owned(),
        Type::U32 => "u32".to_owned(),
        Type::U64 => "u64".to_owned(),
        Type::F32 => "f32".to_owned(),
        Type::F64 => "f64".to_owned(),
        Type::Text => "String".to_owned(),
        Type::Mapped(path) => path.rsplit("::").next().unwrap_or(path).to_owned(),
        Type::Model(name) => name.clone(),
        Type::List(inner) => format!("Vec<{}>", rust(inner)),
        Type::Map(inner) => format!("BTreeMap<String, {}>", rust(inner)),
        Type::FreeObject => "Map<String, Value>".to_owned(),
        Type::Nullable(inner) => format!("Option<{}>", rust(inner)),
    }
}

/// The type of an argument: as wide as it can be without doubt about what is meant.
pub(super) fn argument(ty: &Type) -> String {
    match ty {
        Type::Text => "impl Into<String>".to_owned(),
        Type::List(inner) if is_converted(inner) => format!("impl IntoIterator<Item = {}>", argument(inner)),
        Type::List(inner) => format!("impl IntoIterator<Item = {}>", rust(inner)),
        other => rust(other),
    }
}

/// An argument of [`argument`]'s type, as the type itself.
pub(super) fn converted(ty: &Type, name: &str) -> String {
    match ty {
        Type::Text => format!("{name}.into()"),
        Type::List(inner) if is_converted(inner) => format!("{name}.into_iter().map(Into::into).collect()"),
        Type::List(_) => format!("{name}.into_iter().collect()"),
        _ => name.to_owned(),
    }
}

/// Whether an argument differs from the value that is kept.
pub(super) fn is_converted(ty: &Type) -> bool {
    matches!(ty, Type::Text)
}
