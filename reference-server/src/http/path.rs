use super::error::ApiError;
use super::fields::uuid;
use crate::domain::Invalid;
use axum::extract::{FromRequestParts, RawPathParams};
use http::request::Parts;
use product_types::{CategoryId, ProductId, VariantId};

/// An id that stands in the path: a UUID of 36 characters.
pub(super) struct PathId<T>(pub(super) T);

/// An id that may stand in a path.
pub(super) trait PathParameter: Sized {
    /// What the route calls it.
    const NAME: &'static str;

    /// From a well-formed UUID in lower case.
    fn from_uuid(text: &str) -> Option<Self>;
}

macro_rules! path_parameter {
    ($id:ty, $name:literal) => {
        impl PathParameter for $id {
            const NAME: &'static str = $name;

            fn from_uuid(text: &str) -> Option<Self> {
                Self::new(text).ok()
            }
        }
    };
}

path_parameter!(ProductId, "productId");
path_parameter!(VariantId, "variantId");
path_parameter!(CategoryId, "categoryId");

impl<T: PathParameter, S: Send + Sync> FromRequestParts<S> for PathId<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let parameters = RawPathParams::from_request_parts(parts, state)
            .await
            .map_err(|_| ApiError::unreadable("The path is not well-formed."))?;
        parameters
            .iter()
            .find(|(name, _)| *name == T::NAME)
            .and_then(|(_, value)| T::from_uuid(&uuid(value)?))
            .map(Self)
            .ok_or_else(|| Invalid::one(T::NAME, "must be a UUID").into())
    }
}
