//! `/products/{productId}/variants`, `/products/variants/batch`, `/products/variants/{variantId}`.

use super::body::{JsonBody, PatchBody};
use super::correlation::CorrelationId;
use super::error::ApiError;
use super::etag::{IfMatch, IfNoneMatch};
use super::idempotency::{IdempotencyKey, recall, remember};
use super::input::Ids;
use super::path::PathId;
use super::products::author;
use super::query::Query;
use super::{App, BASE, reply};
use crate::auth::{Allowed, Caller, EditCatalogue, ManageCatalogue, ReadBatches};
use crate::domain::{NewVariant, VariantPatch};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use product_types::{ProductId, VariantId};

pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    PathId(product): PathId<ProductId>,
    mut query: Query,
) -> Result<Response, ApiError> {
    let page = query.page();
    query.finish()?;
    reply::listed(
        &app.catalogue()
            .variants(&product, page, caller.visibility())
            .await?,
    )
}

pub(super) async fn create(
    State(app): State<App>,
    Allowed { caller, .. }: Allowed<EditCatalogue>,
    PathId(product): PathId<ProductId>,
    correlation_id: CorrelationId,
    key: IdempotencyKey,
    body: JsonBody<NewVariant>,
) -> Result<Response, ApiError> {
    body.value.validate(app.catalogue().now())?;
    let request = key.request(&caller, &format!("createVariant {product}"), &body);
    let _running = request
        .as_ref()
        .map(|request| app.in_flight().begin(request))
        .transpose()?;
    let mut work = app.catalogue().begin(author(&caller, &correlation_id)).await?;
    if let Some(answer) = recall(&mut work, request.as_ref()).await? {
        return Ok(answer.into_response());
    }
    let variant = work.create_variant(&product, body.value).await?;
    let answer = reply::created(&variant, format!("{BASE}/products/variants/{}", variant.id))?;
    remember(&mut work, request.as_ref(), &answer).await?;
    work.commit().await?;
    Ok(answer.into_response())
}

pub(super) async fn batch(
    State(app): State<App>,
    Allowed { caller, .. }: Allowed<ReadBatches>,
    body: JsonBody<Ids<VariantId>>,
) -> Result<Response, ApiError> {
    let ids = body.value.checked()?;
    reply::plain(&app.catalogue().variant_batch(ids, caller.visibility()).await?)
}

pub(super) async fn read(
    State(app): State<App>,
    caller: Caller,
    PathId(id): PathId<VariantId>,
    held: IfNoneMatch,
) -> Result<Response, ApiError> {
    reply::read(&app.catalogue().variant(&id, caller.visibility()).await?, &held)
}

pub(super) async fn patch(
    State(app): State<App>,
    Allowed { caller, .. }: Allowed<EditCatalogue>,
    PathId(id): PathId<VariantId>,
    correlation_id: CorrelationId,
    condition: IfMatch,
    PatchBody(patch): PatchBody<VariantPatch>,
) -> Result<Response, ApiError> {
    patch.validate()?;
    let mut work = app.catalogue().begin(author(&caller, &correlation_id)).await?;
    let variant = work
        .patch_variant(&id, patch, |variant| condition.admits(variant))
        .await?;
    work.commit().await?;
    reply::changed(&variant)
}

pub(super) async fn delete(
    State(app): State<App>,
    Allowed { caller, .. }: Allowed<ManageCatalogue>,
    PathId(id): PathId<VariantId>,
    correlation_id: CorrelationId,
    condition: IfMatch,
) -> Result<Response, ApiError> {
    let mut work = app.catalogue().begin(author(&caller, &correlation_id)).await?;
    work.delete_variant(&id, |variant| condition.admits(variant))
        .await?;
    work.commit().await?;
    Ok(reply::deleted())
}
