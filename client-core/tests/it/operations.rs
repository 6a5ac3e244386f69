//! The operations that the tests call, written as a generator would write them.

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::testing::ScriptedTransport;
use client_core::{
    BuildError, Client, ClientBuilder, ClientPolicy, DecodeError, Idempotency, Operation, OperationInfo,
    RequestBuilder, decode, http,
};
use resilience::retry::Random;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Price {
    pub(crate) amount: String,
    pub(crate) currency: String,
}

pub(crate) fn price() -> Price {
    Price {
        amount: "89.90".to_owned(),
        currency: "EUR".to_owned(),
    }
}

/// Idempotent by nature.
#[derive(Clone, Debug)]
pub(crate) struct ReadPrice(pub(crate) String);

pub(crate) static READ_PRICE: OperationInfo =
    OperationInfo::new("readPrice", http::Method::GET, "/variants/{variantId}/price")
        .with_idempotency(Idempotency::Idempotent)
        .with_timeouts(
            Duration::from_millis(500),
            Duration::from_millis(600),
            Duration::from_millis(1500),
        )
        .with_breaker_group("checkout");

impl Operation for ReadPrice {
    type Output = Price;
    const INFO: &'static OperationInfo = &READ_PRICE;

    fn to_request(&self) -> Result<http::Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO)
            .path_parameter("variantId", &self.0)
            .build()
    }

    fn parse(response: &http::Response<Bytes>) -> Result<Price, DecodeError> {
        decode::json(response)
    }
}

pub(crate) fn read_price() -> ReadPrice {
    ReadPrice("v-1".to_owned())
}

/// Idempotent by its key.
#[derive(Clone, Debug)]
pub(crate) struct CreateProduct;

pub(crate) static CREATE_PRODUCT: OperationInfo =
    OperationInfo::new("createProduct", http::Method::POST, "/products")
        .with_idempotency(Idempotency::WithKey)
        .with_timeouts(
            Duration::from_secs(1),
            Duration::from_secs(3),
            Duration::from_secs(8),
        )
        .with_breaker_group("writes");

impl Operation for CreateProduct {
    type Output = ();
    const INFO: &'static OperationInfo = &CREATE_PRODUCT;

    fn to_request(&self) -> Result<http::Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO).json(&price()).build()
    }

    fn parse(response: &http::Response<Bytes>) -> Result<(), DecodeError> {
        decode::empty(response)
    }
}

/// Not idempotent at all.
#[derive(Clone, Debug)]
pub(crate) struct SendAlert;

pub(crate) static SEND_ALERT: OperationInfo = OperationInfo::new("sendAlert", http::Method::POST, "/alerts");

impl Operation for SendAlert {
    type Output = ();
    const INFO: &'static OperationInfo = &SEND_ALERT;

    fn to_request(&self) -> Result<http::Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO)
            .json("the catalogue import failed")
            .build()
    }

    fn parse(response: &http::Response<Bytes>) -> Result<(), DecodeError> {
        decode::empty(response)
    }
}

/// A client over a script, with a fixed seed.
pub(crate) fn client(transport: &ScriptedTransport) -> Client {
    builder(transport).build().unwrap()
}

pub(crate) fn builder(transport: &ScriptedTransport) -> ClientBuilder {
    Client::builder("https://products.test/api/v1")
        .transport(transport.clone())
        .random(Random::seeded(7))
}

/// The default policy without a breaker, so that a test of retries sees retries only.
pub(crate) fn without_breaker() -> ClientPolicy {
    let mut policy = ClientPolicy::default();
    policy.breaker = None;
    policy
}
