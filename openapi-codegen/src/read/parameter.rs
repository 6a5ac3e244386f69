//! Parameters of path, query and header.

use super::{Read, Reader, keys};
use crate::api::{Parameter, Place, Type};
use crate::document::{Entry, Node};
use crate::name;

/// Headers that the client sends by itself, for every operation.
const AMBIENT: &[&str] = &["x-correlation-id", "traceparent", "tracestate"];
const KEY: &str = "idempotency-key";
/// Headers that follow from something else in the document, which OpenAPI wants to be ignored as parameters.
const IMPLIED: [(&str, &str); 3] = [
    ("accept", "the media types of the answers say it"),
    ("content-type", "the media type of the body says it"),
    ("authorization", "`security` says it"),
];

impl<'d> Reader<'d> {
    /// The parameters of the path, overridden and followed by those of the operation; and whether the operation takes
    /// an `Idempotency-Key`. Required ones come first, in the order of the path.
    pub(super) fn parameters(&self, path: &'d Entry, operation: &'d Node) -> Read<(Vec<Parameter>, bool)> {
        let mut nodes: Vec<&'d Node> = Vec::new();
        for owner in [&path.value, operation] {
            let mut own: Vec<&'d Node> = Vec::new();
            for item in owner.get("parameters").map_or(&[][..], Node::items) {
                let node = self.resolve(item, "parameters")?;
                if own.iter().any(|known| is_same(known, node)) {
                    return Err(self.refuse(item.line, "a parameter that stands twice", "drop one of them"));
                }
                own.push(node);
            }
            nodes.retain(|known| !own.iter().any(|node| is_same(known, node)));
            nodes.append(&mut own);
        }
        let mut parameters = Vec::new();
        let mut takes_key = false;
        let mut outcome = Ok(());
        for node in nodes {
            match self.header_of_the_client(node).as_deref() {
                Some(ambient) => {
                    takes_key |= ambient == KEY;
                    outcome = outcome.and(self.only_keys(node, "a parameter", keys::PARAMETER));
                }
                None => match self.parameter(node) {
                    Ok(parameter) => parameters.push(parameter),
                    Err(refused) => outcome = Err(refused),
                },
            }
        }
        let position = |one: &Parameter| match one.place {
            Place::Path => path
                .key
                .find(&format!("{{{}}}", one.name))
                .unwrap_or(usize::MAX - 1),
            _ => usize::MAX,
        };
        parameters.sort_by_key(|one| (!one.required, position(one)));
        outcome.map(|()| (parameters, takes_key))
    }

    /// The lower-case name of a header that `Call` sets, and not the operation.
    fn header_of_the_client(&self, node: &Node) -> Option<String> {
        let is_header = node.get("in").and_then(Node::as_text) == Some("header");
        let name = node.get("name").and_then(Node::as_text)?.to_ascii_lowercase();
        (is_header && (name == KEY || AMBIENT.contains(&name.as_str()))).then_some(name)
    }

    fn parameter(&self, node: &'d Node) -> Read<Parameter> {
        self.only_keys(node, "a parameter", keys::PARAMETER)?;
        let name = self.required_text(node, "name", "a parameter")?.to_owned();
        let owner = format!("parameter `{name}`");
        let Some(field) = name::snake(&name) else {
            let what = format!("{owner}, of which no Rust name can be made");
            return Err(self.refuse(node.line, what, "begin it with a letter"));
        };
        let schema = self.required(node, "schema", &owner)?;
        let ty = self.schema(schema)?;
        let is_list = matches!(ty, Type::List(_));
        let place = self.place(node, &owner, is_list)?;
        if place == Place::Header {
            self.header_is_free(node, &name)?;
        }
        let required = self.flag(node, "required", false)?;
        if place == Place::Path && !required {
            return Err(self.refuse(
                node.line,
                format!("{owner} in the path, but not required"),
                "add `required: true`",
            ));
        }
        self.is_flat(schema, &ty, place, &owner)?;
        let docs = self.optional_text(node, "description")?.to_owned();
        let docs = self.with_deprecation(docs, node)?;
        let docs = self.with_constraints(&docs, schema);
        Ok(Parameter {
            name,
            field,
            place,
            required,
            ty,
            docs,
            deprecated: self.flag(node, "deprecated", false)?,
        })
    }

    /// A header that has a name as HTTP has them, and that nothing else in the document sets.
    fn header_is_free(&self, node: &Node, name: &str) -> Read<()> {
        let implied = IMPLIED
            .iter()
            .find(|(header, _)| name.eq_ignore_ascii_case(header));
        if let Some((_, says)) = implied {
            let what = format!("header parameter `{name}`");
            return Err(self.refuse(node.line, what, format!("drop it; {says}")));
        }
        if !is_token(name) {
            let what = format!("header parameter `{name}`, which no header can be called");
            return Err(self.refuse(node.line, what, "use letters, digits and `-`"));
        }
        Ok(())
    }

    fn place(&self, node: &Node, owner: &str, is_list: bool) -> Read<Place> {
        let place = self.required_text(node, "in", owner)?;
        let explode = self.flag(node, "explode", place == "query")?;
        let (place, style) = match place {
            "path" => (Place::Path, "simple"),
            "query" => (
                Place::Query {
                    explode: explode && is_list,
                },
                "form",
            ),
            "header" => (Place::Header, "simple"),
            other => {
                let what = format!("{owner} with `in: {other}`");
                return Err(self.refuse(node.line, what, "write `path`, `query` or `header`"));
            }
        };
        match node.get("style") {
            Some(said) if said.as_text() != Some(style) => {
                let what = format!("{owner} with `style: {}`", said.as_text().unwrap_or_default());
                Err(self.refuse(
                    said.line,
                    what,
                    format!("write `style: {style}`, or leave it out"),
                ))
            }
            _ => Ok(place),
        }
    }

    /// Only what has one text can stand in a URL or a header; a list of such can stand in the query.
    fn is_flat(&self, schema: &Node, ty: &Type, place: Place, owner: &str) -> Read<()> {
        let (ty, what) = match (ty, place) {
            (Type::List(item), Place::Query { .. }) => (&**item, "a list of"),
            (ty, _) => (ty, "with"),
        };
        let flat = match ty {
            Type::Model(name) => self.is_enum(name),
            Type::List(_) | Type::Map(_) | Type::FreeObject | Type::Nullable(_) => false,
            _ => true,
        };
        if flat {
            return Ok(());
        }
        let what = format!("{owner} {what} a schema that is not a plain value");
        Err(self.refuse(
            schema.line,
            what,
            "use a string, a number, a boolean or, in the query, a list of them",
        ))
    }
}

/// Whether two parameters are one: the later one replaces the earlier.
fn is_same(one: &Node, other: &Node) -> bool {
    one.get("name") == other.get("name") && one.get("in") == other.get("in")
}

/// What HTTP lets a header be called (RFC 9110, section 5.6.2).
pub(super) fn is_token(name: &str) -> bool {
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(letter);
    !name.is_empty() && name.chars().all(allowed)
}
