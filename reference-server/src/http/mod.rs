//! The interface over HTTP: routes, strict reading of requests, and one body for every error.

mod body;
mod categories;
mod correlation;
mod envelope;
pub(crate) mod error;
mod etag;
mod fields;
mod head;
mod health;
mod idempotency;
mod input;
mod json;
mod negotiate;
mod path;
mod prices;
mod products;
mod query;
mod reply;
mod timeout;
mod variants;

pub(crate) use health::Dependencies;

use crate::auth::{Tokens, authenticate};
use crate::catalogue::Catalogue;
use crate::faults::{self, Faults};
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use std::sync::Arc;
use std::time::Duration;

/// Where the business paths live.
pub(crate) const BASE: &str = "/api/v1";

/// What a request may cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// The largest body, in bytes.
    pub(crate) body: usize,
    /// How long a request may take to arrive and to be answered.
    pub(crate) time: Duration,
}

/// What the handlers share.
#[derive(Clone, Debug)]
pub(crate) struct App(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    catalogue: Catalogue,
    limits: Limits,
    in_flight: idempotency::InFlight,
    dependencies: Dependencies,
}

impl App {
    pub(crate) fn new(catalogue: Catalogue, limits: Limits, dependencies: Dependencies) -> Self {
        Self(Arc::new(Parts {
            catalogue,
            limits,
            in_flight: idempotency::InFlight::default(),
            dependencies,
        }))
    }

    fn catalogue(&self) -> &Catalogue {
        &self.0.catalogue
    }

    fn limits(&self) -> Limits {
        self.0.limits
    }

    fn in_flight(&self) -> &idempotency::InFlight {
        &self.0.in_flight
    }

    fn dependencies(&self) -> &Dependencies {
        &self.0.dependencies
    }
}

/// All routes with all that is around them. From the outside in: the envelope (correlation, log, error bodies,
/// panics), faults, and for the business routes the time limit, authentication and negotiation.
pub(crate) fn router(app: App, tokens: Tokens, faults: Faults) -> Router {
    let business = Router::new()
        .route("/products", get(products::list).post(products::create))
        .route("/products/batch", post(products::batch))
        .route(
            "/products/{productId}",
            get(products::read)
                .patch(products::patch)
                .delete(products::delete),
        )
        .route(
            "/products/{productId}/variants",
            get(variants::list).post(variants::create),
        )
        .route("/products/variants/batch", post(variants::batch))
        .route(
            "/products/variants/{variantId}",
            get(variants::read)
                .patch(variants::patch)
                .delete(variants::delete),
        )
        .route(
            "/products/variants/{variantId}/price",
            get(prices::read).put(prices::set),
        )
        .route("/categories", get(categories::list))
        .route("/categories/{categoryId}", get(categories::read))
        .layer(from_fn(negotiate::negotiate))
        .layer(from_fn_with_state(tokens, authenticate))
        .layer(from_fn_with_state(app.limits().time, timeout::limit_time));
    Router::new()
        .nest(BASE, business)
        .merge(health_routes(""))
        .merge(health_routes(BASE))
        .fallback(error::no_such_path)
        .layer(from_fn_with_state(faults, faults::inject))
        .layer(from_fn(envelope::envelope))
        .with_state(app)
}

fn health_routes(base: &str) -> Router<App> {
    Router::new()
        .route(&format!("{base}/health/liveness"), get(health::liveness))
        .route(&format!("{base}/health/readiness"), get(health::readiness))
        .layer(from_fn(negotiate::negotiate))
}
