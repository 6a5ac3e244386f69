//! What each event does to the projection's two tables.

use event_contracts::ProductEvent;
use event_contracts::product::ProductCreated;
use event_contracts::variant::VariantState;
use product_types::{InventorySetup, Money, ProductId, ProductStatus, Timestamp, VariantId};
use sqlx::{Result, SqliteConnection};

/// Applies an event; false when its type says nothing to this projection.
pub(super) async fn apply(write: &mut SqliteConnection, event: &ProductEvent) -> Result<bool> {
    match event {
        ProductEvent::Created(event) => created(write, event.payload()).await?,
        ProductEvent::Updated(event) => {
            let event = event.payload();
            let (name, brand) = (&event.name, &event.brand);
            product(
                write,
                &event.product_id,
                name,
                brand,
                &event.status,
                event.updated_at,
            )
            .await?;
            for state in &event.variants {
                variant(write, &event.product_id, state, event.updated_at).await?;
            }
        }
        ProductEvent::Deleted(event) => deleted(write, &event.payload().product_id).await?,
        ProductEvent::StatusChanged(event) => {
            let event = event.payload();
            sqlx::query("UPDATE projection_products SET status = ?, as_of = ? WHERE product_id = ?")
                .bind(event.new_status.as_str())
                .bind(event.changed_at.to_string())
                .bind(event.product_id.as_str())
                .execute(write)
                .await?;
        }
        ProductEvent::VariantAdded(event) => {
            let at = event.metadata().timestamp;
            variant(write, &event.payload().product_id, &event.payload().variant, at).await?;
        }
        ProductEvent::VariantUpdated(event) => {
            let at = event.metadata().timestamp;
            variant(write, &event.payload().product_id, &event.payload().variant, at).await?;
        }
        ProductEvent::VariantRemoved(event) => {
            sqlx::query("DELETE FROM projection_variants WHERE variant_id = ?")
                .bind(event.payload().variant_id.as_str())
                .execute(write)
                .await?;
        }
        ProductEvent::PriceChanged(event) => {
            let event = event.payload();
            // Nothing changes yet for a buyer when the price is scheduled: ProductPriceEffective will say when.
            if let Some(amount) = event.current_amount().filter(|_| !event.is_scheduled()) {
                let since = event.new_price.effective_from.unwrap_or(event.updated_at);
                let price = Money::new(amount, event.new_price.currency);
                let id = event.variant_id.as_ref().map(VariantId::as_str);
                // A writer that knows no variant's id names it by its sku.
                let sku = event.variant_sku.as_deref().filter(|_| id.is_none());
                priced(write, id, sku, price, since, event.updated_at).await?;
            }
        }
        ProductEvent::PriceEffective(event) => {
            let (event, at) = (event.payload(), event.metadata().timestamp);
            let price = Money::new(event.current_amount, event.currency);
            let id = Some(event.variant_id.as_str());
            priced(write, id, None, price, event.effective_from, at).await?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

async fn created(write: &mut SqliteConnection, event: &ProductCreated) -> Result<()> {
    let (name, brand) = (&event.name, &event.brand);
    product(
        write,
        &event.product_id,
        name,
        brand,
        &event.status,
        event.created_at,
    )
    .await?;
    for state in &event.variants {
        variant(write, &event.product_id, state, event.created_at).await?;
    }
    Ok(())
}

async fn product(
    write: &mut SqliteConnection,
    id: &ProductId,
    name: &str,
    brand: &str,
    status: &ProductStatus,
    at: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO projection_products (product_id, name, brand, status, as_of) VALUES (?, ?, ?, ?, ?) \
         ON CONFLICT (product_id) DO UPDATE SET name = excluded.name, brand = excluded.brand, \
         status = excluded.status, as_of = excluded.as_of",
    )
    .bind(id.as_str())
    .bind(name)
    .bind(brand)
    .bind(status.as_str())
    .bind(at.to_string())
    .execute(write)
    .await?;
    Ok(())
}

async fn deleted(write: &mut SqliteConnection, id: &ProductId) -> Result<()> {
    sqlx::query("DELETE FROM projection_variants WHERE product_id = ?")
        .bind(id.as_str())
        .execute(&mut *write)
        .await?;
    sqlx::query("DELETE FROM projection_products WHERE product_id = ?")
        .bind(id.as_str())
        .execute(write)
        .await?;
    Ok(())
}

/// Writes a variant as the event states it. What an event of version 1.0 does not state is taken as: on sale, ready.
async fn variant(
    write: &mut SqliteConnection,
    product_id: &ProductId,
    state: &VariantState,
    at: Timestamp,
) -> Result<()> {
    let attributes =
        serde_json::to_string(&state.attributes).map_err(|cause| sqlx::Error::Encode(cause.into()))?;
    let price = state.price();
    sqlx::query(
        "INSERT INTO projection_variants (variant_id, product_id, sku, name, status, inventory_setup, attributes, \
         amount, currency, price_since, created_at, as_of) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
         ON CONFLICT (variant_id) DO UPDATE SET sku = excluded.sku, name = excluded.name, \
         status = excluded.status, inventory_setup = excluded.inventory_setup, attributes = excluded.attributes, \
         price_since = CASE WHEN amount IS excluded.amount AND currency IS excluded.currency \
                       THEN price_since ELSE excluded.price_since END, \
         amount = excluded.amount, currency = excluded.currency, as_of = excluded.as_of",
    )
    .bind(state.variant_id.as_str())
    .bind(product_id.as_str())
    .bind(&state.sku)
    .bind(&state.name)
    .bind(state.status.as_ref().unwrap_or(&ProductStatus::Active).as_str())
    .bind(state.inventory_setup.as_ref().unwrap_or(&InventorySetup::Ready).as_str())
    .bind(attributes)
    .bind(price.map(|price| price.amount.to_string()))
    .bind(price.map(|price| price.currency.to_string()))
    .bind(price.map(|_| at.to_string()))
    .bind(state.created_at.unwrap_or(at).to_string())
    .bind(at.to_string())
    .execute(write)
    .await?;
    Ok(())
}

async fn priced(
    write: &mut SqliteConnection,
    id: Option<&str>,
    sku: Option<&str>,
    price: Money,
    since: Timestamp,
    at: Timestamp,
) -> Result<()> {
    sqlx::query(
        "UPDATE projection_variants SET amount = ?, currency = ?, price_since = ?, as_of = ? WHERE variant_id = ? OR sku = ?",
    )
    .bind(price.amount.to_string())
    .bind(price.currency.to_string())
    .bind(since.to_string())
    .bind(at.to_string())
    .bind(id)
    .bind(sku)
    .execute(write)
    .await?;
    Ok(())
}
