//! Which models requests carry, and which ones answers.

use std::collections::BTreeMap;

use crate::api::{Content, Model, Operation, Shape, Type};

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
