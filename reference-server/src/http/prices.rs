//! `/products/variants/{variantId}/price`.

use super::body::JsonBody;
use super::correlation::CorrelationId;
use super::error::ApiError;
use super::etag::IfNoneMatch;
use super::path::PathId;
use super::products::author;
use super::{App, reply};
use crate::auth::{Allowed, Caller, SetPrices};
use crate::domain::SetPrice;
use axum::extract::State;
use axum::response::Response;
use product_types::VariantId;

pub(super) async fn read(
    State(app): State<App>,
    caller: Caller,
    PathId(id): PathId<VariantId>,
    held: IfNoneMatch,
) -> Result<Response, ApiError> {
    reply::read(&app.catalogue().price(&id, caller.visibility()).await?, &held)
}

pub(super) async fn set(
    State(app): State<App>,
    Allowed { caller, .. }: Allowed<SetPrices>,
    PathId(id): PathId<VariantId>,
    correlation_id: CorrelationId,
    body: JsonBody<SetPrice>,
) -> Result<Response, ApiError> {
    body.value.validate(app.catalogue().now())?;
    let mut work = app.catalogue().begin(author(&caller, &correlation_id)).await?;
    let price = work.set_price(&id, &body.value).await?;
    work.commit().await?;
    reply::changed(&price)
}
