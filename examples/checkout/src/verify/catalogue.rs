//! The projection against its source: the API is read page by page, and every product and variant compared.

use crate::failure::Failure;
use crate::order_service::projection::{KnownProduct, KnownVariant, Projection};
use futures_util::stream::{self, StreamExt, TryStreamExt};
use product_client::{Error, Product, ProductClient, Variant};
use product_types::{Money, ProductId, VariantId};
use std::collections::HashMap;

/// The largest page that the API gives.
const PAGE: u32 = 100;

/// Products whose variants are read at the same time.
const SIDE_BY_SIDE: usize = 8;

/// Differences that are told in words; all are counted.
const TOLD: usize = 10;

/// What the comparison found.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// Products compared.
    pub products: usize,
    /// Variants compared.
    pub variants: usize,
    /// Differences.
    pub differing: usize,
    /// The first of them, in words.
    pub differences: Vec<String>,
}

impl Comparison {
    fn differs(&mut self, what: impl FnOnce() -> String) {
        self.differing += 1;
        if self.differences.len() < TOLD {
            self.differences.push(what());
        }
    }
}

/// Reads everything from both sides and compares: what is there, names, statuses, SKUs, prices, what can be bought.
///
/// The source must be at rest meanwhile. `client` must be allowed to see drafts.
///
/// # Errors
///
/// When one of the two cannot be read.
pub async fn compare(client: &ProductClient, projection: &Projection) -> Result<Comparison, Failure> {
    let unreadable =
        |cause| Failure::because("cannot read the catalogue to compare the projection with", cause);
    let products = all_products(client).await.map_err(unreadable)?;
    let variants: Vec<Vec<Variant>> = stream::iter(&products)
        .map(|product| all_variants(client, &product.id))
        .buffered(SIDE_BY_SIDE)
        .try_collect()
        .await
        .map_err(unreadable)?;
    let known_products = by_id(projection.products().await?, |known| known.id.clone());
    let known_variants = by_id(projection.variants().await?, |known| known.id.clone());

    let mut comparison = Comparison::default();
    compare_products(&mut comparison, &products, known_products);
    compare_variants(&mut comparison, variants.into_iter().flatten(), known_variants);
    Ok(comparison)
}

async fn all_products(client: &ProductClient) -> Result<Vec<Product>, Error> {
    let mut products = Vec::new();
    for number in 1.. {
        let page = client
            .list_products()
            .sort(["id"])
            .page(number)
            .limit(PAGE)
            .await?;
        let is_last = page.items.len() < PAGE as usize;
        products.extend(page.items);
        if is_last {
            break;
        }
    }
    Ok(products)
}

async fn all_variants(client: &ProductClient, product: &ProductId) -> Result<Vec<Variant>, Error> {
    let mut variants = Vec::new();
    for number in 1.. {
        let page = client
            .list_variants(product.clone())
            .page(number)
            .limit(PAGE)
            .await?;
        let is_last = page.items.len() < PAGE as usize;
        variants.extend(page.items);
        if is_last {
            break;
        }
    }
    Ok(variants)
}

fn compare_products(
    comparison: &mut Comparison,
    source: &[Product],
    mut known: HashMap<ProductId, KnownProduct>,
) {
    for product in source {
        comparison.products += 1;
        let wanted = KnownProduct {
            id: product.id.clone(),
            name: product.name.clone(),
            brand: product.brand.clone(),
            status: product.status.clone(),
        };
        match known.remove(&product.id) {
            Some(known) if known == wanted => {}
            Some(known) => comparison.differs(|| format!("product is {wanted:?}, projected {known:?}")),
            None => comparison.differs(|| format!("product {} is not projected", product.id)),
        }
    }
    for id in known.keys() {
        comparison.differs(|| format!("product {id} is projected and not there"));
    }
}

fn compare_variants(
    comparison: &mut Comparison,
    source: impl Iterator<Item = Variant>,
    mut known: HashMap<VariantId, KnownVariant>,
) {
    for variant in source {
        comparison.variants += 1;
        match known.remove(&variant.id) {
            Some(known) if same(&variant, &known) => {}
            Some(known) => comparison.differs(|| format!("variant is {variant:?}, projected {known:?}")),
            None => comparison.differs(|| format!("variant {} is not projected", variant.id)),
        }
    }
    for id in known.keys() {
        comparison.differs(|| format!("variant {id} is projected and not there"));
    }
}

fn same(source: &Variant, known: &KnownVariant) -> bool {
    let price = source
        .price
        .as_ref()
        .map(|price| Money::new(price.amount, price.currency));
    source.product_id == known.product_id
        && source.sku == known.sku
        && source.name == known.name
        && source.status == known.status
        && source.product_status == known.product_status
        && source.inventory_setup == known.inventory_setup
        && source.purchasable == known.purchasable()
        && price == known.price.map(|(price, _)| price)
        && source.attributes.len() == known.attributes.len()
        && source
            .attributes
            .iter()
            .zip(&known.attributes)
            .all(|(source, known)| source.name == known.name && source.value == known.value)
}

fn by_id<Id: std::hash::Hash + Eq, T>(all: Vec<T>, id: impl Fn(&T) -> Id) -> HashMap<Id, T> {
    all.into_iter().map(|one| (id(&one), one)).collect()
}
