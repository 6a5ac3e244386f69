//! `/categories`, `/categories/{categoryId}`.

use super::error::ApiError;
use super::etag::IfNoneMatch;
use super::path::PathId;
use super::query::Query;
use super::{App, reply};
use axum::extract::State;
use axum::response::Response;
use product_types::CategoryId;

pub(super) async fn list(State(app): State<App>, mut query: Query) -> Result<Response, ApiError> {
    let page = query.page();
    let parent = query.uuid("parentId").and_then(|id| CategoryId::new(id).ok());
    query.finish()?;
    reply::listed(&app.catalogue().categories(parent.as_ref(), page).await?)
}

pub(super) async fn read(
    State(app): State<App>,
    PathId(id): PathId<CategoryId>,
    held: IfNoneMatch,
) -> Result<Response, ApiError> {
    reply::read(&app.catalogue().category(&id).await?, &held)
}
