//! The payloads of the events, from what they tell of.

use crate::domain::{Attribute, CategorySummary, Image, Price, Product, SetPrice, Variant};
use event_contracts::price::{NewPrice, OldPrice, PriceCause, ProductPriceChanged, ProductPriceEffective};
use event_contracts::product::{CategoryName, ProductCreated, ProductUpdated};
use event_contracts::variant::{self, VariantState};
use product_types::{Money, Timestamp};

pub(super) fn product_created(
    product: &Product,
    categories: &[CategorySummary],
    variants: Vec<VariantState>,
    actor: &str,
) -> ProductCreated {
    let mut event = ProductCreated::new(
        product.id.clone(),
        &product.name,
        &product.brand,
        product.created_at,
        actor,
    )
    .with_variants(variants);
    event.description.clone_from(&product.description);
    event.short_description.clone_from(&product.short_description);
    event.tags.clone_from(&product.tags);
    event.status = product.status.clone();
    event.is_hazardous_material = product.is_hazardous_material;
    event.country_of_origin.clone_from(&product.country_of_origin);
    event.categories = category_names(categories);
    event.images = images(&product.images);
    event.search_keywords.clone_from(&product.search_keywords);
    event.metadata.clone_from(&product.metadata);
    event
}

pub(super) fn product_updated(
    product: &Product,
    fields: &[&str],
    categories: &[CategorySummary],
    actor: &str,
) -> ProductUpdated {
    let mut event = ProductUpdated::new(
        product.id.clone(),
        fields.iter().map(|field| (*field).to_owned()).collect(),
        &product.name,
        &product.brand,
        product.status.clone(),
        product.updated_at,
        actor,
    );
    event.description.clone_from(&product.description);
    event.short_description.clone_from(&product.short_description);
    event.tags.clone_from(&product.tags);
    event.categories = category_names(categories);
    event.images = images(&product.images);
    event.search_keywords.clone_from(&product.search_keywords);
    event.metadata.clone_from(&product.metadata);
    event
}

/// The variant as events state it; its list price is the base price.
pub(super) fn variant_state(variant: &Variant, price: Option<&Price>) -> VariantState {
    let mut state = VariantState::new(variant.id.clone(), &variant.sku, &variant.name);
    state.attributes = variant.attributes.iter().map(attribute).collect();
    state.list_price = price.map(|price| Money::new(price.base_price, price.currency));
    state.current_price = price.map(|price| Money::new(price.current_price, price.currency));
    state.status = Some(variant.status.clone());
    state.images = images(&variant.images);
    state.inventory_setup = Some(variant.inventory_setup.clone());
    state.created_at = Some(variant.created_at);
    state.updated_at = Some(variant.updated_at);
    state
}

/// `set` is the price that the caller set, `in_force` the one that is in force after that: the same, unless the
/// former is scheduled.
pub(super) fn price_changed(
    variant: &Variant,
    before: Option<&Price>,
    set: &SetPrice,
    in_force: &Price,
    now: Timestamp,
    actor: &str,
) -> ProductPriceChanged {
    let written = Price::of(variant.id.clone(), set, now);
    let mut new = NewPrice::new(written.base_price, written.currency);
    new.sale_amount = written.sale_price;
    new.effective_from = set.effective_from;
    new.effective_until = set.effective_until;
    // The event has one currency, that of the price set.
    new.current_amount = (in_force.currency == written.currency).then_some(in_force.current_price);
    let mut event = ProductPriceChanged::new(variant.product_id.clone(), variant.id.clone(), new, now, actor);
    event.old_price = before.map(|before| {
        let mut old = OldPrice::new(before.base_price, before.currency);
        old.sale_amount = before.sale_price;
        old
    });
    event
}

pub(super) fn price_effective(variant: &Variant, price: &Price) -> ProductPriceEffective {
    let mut event = ProductPriceEffective::new(
        variant.product_id.clone(),
        variant.id.clone(),
        price.base_price,
        price.currency,
        price.effective_date,
        PriceCause::Schedule,
    );
    event.sale_amount = price.sale_price;
    event.current_amount = price.current_price;
    event
}

fn category_names(categories: &[CategorySummary]) -> Vec<CategoryName> {
    let name = |category: &CategorySummary| CategoryName {
        category_id: category.id.clone(),
        name: category.name.clone(),
    };
    categories.iter().map(name).collect()
}

fn attribute(attribute: &Attribute) -> variant::Attribute {
    variant::Attribute {
        name: attribute.name.clone(),
        value: attribute.value.clone(),
    }
}

fn images(images: &[Image]) -> Vec<variant::Image> {
    let image = |image: &Image| variant::Image {
        url: image.url.clone(),
        alt: image.alt.clone(),
        position: image.position,
    };
    images.iter().map(image).collect()
}
