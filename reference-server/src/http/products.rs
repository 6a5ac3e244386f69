//! `/products`, `/products/batch`, `/products/{productId}`.

use super::body::{JsonBody, PatchBody};
use super::correlation::CorrelationId;
use super::error::ApiError;
use super::etag::{IfMatch, IfNoneMatch};
use super::idempotency::{IdempotencyKey, recall, remember};
use super::input::Ids;
use super::path::PathId;
use super::query::Query;
use super::{App, BASE, reply};
use crate::auth::{Allowed, Caller, EditCatalogue, ManageCatalogue, ReadBatches};
use crate::catalogue::Author;
use crate::domain::{NewProduct, ProductPatch};
use crate::store::{ProductFilter, SortField, SortKey};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use product_types::{CategoryId, ProductId, ProductStatus};

pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    mut query: Query,
) -> Result<Response, ApiError> {
    let page = query.page();
    let filter = ProductFilter {
        sort: query.parsed("sort", sort).unwrap_or_default(),
        status: query.parsed("status", status),
        brand: query.text("brand", 1..=100),
        category_id: query.uuid("categoryId").and_then(|id| CategoryId::new(id).ok()),
        search: query.text("search", 1..=200),
        without_drafts: false,
    };
    query.finish()?;
    reply::listed(
        &app.catalogue()
            .products(filter, page, caller.visibility())
            .await?,
    )
}

pub(super) async fn create(
    State(app): State<App>,
    Allowed { caller, .. }: Allowed<EditCatalogue>,
    correlation_id: CorrelationId,
    key: IdempotencyKey,
    body: JsonBody<NewProduct>,
) -> Result<Response, ApiError> {
    body.value.validate(app.catalogue().now())?;
    let request = key.request(&caller, "createProduct", &body);
    let _running = request
        .as_ref()
        .map(|request| app.in_flight().begin(request))
        .transpose()?;
    let mut work = app.catalogue().begin(author(&caller, &correlation_id)).await?;
    if let Some(answer) = recall(&mut work, request.as_ref()).await? {
        return Ok(answer.into_response());
    }
    let (product, _) = work.create_product(body.value).await?;
    let answer = reply::created(&product, format!("{BASE}/products/{}", product.id))?;
    remember(&mut work, request.as_ref(), &answer).await?;
    work.commit().await?;
    Ok(answer.into_response())
}

pub(super) async fn batch(
    State(app): State<App>,
    Allowed { caller, .. }: Allowed<ReadBatches>,
    body: JsonBody<Ids<ProductId>>,
) -> Result<Response, ApiError> {
    let ids = body.value.checked()?;
    reply::plain(&app.catalogue().product_batch(ids, caller.visibility()).await?)
}

pub(super) async fn read(
    State(app): State<App>,
    caller: Caller,
    PathId(id): PathId<ProductId>,
    held: IfNoneMatch,
) -> Result<Response, ApiError> {
    reply::read(&app.catalogue().product(&id, caller.visibility()).await?, &held)
}

pub(super) async fn patch(
    State(app): State<App>,
    Allowed { caller, .. }: Allowed<EditCatalogue>,
    PathId(id): PathId<ProductId>,
    correlation_id: CorrelationId,
    condition: IfMatch,
    PatchBody(patch): PatchBody<ProductPatch>,
) -> Result<Response, ApiError> {
    if patch.status.is_some() && !caller.may::<ManageCatalogue>() {
        return Err(ApiError::forbidden());
    }
    patch.validate()?;
    let mut work = app.catalogue().begin(author(&caller, &correlation_id)).await?;
    let product = work
        .patch_product(&id, patch, |product| condition.admits(product))
        .await?;
    work.commit().await?;
    reply::changed(&product)
}

pub(super) async fn delete(
    State(app): State<App>,
    Allowed { caller, .. }: Allowed<ManageCatalogue>,
    PathId(id): PathId<ProductId>,
    correlation_id: CorrelationId,
    condition: IfMatch,
) -> Result<Response, ApiError> {
    let mut work = app.catalogue().begin(author(&caller, &correlation_id)).await?;
    work.delete_product(&id, |product| condition.admits(product))
        .await?;
    work.commit().await?;
    Ok(reply::deleted())
}

/// Who changes something, as it stands in events and records.
pub(super) fn author(caller: &Caller, correlation_id: &CorrelationId) -> Author {
    Author {
        actor: caller.subject().to_owned(),
        correlation_id: correlation_id.as_str().to_owned(),
    }
}

fn status(text: &str) -> Result<ProductStatus, &'static str> {
    let status = text.parse().ok().filter(ProductStatus::is_known);
    status.ok_or("must be one of DRAFT, ACTIVE, INACTIVE, DISCONTINUED")
}

/// Up to three fields: `name`, `-createdAt`, `updatedAt:desc`. One that is repeated has its say the first time.
fn sort(text: &str) -> Result<Vec<SortKey>, &'static str> {
    const PROBLEM: &str = "must be up to three of name, createdAt, updatedAt, id, separated by commas, \
        each with - in front or :asc or :desc behind it if wanted";
    let mut keys: Vec<SortKey> = Vec::new();
    for (at, word) in text.split(',').enumerate() {
        let (name, descending) = match (word.strip_prefix('-'), word.split_once(':')) {
            (Some(name), None) => (name, true),
            (None, Some((name, "desc"))) => (name, true),
            (None, Some((name, "asc"))) => (name, false),
            (None, None) => (word, false),
            _ => return Err(PROBLEM),
        };
        let field = match name {
            "name" => SortField::Name,
            "createdAt" => SortField::CreatedAt,
            "updatedAt" => SortField::UpdatedAt,
            "id" => SortField::Id,
            _ => return Err(PROBLEM),
        };
        if at == 3 {
            return Err(PROBLEM);
        }
        if keys.iter().all(|key| key.field != field) {
            keys.push(SortKey { field, descending });
        }
    }
    Ok(keys)
}
