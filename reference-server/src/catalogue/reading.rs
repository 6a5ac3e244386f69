use super::{Catalogue, CatalogueError, Visibility};
use crate::domain::{Category, Page, PageRequest, Price, Product, Refusal, Variant};
use crate::store::{ProductFilter, StoreError, categories, prices, products, variants};
use event_messaging_sqlite::Totals;
use product_types::{CategoryId, ProductId, VariantId};
use serde::Serialize;
use std::collections::HashMap;

/// What a batch read found.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Batch<T, I> {
    /// In the order in which the ids are first mentioned.
    pub(crate) items: Vec<T>,
    pub(crate) missing: Vec<I>,
}

impl Catalogue {
    pub(crate) async fn product(&self, id: &ProductId, sight: Visibility) -> Result<Product, CatalogueError> {
        let mut reader = self.store.reader().await?;
        products::find(&mut reader, id)
            .await?
            .filter(|product| sight.shows_product(product))
            .ok_or_else(|| Refusal::NotFound("product").into())
    }

    pub(crate) async fn products(
        &self,
        mut filter: ProductFilter,
        page: PageRequest,
        sight: Visibility,
    ) -> Result<Page<Product>, CatalogueError> {
        filter.without_drafts = sight.hides_drafts();
        // One snapshot for the count and the page.
        let mut reader = self.store.reader().await?;
        let mut snapshot = sqlx::Connection::begin(&mut *reader).await?;
        Ok(products::list(&mut snapshot, &filter, page).await?)
    }

    pub(crate) async fn product_batch(
        &self,
        ids: Vec<ProductId>,
        sight: Visibility,
    ) -> Result<Batch<Product, ProductId>, CatalogueError> {
        let mut reader = self.store.reader().await?;
        let mut found = products::find_all(&mut reader, &ids).await?;
        found.retain(|product| sight.shows_product(product));
        Ok(in_order(ids, found, |product| &product.id))
    }

    pub(crate) async fn variant(&self, id: &VariantId, sight: Visibility) -> Result<Variant, CatalogueError> {
        let mut reader = self.store.reader().await?;
        variants::find(&mut reader, id)
            .await?
            .filter(|variant| sight.shows_variant(variant))
            .ok_or_else(|| Refusal::NotFound("variant").into())
    }

    pub(crate) async fn variants(
        &self,
        product: &ProductId,
        page: PageRequest,
        sight: Visibility,
    ) -> Result<Page<Variant>, CatalogueError> {
        let mut reader = self.store.reader().await?;
        let mut snapshot = sqlx::Connection::begin(&mut *reader).await?;
        products::find(&mut snapshot, product)
            .await?
            .filter(|product| sight.shows_product(product))
            .ok_or(Refusal::NotFound("product"))?;
        Ok(variants::list(&mut snapshot, product, sight.hides_drafts(), page).await?)
    }

    pub(crate) async fn variant_batch(
        &self,
        ids: Vec<VariantId>,
        sight: Visibility,
    ) -> Result<Batch<Variant, VariantId>, CatalogueError> {
        let mut reader = self.store.reader().await?;
        let mut found = variants::find_all(&mut reader, &ids).await?;
        found.retain(|variant| sight.shows_variant(variant));
        Ok(in_order(ids, found, |variant| &variant.id))
    }

    pub(crate) async fn price(&self, id: &VariantId, sight: Visibility) -> Result<Price, CatalogueError> {
        let mut reader = self.store.reader().await?;
        let mut snapshot = sqlx::Connection::begin(&mut *reader).await?;
        variants::find(&mut snapshot, id)
            .await?
            .filter(|variant| sight.shows_variant(variant))
            .ok_or(Refusal::NotFound("variant"))?;
        prices::find(&mut snapshot, id)
            .await?
            .ok_or_else(|| Refusal::NotFound("price").into())
    }

    pub(crate) async fn category(&self, id: &CategoryId) -> Result<Category, CatalogueError> {
        let mut reader = self.store.reader().await?;
        categories::find(&mut reader, id)
            .await?
            .ok_or_else(|| Refusal::NotFound("category").into())
    }

    pub(crate) async fn categories(
        &self,
        parent: Option<&CategoryId>,
        page: PageRequest,
    ) -> Result<Page<Category>, CatalogueError> {
        let mut reader = self.store.reader().await?;
        let mut snapshot = sqlx::Connection::begin(&mut *reader).await?;
        Ok(categories::list(&mut snapshot, parent, page).await?)
    }

    /// How many events wait in the outbox, and how many have left it.
    pub(crate) async fn events(&self) -> Result<Totals, StoreError> {
        Ok(self.store.outbox().totals().await?)
    }
}

/// Each id once: found, or missing.
fn in_order<T, I>(ids: Vec<I>, found: Vec<T>, id_of: impl Fn(&T) -> &I) -> Batch<T, I>
where
    I: Clone + Eq + std::hash::Hash,
{
    let mut found: HashMap<I, Option<T>> = found
        .into_iter()
        .map(|item| (id_of(&item).clone(), Some(item)))
        .collect();
    let mut batch = Batch {
        items: Vec::with_capacity(found.len()),
        missing: Vec::new(),
    };
    for id in ids {
        match found.entry(id) {
            std::collections::hash_map::Entry::Occupied(mut item) => {
                batch.items.extend(item.get_mut().take());
            }
            std::collections::hash_map::Entry::Vacant(vacant) => {
                batch.missing.push(vacant.key().clone());
                // Mentioned again, it is neither found nor missing again.
                vacant.insert(None);
            }
        }
    }
    batch
}
