//! A generator of events: every type, with texts, amounts and instants from the whole of their ranges.

mod categories;
mod discounts;

use event_contracts::price::{NewPrice, OldPrice, PriceCause, ProductPriceChanged, ProductPriceEffective};
use event_contracts::product::{
    CategoryName, ProductCreated, ProductDeleted, ProductStatusChanged, ProductUpdated,
};
use event_contracts::variant::{
    Attribute, Image, ProductVariantAdded, ProductVariantRemoved, ProductVariantUpdated, VariantState,
};
use event_contracts::{Envelope, Event, MessageId, ProductEvent};
use product_types::{
    CategoryId, CurrencyCode, Decimal, InventorySetup, Money, ProductId, ProductStatus, Timestamp, VariantId,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{BoxedStrategy, Just, Strategy, any};
use proptest::prop_oneof;
use proptest::sample::select;
use serde_json::{Map, Value};

pub(crate) fn any_event() -> BoxedStrategy<ProductEvent> {
    prop_oneof![
        enveloped(created()),
        enveloped(updated()),
        enveloped(
            (product(), instant(), text(), option::of(text())).prop_map(|(id, at, by, reason)| {
                let mut event = ProductDeleted::new(id, at, by);
                event.deletion_reason = reason;
                event
            })
        ),
        enveloped(
            (product(), status(), status(), instant(), text())
                .prop_map(|(id, old, new, at, by)| ProductStatusChanged::new(id, old, new, at, by))
        ),
        enveloped(
            (product(), variant_state()).prop_map(|(id, variant)| ProductVariantAdded::new(id, variant))
        ),
        enveloped(
            (product(), vec(text(), 0..3), variant_state())
                .prop_map(|(id, fields, variant)| ProductVariantUpdated::new(id, fields, variant))
        ),
        enveloped(
            (product(), variant(), instant(), text())
                .prop_map(|(id, variant, at, by)| ProductVariantRemoved::new(id, variant, at, by))
        ),
        enveloped(price_changed()),
        enveloped(price_effective()),
        enveloped(categories::created()),
        enveloped(categories::updated()),
        enveloped(categories::moved()),
        enveloped(categories::deleted()),
        enveloped(discounts::created()),
        enveloped(discounts::updated()),
        enveloped(discounts::deleted()),
        enveloped(discounts::expired()),
        enveloped(discounts::applied()),
        enveloped(discounts::removed()),
    ]
    .boxed()
}

fn enveloped<E>(event: impl Strategy<Value = E> + 'static) -> BoxedStrategy<ProductEvent>
where
    E: Event + std::fmt::Debug,
    ProductEvent: From<Envelope<E>>,
{
    let facts = (
        envelope_text(),
        envelope_text(),
        instant(),
        option::of(any::<u64>()),
        option::of("[!-~]{1,40}"),
    );
    (event, facts)
        .prop_map(|(event, (source, correlation, at, sequence, cause))| {
            let mut envelope = Envelope::new(event, source, correlation, at);
            if let Some(sequence) = sequence {
                envelope = envelope.with_sequence(sequence);
            }
            if let Some(cause) = cause {
                envelope = envelope.caused_by(MessageId::new(cause).unwrap());
            }
            envelope.into()
        })
        .boxed()
}

fn created() -> BoxedStrategy<ProductCreated> {
    let names = (product(), text(), text(), instant(), text());
    let words = (
        text(),
        option::of(text()),
        vec(text(), 0..3),
        option::of(text()),
        vec(text(), 0..3),
    );
    let parts = (
        status(),
        any::<bool>(),
        vec(category(), 0..3),
        vec(variant_state(), 0..3),
        vec(image(), 0..3),
    );
    (names, words, parts, metadata())
        .prop_map(|(names, words, parts, metadata)| {
            let (id, name, brand, at, by) = names;
            let mut event = ProductCreated::new(id, name, brand, at, by).with_variants(parts.3);
            (event.description, event.short_description, event.tags) = (words.0, words.1, words.2);
            (event.country_of_origin, event.search_keywords) = (words.3, words.4);
            (event.status, event.is_hazardous_material, event.categories) = (parts.0, parts.1, parts.2);
            (event.images, event.metadata) = (parts.4, metadata);
            event
        })
        .boxed()
}

fn updated() -> BoxedStrategy<ProductUpdated> {
    let names = (
        product(),
        vec(text(), 0..3),
        text(),
        text(),
        status(),
        instant(),
        text(),
    );
    let words = (text(), option::of(text()), vec(text(), 0..3), vec(text(), 0..3));
    let parts = (
        vec(category(), 0..3),
        vec(variant_state(), 0..3),
        vec(image(), 0..3),
    );
    (names, words, parts, metadata())
        .prop_map(|(names, words, parts, metadata)| {
            let (id, fields, name, brand, status, at, by) = names;
            let mut event = ProductUpdated::new(id, fields, name, brand, status, at, by);
            (
                event.description,
                event.short_description,
                event.tags,
                event.search_keywords,
            ) = words;
            (event.categories, event.variants, event.images) = parts;
            event.metadata = metadata;
            event
        })
        .boxed()
}

fn price_changed() -> BoxedStrategy<ProductPriceChanged> {
    let old = (decimal(), option::of(decimal()), currency());
    let new = (
        decimal(),
        option::of(decimal()),
        currency(),
        option::of(decimal()),
    );
    let times = (option::of(instant()), option::of(instant()), instant());
    (product(), variant(), option::of(old), new, times, text())
        .prop_map(|(id, variant, old, new, times, by)| {
            let mut price = NewPrice::new(new.0, new.2);
            (price.sale_amount, price.current_amount) = (new.1, new.3);
            (price.effective_from, price.effective_until) = (times.0, times.1);
            let mut event = ProductPriceChanged::new(id, variant, price, times.2, by);
            event.old_price = old.map(|(base, sale, currency)| {
                let mut price = OldPrice::new(base, currency);
                price.sale_amount = sale;
                price
            });
            event
        })
        .boxed()
}

fn price_effective() -> BoxedStrategy<ProductPriceEffective> {
    let amounts = (decimal(), option::of(decimal()), decimal(), currency());
    let cause = prop_oneof![
        select(vec![
            PriceCause::Schedule,
            PriceCause::DiscountStarted,
            PriceCause::DiscountEnded,
            PriceCause::DiscountApplied,
            PriceCause::DiscountRemoved,
        ]),
        Just(PriceCause::Other("x-unheard-of".into())),
    ];
    (product(), variant(), amounts, instant(), cause)
        .prop_map(|(id, variant, amounts, from, cause)| {
            let mut event = ProductPriceEffective::new(id, variant, amounts.0, amounts.3, from, cause);
            (event.sale_amount, event.current_amount) = (amounts.1, amounts.2);
            event
        })
        .boxed()
}

fn variant_state() -> BoxedStrategy<VariantState> {
    let names = (
        variant(),
        text(),
        text(),
        vec((text(), text()), 0..3),
        vec(text(), 0..3),
    );
    let prices = (option::of(money()), option::of(money()));
    let rest = (
        option::of(status()),
        vec(image(), 0..2),
        option::of(instant()),
        option::of(instant()),
    );
    let setup = option::of(select(InventorySetup::KNOWN.to_vec()));
    (names, prices, rest, setup)
        .prop_map(|(names, prices, rest, setup)| {
            let mut state = VariantState::new(names.0, names.1, names.2);
            state.attributes = names
                .3
                .into_iter()
                .map(|(name, value)| Attribute { name, value })
                .collect();
            state.updated_fields = names.4;
            (state.list_price, state.current_price) = prices;
            (state.status, state.images, state.created_at, state.updated_at) = rest;
            state.inventory_setup = setup;
            state
        })
        .boxed()
}

fn category() -> BoxedStrategy<CategoryName> {
    (category_id(), text())
        .prop_map(|(category_id, name)| CategoryName { category_id, name })
        .boxed()
}

fn category_id() -> BoxedStrategy<CategoryId> {
    id_text().prop_map(|text| CategoryId::new(text).unwrap()).boxed()
}

fn image() -> BoxedStrategy<Image> {
    (text(), option::of(text()), any::<u32>())
        .prop_map(|(url, alt, position)| Image { url, alt, position })
        .boxed()
}

fn metadata() -> BoxedStrategy<Map<String, Value>> {
    let value = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        text().prop_map(Value::from),
        vec(text().prop_map(Value::from), 0..3).prop_map(Value::from),
    ];
    vec((text(), value), 0..4)
        .prop_map(|pairs| pairs.into_iter().collect())
        .boxed()
}

fn product() -> BoxedStrategy<ProductId> {
    id_text().prop_map(|text| ProductId::new(text).unwrap()).boxed()
}

fn variant() -> BoxedStrategy<VariantId> {
    id_text().prop_map(|text| VariantId::new(text).unwrap()).boxed()
}

fn id_text() -> BoxedStrategy<String> {
    prop_oneof![
        "[!-~]{1,40}",
        Just("0190f7c2-8a51-7c3e-9d2f-5a1b3c4d5e6f".to_owned())
    ]
    .boxed()
}

/// Readers refuse a NUL in the envelope.
fn envelope_text() -> BoxedStrategy<String> {
    text().prop_map(|text| text.replace('\0', "")).boxed()
}

fn text() -> BoxedStrategy<String> {
    prop_oneof![3 => "[ -~]{0,12}", 1 => proptest::string::string_regex("(?s).{0,12}").unwrap()].boxed()
}

fn status() -> BoxedStrategy<ProductStatus> {
    prop_oneof![
        select(ProductStatus::KNOWN.to_vec()),
        Just(ProductStatus::Other("ARCHIVED".into()))
    ]
    .boxed()
}

fn instant() -> BoxedStrategy<Timestamp> {
    (-2_000_000_000_i64..9_000_000_000, 0..1_000_000_000_u32)
        .prop_map(|(seconds, nanos)| Timestamp::from_unix(seconds, nanos).unwrap())
        .boxed()
}

fn money() -> BoxedStrategy<Money> {
    (decimal(), currency())
        .prop_map(|(amount, currency)| Money::new(amount, currency))
        .boxed()
}

fn currency() -> BoxedStrategy<CurrencyCode> {
    select(vec![
        CurrencyCode::EUR,
        CurrencyCode::USD,
        CurrencyCode::GBP,
        CurrencyCode::JPY,
    ])
    .boxed()
}

fn decimal() -> BoxedStrategy<Decimal> {
    (any::<i64>(), 0..8_u32)
        .prop_map(|(mantissa, scale)| Decimal::new(mantissa.into(), scale).unwrap())
        .boxed()
}
