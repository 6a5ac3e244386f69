// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /parameters/query`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};
use product_types::Decimal;

use crate::generated::Call;
use crate::generated::models::Colour;

/// Does it.
///
/// Made by [`GoldenClient::query_parameters`](crate::generated::GoldenClient::query_parameters).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct QueryParameters {
    /// What.
    pub must: String,
    /// What. Length: 2 to 9.
    pub text: Option<String>,
    /// What. Range: 1 to 9. Default: `3`.
    pub whole: Option<u32>,
    /// What.
    pub real: Option<f64>,
    /// What.
    pub yes_or_no: Option<bool>,
    /// What.
    pub colour: Option<Colour>,
    /// What.
    pub amount: Option<Decimal>,
    /// What.
    pub r#type: Option<String>,
    /// What.
    pub x_odd_name: Option<String>,
}

impl QueryParameters {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(must: impl Into<String>) -> Self {
        Self {
            must: must.into(),
            text: None,
            whole: None,
            real: None,
            yes_or_no: None,
            colour: None,
            amount: None,
            r#type: None,
            x_odd_name: None,
        }
    }
}

impl Operation for QueryParameters {
    type Output = ();

    const INFO: &'static OperationInfo =
        &OperationInfo::new("queryParameters", Method::GET, "/parameters/query")
            .with_idempotency(Idempotency::Idempotent)
            .with_timeouts(
                Duration::from_secs(1),
                Duration::from_secs(2),
                Duration::from_secs(5),
            )
            .with_breaker_group("default");

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO)
            .query("must", &self.must)
            .query_opt("text", self.text.as_ref())
            .query_opt("whole", self.whole.as_ref())
            .query_opt("real", self.real.as_ref())
            .query_opt("yesOrNo", self.yes_or_no.as_ref())
            .query_opt("colour", self.colour.as_ref())
            .query_opt("amount", self.amount.as_ref())
            .query_opt("type", self.r#type.as_ref())
            .query_opt("X-Odd.Name", self.x_odd_name.as_ref())
            .build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::empty(response)
    }
}

impl Call<QueryParameters> {
    /// What. Length: 2 to 9.
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.operation_mut().text = Some(text.into());
        self
    }

    /// What. Range: 1 to 9. Default: `3`.
    pub fn whole(mut self, whole: u32) -> Self {
        self.operation_mut().whole = Some(whole);
        self
    }

    /// What.
    pub fn real(mut self, real: f64) -> Self {
        self.operation_mut().real = Some(real);
        self
    }

    /// What.
    pub fn yes_or_no(mut self, yes_or_no: bool) -> Self {
        self.operation_mut().yes_or_no = Some(yes_or_no);
        self
    }

    /// What.
    pub fn colour(mut self, colour: Colour) -> Self {
        self.operation_mut().colour = Some(colour);
        self
    }

    /// What.
    pub fn amount(mut self, amount: Decimal) -> Self {
        self.operation_mut().amount = Some(amount);
        self
    }

    /// What.
    pub fn r#type(mut self, r#type: impl Into<String>) -> Self {
        self.operation_mut().r#type = Some(r#type.into());
        self
    }

    /// What.
    pub fn x_odd_name(mut self, x_odd_name: impl Into<String>) -> Self {
        self.operation_mut().x_odd_name = Some(x_odd_name.into());
        self
    }
}
