//! Which models requests carry, and which ones answers.

use std::collections::BTreeMap;

use super::{Read, Reader};
use crate::api::{Content, Direction, Model, Operation, Shape, Type};
use crate::document::Node;

impl<'d> Reader<'d> {
    /// The one direction of a property that is `readOnly` or `writeOnly`, by itself or by what it refers to.
    pub(super) fn direction(&self, node: &'d Node) -> Read<Option<Direction>> {
        let target = match node.get("$ref") {
            Some(reference) => self.target_of(reference, "schemas")?.1,
            None => node,
        };
        let says = |key| Ok(self.flag(node, key, false)? || self.flag(target, key, false)?);
        match (says("readOnly")?, says("writeOnly")?) {
            (false, false) => Ok(None),
            (true, false) => Ok(Some(Direction::Received)),
            (false, true) => Ok(Some(Direction::Sent)),
            (true, true) => Err(self.refuse(
                node.line,
                "`readOnly` and `writeOnly` at once",
                "write one of them",
            )),
        }
    }

    /// One type serves both directions, so it can't leave out a property in one of them.
    pub(super) fn directions_are_kept(&self, models: &BTreeMap<String, Model>) -> Read<()> {
        let mut outcome = Ok(());
        for (name, model) in models {
            let Shape::Struct { fields, .. } = &model.shape else {
                continue;
            };
            for field in fields {
                let (word, carrier) = match field.only {
                    Some(Direction::Received) if model.sent => ("readOnly", "a request"),
                    Some(Direction::Sent) if model.received => ("writeOnly", "an answer"),
                    _ => continue,
                };
                let what = format!(
                    "`{word}` property `{}` of `{name}`, which {carrier} carries",
                    field.name
                );
                let advice = format!("define a schema without it for {carrier}");
                outcome = Err(self.refuse(field.line, what, advice));
            }
        }
        outcome
    }
}

/// Marks every model that an operation sends or receives, with all that it holds.
pub(super) fn mark(operations: &[Operation], models: &mut BTreeMap<String, Model>) {
    for operation in operations {
        let sent = operation.body.iter().map(|body| &body.ty);
        for ty in sent.chain(operation.parameters.iter().map(|parameter| &parameter.ty)) {
            mark_type(ty, models, |model| std::mem::replace(&mut model.sent, true));
        }
        let bodies = operation
            .answers
            .iter()
            .filter_map(|answer| match &answer.content {
                Content::Json(ty) => Some(ty),
                _ => None,
            });
        for ty in bodies.chain(operation.headers.iter().map(|header| &header.ty)) {
            mark_type(ty, models, |model| std::mem::replace(&mut model.received, true));
        }
    }
}

/// `mark` answers whether the model was marked before, which ends the descent.
fn mark_type(ty: &Type, models: &mut BTreeMap<String, Model>, mark: fn(&mut Model) -> bool) {
    match ty {
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => mark_type(inner, models, mark),
        Type::Model(name) => {
            let Some(model) = models.get_mut(name) else { return };
            if mark(model) {
                return;
            }
            let types: Vec<Type> = match &model.shape {
                Shape::Struct { fields, .. } => fields.iter().map(|field| field.ty.clone()).collect(),
                Shape::Union(union) => union
                    .members
                    .iter()
                    .map(|(member, _)| Type::Model(member.clone()))
                    .collect(),
                Shape::Enum(_) => Vec::new(),
            };
            for ty in types {
                mark_type(&ty, models, mark);
            }
        }
        _ => {}
    }
}
