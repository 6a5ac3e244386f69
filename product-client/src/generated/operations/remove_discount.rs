// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `DELETE /products/variants/{variantId}/discounts/{discountId}`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};
use product_types::{DiscountId, VariantId};

/// Removes a discount from a variant.
///
/// Made by [`ProductClient::remove_discount`](crate::generated::ProductClient::remove_discount).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RemoveDiscount {
    /// The variant.
    pub variant_id: VariantId,
    /// The discount.
    pub discount_id: DiscountId,
}

impl RemoveDiscount {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(variant_id: VariantId, discount_id: DiscountId) -> Self {
        Self {
            variant_id,
            discount_id,
        }
    }
}

impl Operation for RemoveDiscount {
    type Output = ();

    const INFO: &'static OperationInfo = &OperationInfo::new(
        "removeDiscount",
        Method::DELETE,
        "/products/variants/{variantId}/discounts/{discountId}",
    )
    .with_idempotency(Idempotency::Idempotent)
    .with_timeouts(
        Duration::from_secs(1),
        Duration::from_secs(3),
        Duration::from_secs(8),
    )
    .with_breaker_group("catalogue-writes");

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO)
            .path_parameter("variantId", &self.variant_id)
            .path_parameter("discountId", &self.discount_id)
            .build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::empty(response)
    }
}
