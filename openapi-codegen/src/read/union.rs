//! Unions: one of several named objects, told apart by a tag, or by what each of them alone requires.

use std::collections::BTreeSet;

use super::{Read, Reader, keys};
use crate::api::{Shape, Type, Union};
use crate::document::Node;

impl<'d> Reader<'d> {
    /// The union of a schema with a name.
    pub(super) fn union(&self, name: &str, node: &'d Node) -> Read<Shape> {
        self.only_keywords(node, "a `oneOf`", keys::UNION)?;
        let one_of = self.required(node, "oneOf", "a union")?;
        let mut members: Vec<(&'d str, &'d Node)> = Vec::new();
        for item in one_of.items() {
            let Some(reference) = item.get("$ref") else {
                let what = format!("a member of the union `{name}` without a name");
                return Err(self.refuse(item.line, what, MEMBERS));
            };
            let member = self.target_of(reference, "schemas")?;
            if member.1.get("properties").is_none() {
                let what = format!("member `{}` of the union `{name}`, which is no object", member.0);
                return Err(self.refuse(item.line, what, MEMBERS));
            }
            if members.iter().any(|(known, _)| *known == member.0) {
                let what = format!("member `{}` of the union `{name}`, twice", member.0);
                return Err(self.refuse(item.line, what, "name it once"));
            }
            if member.0 == "Other" {
                let what = format!("member `Other` of the union `{name}`");
                let advice = "give it another name; `Other` keeps what is not known";
                return Err(self.refuse(item.line, what, advice));
            }
            members.push(member);
        }
        if members.len() < 2 {
            let what = format!("union `{name}` of fewer than two members");
            return Err(self.refuse(one_of.line, what, "refer to the one schema itself"));
        }
        let union = match node.get("discriminator") {
            Some(discriminator) => self.tagged(name, discriminator, &members),
            None => self.disjoint(name, one_of, &members),
        }?;
        for ((model, target), (_, value)) in members.iter().zip(&union.members) {
            let tag = union.tag.as_ref().map(|tag| (tag.clone(), value.clone()));
            self.member(model, target, tag)?;
        }
        Ok(Shape::Union(union))
    }

    fn tagged(&self, name: &str, node: &'d Node, members: &[(&'d str, &'d Node)]) -> Read<Union> {
        self.only_keys(node, "a discriminator", &["propertyName", "mapping"])?;
        let tag = self
            .required_text(node, "propertyName", "a discriminator")?
            .to_owned();
        let mut values: Vec<Option<String>> = vec![None; members.len()];
        for entry in node.get("mapping").map_or(&[][..], Node::entries) {
            let to = self.text(&entry.value, "mapping")?;
            let short = to.strip_prefix("#/components/schemas/").unwrap_or(to);
            let Some(at) = members.iter().position(|(member, _)| *member == short) else {
                let what = format!("`{to}` in the mapping of `{name}`");
                return Err(self.refuse(entry.line, what, "map to a schema that `oneOf` names"));
            };
            if let Some(first) = &values[at] {
                let what = format!(
                    "`{}` and `{first}`, which both mean `{short}` in `{name}`",
                    entry.key
                );
                return Err(self.refuse(entry.line, what, "map one value to each schema"));
            }
            values[at] = Some(entry.key.clone());
        }
        let mut named = Vec::new();
        let mut seen = BTreeSet::new();
        for ((model, target), value) in members.iter().zip(values) {
            let value = value.unwrap_or_else(|| (*model).to_owned());
            if !seen.insert(value.clone()) {
                let what = format!("`{value}`, which means two members of `{name}`");
                return Err(self.refuse(node.line, what, "map one value to each schema"));
            }
            let property = target.get("properties").and_then(|all| all.get(&tag));
            let is_text = property
                .and_then(|it| it.get("type"))
                .and_then(Node::as_text)
                .is_some_and(|kind| kind == "string");
            if !is_text || !requires(target).any(|required| required == tag) {
                let what = format!("member `{model}` of `{name}` without the tag `{tag}`");
                let advice = format!("require the property `{tag}` there, with `type: string`");
                return Err(self.refuse(target.line, what, advice));
            }
            self.tag_is(property, model, &value)?;
            named.push(((*model).to_owned(), value));
        }
        Ok(Union {
            tag: Some(tag),
            members: named,
        })
    }

    /// The property that holds a tag says nothing but its value.
    fn tag_is(&self, property: Option<&'d Node>, model: &str, value: &str) -> Read<()> {
        let Some(property) = property else { return Ok(()) };
        self.only_keywords(
            property,
            "a tag",
            &[keys::STRING, keys::ENUM, keys::CONST].concat(),
        )?;
        let listed = property.get("enum").map_or(&[][..], Node::items);
        let odd = listed
            .iter()
            .chain(property.get("const"))
            .find(|said| said.as_text() != Some(value));
        match odd {
            None => Ok(()),
            Some(said) => {
                let what = format!(
                    "a tag of `{model}` that may be `{}`",
                    said.to_json().to_string().trim_matches('"')
                );
                Err(self.refuse(
                    said.line,
                    what,
                    format!("write `{value}`, or map that value to `{model}`"),
                ))
            }
        }
    }

    /// Each member requires something that no other one has.
    fn disjoint(&self, name: &str, one_of: &Node, members: &[(&'d str, &'d Node)]) -> Read<Union> {
        let has = |node: &Node, property: &str| {
            node.get("properties")
                .is_some_and(|all| all.get(property).is_some())
        };
        let mut marked = Vec::new();
        for (model, target) in members {
            let others = || members.iter().filter(|(other, _)| other != model);
            let mark = requires(target).find(|mark| !others().any(|(_, other)| has(other, mark)));
            let Some(mark) = mark else {
                let what =
                    format!("member `{model}` of `{name}`, which requires nothing that the others lack");
                let advice = "add a `discriminator`, or require a property of its own in each member";
                return Err(self.refuse(one_of.line, what, advice));
            };
            marked.push(((*model).to_owned(), mark.to_owned()));
        }
        Ok(Union {
            tag: None,
            members: marked,
        })
    }

    /// Reads a member. One with a tag carries it nowhere else, so that nobody can write a wrong one.
    fn member(&self, name: &'d str, node: &'d Node, tag: Option<(String, String)>) -> Read<Type> {
        if tag.is_none() {
            return self.named(name, node, false);
        }
        self.model(name, node, false, tag)
    }
}

/// The names that an object requires.
fn requires(node: &Node) -> impl Iterator<Item = &str> {
    let names = node.get("required").map_or(&[][..], Node::items);
    names.iter().filter_map(Node::as_text)
}

const MEMBERS: &str = "define an object under components/schemas and refer to it";
