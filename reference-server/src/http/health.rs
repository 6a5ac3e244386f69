//! `/health/liveness`, `/health/readiness`.

use super::error::ApiError;
use super::{App, reply};
use crate::store::Store;
use axum::extract::State;
use axum::response::Response;
use event_messaging::clock;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How long the database may take to answer a question about its health.
const PATIENCE: Duration = Duration::from_secs(1);

/// What the server stands on.
#[derive(Clone, Debug)]
pub(crate) struct Dependencies {
    pub(crate) store: Store,
    /// Whether the relay to the broker runs; `None` without a broker.
    pub(crate) broker: Option<Arc<AtomicBool>>,
}

#[derive(Serialize)]
struct Health {
    status: &'static str,
    dependencies: Vec<DependencyHealth>,
}

#[derive(Serialize)]
struct DependencyHealth {
    name: &'static str,
    status: &'static str,
}

/// The process answers, and that is all it says.
pub(super) async fn liveness() -> Result<Response, ApiError> {
    reply::plain(&Health {
        status: "UP",
        dependencies: Vec::new(),
    })
}

pub(super) async fn readiness(State(app): State<App>) -> Result<Response, ApiError> {
    let dependencies = app.dependencies().check().await;
    if dependencies.iter().all(|dependency| dependency.status == "UP") {
        return reply::plain(&Health {
            status: "UP",
            dependencies,
        });
    }
    let details: BTreeMap<String, String> = dependencies
        .into_iter()
        .map(|dependency| (dependency.name.to_owned(), dependency.status.to_owned()))
        .collect();
    Err(ApiError::not_ready(details))
}

impl Dependencies {
    async fn check(&self) -> Vec<DependencyHealth> {
        let answer = clock::until(clock::now() + PATIENCE, self.store.check()).await;
        let mut all = vec![DependencyHealth {
            name: "store",
            status: word(matches!(answer, Some(Ok(())))),
        }];
        all.extend(self.broker.as_ref().map(|relay_runs| DependencyHealth {
            name: "broker",
            status: word(relay_runs.load(Ordering::Relaxed)),
        }));
        all
    }
}

fn word(works: bool) -> &'static str {
    if works { "UP" } else { "DOWN" }
}
