//! Named objects and enums, which become types of their own.

use std::collections::BTreeSet;

use super::{Read, Reader, Refused, keys};
use crate::api::{Field, Model, Shape, Type};
use crate::document::{Data, Entry, Node};
use crate::name;

impl<'d> Reader<'d> {
    /// The named object that a merge patch has as its body.
    pub(super) fn patch_schema(&self, node: &'d Node) -> Read<Type> {
        let Some(reference) = node.get("$ref") else {
            let what = "a merge patch without a name";
            return Err(self.refuse(
                node.line,
                what,
                "define it under components/schemas and refer to it",
            ));
        };
        let (name, target) = self.target_of(reference, "schemas")?;
        self.named(name, target, true)
    }

    /// Reads a model unless that was done before, or is being done further up.
    ///
    /// A `tag` is the property that a union reads and writes in its place, with its value.
    pub(super) fn model(
        &self,
        name: &str,
        node: &'d Node,
        patch: bool,
        tag: Option<(String, String)>,
    ) -> Read<Type> {
        let ty = Type::Model(name.to_owned());
        if let Some(known) = self.models.borrow().get(name) {
            let is_patch = matches!(known.shape, Shape::Struct { patch: true, .. });
            if is_patch != patch {
                let what = format!("schema `{name}`, used as a merge patch and otherwise too");
                return Err(self.refuse(node.line, what, "define one schema for the patch, and another"));
            }
            if known.tag != tag {
                let what = format!("schema `{name}`, used as a member of a union and otherwise too");
                return Err(self.refuse(node.line, what, "refer to the union, or define another schema"));
            }
            return Ok(ty);
        }
        if !self.reading.borrow_mut().insert(name.to_owned()) {
            let what = format!("schema `{name}`, which holds itself");
            return Err(self.refuse(node.line, what, "refer to the other thing by its id"));
        }
        let omitted = tag.as_ref().map(|(property, _)| property.as_str());
        let shape = self.shape(name, node, patch, omitted);
        self.reading.borrow_mut().remove(name);
        let docs = self.required_text(node, "description", &format!("schema `{name}`"))?;
        let docs = self.with_deprecation(docs.to_owned(), node)?;
        let model = Model {
            docs,
            shape: shape?,
            sent: false,
            received: false,
            tag,
        };
        self.models.borrow_mut().insert(name.to_owned(), model);
        Ok(ty)
    }

    /// Whether a model is an enum, and so has one text.
    pub(super) fn is_enum(&self, name: &str) -> bool {
        self.models
            .borrow()
            .get(name)
            .is_some_and(|model| matches!(model.shape, Shape::Enum(_)))
    }

    fn shape(&self, name: &str, node: &'d Node, patch: bool, omitted: Option<&str>) -> Read<Shape> {
        if name::pascal(name).as_deref() != Some(name) || name::is_taken(name) || self.target.defines(name) {
            let what = format!("schema name `{name}`");
            return Err(self.refuse(
                node.line,
                what,
                "write it LikeThis, and not like a type of Rust or of the client",
            ));
        }
        if node.get("oneOf").is_some() {
            if patch {
                let what = format!("union `{name}` as a merge patch");
                return Err(self.refuse(node.line, what, "write one named object"));
            }
            return self.union(name, node);
        }
        let (kind, nullable) = self.kind(node)?;
        if nullable {
            let what = format!("schema `{name}`, which may be null as a whole");
            return Err(self.refuse(
                node.line,
                what,
                "say `oneOf` with `type: 'null'` where it is used",
            ));
        }
        match (kind, node.get("enum")) {
            ("string", Some(values)) => {
                self.only_keywords(node, "an `enum`", keys::ENUM)?;
                self.variants(name, values).map(Shape::Enum)
            }
            ("object", None) => {
                self.only_keywords(node, "an object", keys::OBJECT)?;
                self.fields(name, node, patch, omitted)
                    .map(|fields| Shape::Struct { fields, patch })
            }
            _ => {
                let what = format!("schema `{name}` of `type: {kind}` with `enum` or `properties`");
                Err(self.refuse(
                    node.line,
                    what,
                    "write an `enum` of strings, or an object with `properties`",
                ))
            }
        }
    }

