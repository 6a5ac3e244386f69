use super::{decimal, id_text, instant, metadata, money, product, text, variant};
use event_contracts::discount::v2::{Benefit, DiscountCreated};
use event_contracts::discount::{
    DiscountAppliedToProduct, DiscountDeleted, DiscountExpired, DiscountRemovedFromProduct, DiscountUpdated,
};
use product_types::{DiscountId, DiscountType};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{BoxedStrategy, Just, Strategy, any};
use proptest::prop_oneof;
use proptest::sample::select;

pub(super) fn created() -> BoxedStrategy<DiscountCreated> {
    let terms = (
        text(),
        metadata(),
        option::of(any::<u64>()),
        option::of(any::<u64>()),
    );
    let who = (option::of(instant()), option::of(text()));
    (
        discount(),
        text(),
        benefit(),
        instant(),
        instant(),
        any::<bool>(),
        terms,
        who,
    )
        .prop_map(|(id, name, benefit, from, until, is_active, terms, who)| {
            let mut event = DiscountCreated::new(id, name, benefit, from..until, is_active);
            (
                event.description,
                event.conditions,
                event.max_uses,
                event.max_uses_per_user,
            ) = terms;
            (event.created_at, event.created_by) = who;
            event
        })
        .boxed()
}

pub(super) fn updated() -> BoxedStrategy<DiscountUpdated> {
    let gives = (discount_type(), decimal(), any::<bool>());
    let terms = (
        text(),
        metadata(),
        option::of(any::<u64>()),
        option::of(any::<u64>()),
    );
    let who = (option::of(instant()), option::of(text()));
    (
        discount(),
        vec(text(), 0..3),
        text(),
        gives,
        instant(),
        instant(),
        terms,
        who,
    )
        .prop_map(|(id, fields, name, gives, from, until, terms, who)| {
            let mut event = DiscountUpdated::new(id, fields, name, gives.0, gives.1, from..until, gives.2);
            (
                event.description,
                event.conditions,
                event.max_uses,
                event.max_uses_per_user,
            ) = terms;
            (event.updated_at, event.updated_by) = who;
            event
        })
        .boxed()
}

pub(super) fn deleted() -> BoxedStrategy<DiscountDeleted> {
    (discount(), option::of(instant()), option::of(text()))
        .prop_map(|(id, at, by)| {
            let mut event = DiscountDeleted::new(id);
            (event.deleted_at, event.deleted_by) = (at, by);
            event
        })
        .boxed()
}

pub(super) fn expired() -> BoxedStrategy<DiscountExpired> {
    (discount(), instant())
        .prop_map(|(id, at)| DiscountExpired::new(id, at))
        .boxed()
}

pub(super) fn applied() -> BoxedStrategy<DiscountAppliedToProduct> {
    (product(), variant(), discount(), any::<i32>(), instant(), text())
        .prop_map(|(product, variant, id, priority, at, by)| {
            DiscountAppliedToProduct::new(product, variant, id, priority, at, by)
        })
        .boxed()
}

pub(super) fn removed() -> BoxedStrategy<DiscountRemovedFromProduct> {
    (product(), variant(), discount(), any::<i32>(), instant(), text())
        .prop_map(|(product, variant, id, priority, at, by)| {
            DiscountRemovedFromProduct::new(product, variant, id, priority, at, by)
        })
        .boxed()
}

fn discount() -> BoxedStrategy<DiscountId> {
    id_text().prop_map(|text| DiscountId::new(text).unwrap()).boxed()
}

fn discount_type() -> BoxedStrategy<DiscountType> {
    prop_oneof![
        select(DiscountType::KNOWN.to_vec()),
        Just(DiscountType::Other("x-unheard-of".into())),
    ]
    .boxed()
}

fn benefit() -> BoxedStrategy<Benefit> {
    prop_oneof![
        decimal().prop_map(Benefit::Percentage),
        money().prop_map(Benefit::FixedAmount),
        decimal().prop_map(Benefit::FixedAmountWithoutCurrency),
        Just(Benefit::FreeShipping),
        decimal().prop_map(Benefit::BuyXGetY),
        option::of(decimal())
            .prop_map(|value| Benefit::Other(DiscountType::Other("x-unheard-of".into()), value)),
    ]
    .boxed()
}
