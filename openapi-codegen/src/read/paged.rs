//! `x-paged`: an operation that answers a list a page at a time.

use super::{Read, Reader};
use crate::api::{Answer, Content, Paged, Parameter, Place, Shape, Type};
use crate::document::Node;

impl<'d> Reader<'d> {
    /// What a page holds, for an operation with `x-paged: true`.
    pub(super) fn paged(
        &self,
        operation: &'d Node,
        parameters: &[Parameter],
        answers: &[Answer],
        owner: &str,
    ) -> Read<Option<Paged>> {
        if !self.flag(operation, "x-paged", false)? {
            return Ok(None);
        }
        let counts = |one: &Parameter| {
            one.name == "page"
                && matches!(one.place, Place::Query { .. })
                && !one.required
                && one.ty == Type::U32
        };
        if !parameters.iter().any(counts) {
            let what = format!("{owner} with `x-paged`, but without the parameter `page`");
            let advice =
                "add it: optional, in the query, an integer with `format: int32`, counted from `minimum: 1`";
            return Err(self.refuse(operation.line, what, advice));
        }
        let paged = match answers {
            [
                Answer {
                    content: Content::Json(Type::Model(name)),
                    ..
                },
            ] => self.page_of(name),
            _ => None,
        };
        paged.map(Some).ok_or_else(|| {
            let what = format!("{owner} with `x-paged`, whose answer is no page");
            let advice = "answer an object that requires `items` (a list), `total`, `page` and `limit`";
            self.refuse(operation.line, what, advice)
        })
    }

    fn page_of(&self, model: &str) -> Option<Paged> {
        let models = self.models.borrow();
        let Shape::Struct { fields, .. } = &models.get(model)?.shape else {
            return None;
        };
        let ty = |name: &str| {
            let field = fields.iter().find(|one| one.name == name && one.required);
            field.map(|one| &one.ty)
        };
        let Type::List(item) = ty("items")? else {
            return None;
        };
        let total = ty("total").filter(|ty| matches!(ty, Type::U32 | Type::U64))?;
        (ty("page")? == &Type::U32 && ty("limit")? == &Type::U32).then(|| Paged {
            item: (**item).clone(),
            total: total.clone(),
        })
    }
}
