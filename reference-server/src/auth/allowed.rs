use super::{Caller, Role};
use crate::http::error::ApiError;
use axum::extract::FromRequestParts;
use http::request::Parts;
use std::marker::PhantomData;

/// What an operation asks of its caller: any one of the roles is enough, or being a service.
pub(crate) trait Permission: Send + Sync + 'static {
    const ROLES: &'static [Role];
    const SERVICES: bool = false;
}

/// Creating and changing products and variants.
pub(crate) struct EditCatalogue;

impl Permission for EditCatalogue {
    const ROLES: &'static [Role] = &[Role::Admin, Role::Manager, Role::Editor];
}

/// Deleting, and changing the status of a product.
pub(crate) struct ManageCatalogue;

impl Permission for ManageCatalogue {
    const ROLES: &'static [Role] = &[Role::Admin, Role::Manager];
}

/// Setting prices.
pub(crate) struct SetPrices;

impl Permission for SetPrices {
    const ROLES: &'static [Role] = &[Role::Admin, Role::Manager, Role::Marketing];
}

/// Reading many things at once.
pub(crate) struct ReadBatches;

impl Permission for ReadBatches {
    const ROLES: &'static [Role] = &[Role::Admin, Role::Manager];
    const SERVICES: bool = true;
}

/// A caller who may do it. As the first argument of a handler it is looked at before everything else: 401 without a
/// token, 403 with one that is not enough.
pub(crate) struct Allowed<P> {
    pub(crate) caller: Caller,
    permission: PhantomData<P>,
}

impl<P: Permission, S: Send + Sync> FromRequestParts<S> for Allowed<P> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let caller = Caller::from_request_parts(parts, state).await?;
        if caller == Caller::Anonymous {
            return Err(ApiError::unauthorized());
        }
        if !caller.may::<P>() {
            return Err(ApiError::forbidden());
        }
        Ok(Self {
            caller,
            permission: PhantomData,
        })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        // The layer that authenticates is around every route that asks.
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(ApiError::unauthorized)
    }
}