    fn variants(&self, owner: &str, values: &Node) -> Read<Vec<(String, String)>> {
        if values.items().is_empty() {
            let what = format!("`enum` of `{owner}` without values");
            return Err(self.refuse(values.line, what, "write at least one, or a plain string"));
        }
        let mut variants: Vec<(String, String)> = Vec::new();
        for value in values.items() {
            let text = self.text(value, "enum")?;
            let Some(variant) = name::pascal(text).filter(|variant| variant != "Other") else {
                let what = format!("value `{text}` of `{owner}`, of which no Rust name can be made");
                return Err(self.refuse(
                    value.line,
                    what,
                    "begin it with a letter, and do not call it `other`",
                ));
            };
            if variants.iter().any(|(_, known)| *known == variant) {
                let what = format!(
                    "value `{text}` of `{owner}`, whose Rust name `{variant}` is another value's too"
                );
                return Err(self.refuse(
                    value.line,
                    what,
                    "make the values differ in more than case and punctuation",
                ));
            }
            variants.push((text.to_owned(), variant));
        }
        Ok(variants)
    }

    fn fields(&self, owner: &str, node: &'d Node, patch: bool, omitted: Option<&str>) -> Read<Vec<Field>> {
        if let Some(more) = node.get("additionalProperties")
            && more.data != Data::Bool(false)
        {
            let what = format!("`{owner}` with properties and `additionalProperties`");
            let advice = "move the free part into a property of its own, or write `false`; \
                          what answers add unasked is skipped either way";
            return Err(self.refuse(more.line, what, advice));
        }
        let properties = self.required(node, "properties", "an object")?;
        let required = self.required_names(owner, node, properties)?;
        let mut fields = Vec::new();
        let mut names = BTreeSet::new();
        let mut outcome = Ok(());
        let kept = |property: &&Entry| Some(property.key.as_str()) != omitted;
        for property in properties.entries().iter().filter(kept) {
            match self.field(owner, property, required.contains(property.key.as_str()), patch) {
                Ok(field) if names.insert(field.field.clone()) => fields.push(field),
                Ok(field) => {
                    let what = format!("`{owner}` with two properties that are `{}` in Rust", field.field);
                    outcome = Err(self.refuse(property.line, what, "rename one of them"));
                }
                Err(Refused) => outcome = Err(Refused),
            }
        }
        outcome.map(|()| fields)
    }

    fn required_names(&self, owner: &str, node: &'d Node, properties: &Node) -> Read<BTreeSet<&'d str>> {
        let mut names = BTreeSet::new();
        for item in node.get("required").map_or(&[][..], Node::items) {
            let name = self.text(item, "required")?;
            if properties.get(name).is_none() {
                let what = format!("`{owner}` with the required property `{name}`, which it does not have");
                return Err(self.refuse(
                    item.line,
                    what,
                    "add it to `properties`, or drop it from `required`",
                ));
            }
            names.insert(name);
        }
        Ok(names)
    }

    fn field(&self, owner: &str, property: &'d Entry, required: bool, patch: bool) -> Read<Field> {
        let name = property.key.clone();
        let Some(field) = name::snake(&name) else {
            let what = format!("property `{name}` of `{owner}`, of which no Rust name can be made");
            return Err(self.refuse(property.line, what, "begin it with a letter"));
        };
        let ty = self.schema(&property.value)?;
        match (patch, required, matches!(ty, Type::Nullable(_))) {
            (true, true, _) => {
                let what = format!("required property `{name}` of the merge patch `{owner}`");
                return Err(self.refuse(
                    property.line,
                    what,
                    "drop it from `required`: a patch may leave out anything",
                ));
            }
            (false, false, true) => {
                let what = format!("property `{name}` of `{owner}`, which may be absent and may be null");
                return Err(self.refuse(
                    property.line,
                    what,
                    "require it, or do not let it be null; only merge patches tell both",
                ));
            }
            _ => {}
        }
        let docs = self.with_deprecation(self.docs_of(&property.value)?, &property.value)?;
        let docs = self.with_constraints(&docs, &property.value);
        Ok(Field {
            name,
            field,
            required,
            ty,
            docs,
            deprecated: self.flag(&property.value, "deprecated", false)?,
            only: self.direction(&property.value)?,
            line: property.line,
        })
    }

    /// The documentation, with a last word on what the API wants to be rid of.
    pub(super) fn with_deprecation(&self, mut docs: String, node: &Node) -> Read<String> {
        if self.flag(node, "deprecated", false)? {
            docs = format!("{}\n\nDeprecated by the API.", docs.trim_end());
        }
        Ok(docs)
    }

    /// The description of a property, or else that of the schema it refers to.
    pub(super) fn docs_of(&self, node: &'d Node) -> Read<String> {
        let said = self.optional_text(node, "description")?;
        if !said.is_empty() {
            return Ok(said.to_owned());
        }
        let said = match node.get("$ref") {
            Some(reference) => self.optional_text(self.target_of(reference, "schemas")?.1, "description")?,
            None => "",
        };
        if said.is_empty() {
            return Err(self.refuse(
                node.line,
                "a property without `description`",
                "say in one sentence what it is",
            ));
        }
        Ok(said.to_owned())
    }
}
