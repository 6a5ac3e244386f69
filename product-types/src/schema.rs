//! JSON Schemas of the wire forms, with the feature `schema`.

/// Implements `JsonSchema` for a type that is one value on the wire: a string, unless the schema says otherwise.
///
/// The schema stands in place, wherever the type is used, and bears its name as title: a definition of its own for
/// each would bury the few that have fields. A second schema states what is read, where that is more than is written.
macro_rules! text {
    ($name:ident, $description:expr, $written:tt) => {
        crate::schema::text!($name, $description, $written, read $written);
    };
    ($name:ident, $description:expr, $written:tt, read $read:tt) => {
        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let mut schema = if generator.contract().is_serialize() {
                    schemars::json_schema!($written)
                } else {
                    schemars::json_schema!($read)
                };
                let keywords = schema.ensure_object();
                keywords.entry("type").or_insert("string".into());
                keywords.insert("title".into(), stringify!($name).into());
                keywords.insert("description".into(), $description.trim().into());
                schema
            }
        }
    };
}

pub(crate) use text;
