//! The same reads without the SDK, to see what it is good for: a bare HTTP client, no timeout, no retry, no breaker.

use crate::failure::Failure;
use crate::latency::{Latencies, Summary};
use product_types::VariantId;
use resilience::time;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Nobody waits longer, or the run would never end: a bare read that hangs would hang for ever.
const SAFETY_CAP: Duration = Duration::from_secs(5);

/// A bare client and what it measured. Clones measure together.
#[derive(Clone, Debug)]
pub struct BareReads {
    client: reqwest::Client,
    base_url: Arc<str>,
    measured: Arc<Measured>,
}

#[derive(Debug, Default)]
struct Measured {
    latencies: Latencies,
    failed: AtomicUsize,
}

impl BareReads {
    /// A bare client of the same service.
    ///
    /// # Errors
    ///
    /// When the HTTP client cannot be made.
    pub fn new(base_url: &str) -> Result<Self, Failure> {
        let client = reqwest::Client::builder()
            // Plain HTTP to this machine: neither proxy nor certificates.
            .no_proxy()
            .tls_certs_only([])
            .build()
            .map_err(|cause| Failure::because("cannot make the bare HTTP client", cause))?;
        Ok(Self {
            client,
            base_url: base_url.into(),
            measured: Arc::default(),
        })
    }

    /// Reads a variant once and measures how long it took to an answer, a failure, or the safety cap.
    pub async fn read(&self, variant: &VariantId) {
        let asked = time::now();
        let url = format!("{}/products/variants/{variant}", self.base_url);
        let answered = time::timeout_at(asked + SAFETY_CAP, self.answer(url)).await;
        self.measured.latencies.record(time::now() - asked);
        if !matches!(answered, Ok(true)) {
            self.measured.failed.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Whether there is a usable answer: a variant, or the definitive word that there is none.
    async fn answer(&self, url: String) -> bool {
        let Ok(response) = self.client.get(url).send().await else {
            return false;
        };
        let definitive =
            response.status().is_success() || response.status() == reqwest::StatusCode::NOT_FOUND;
        let body = response.bytes().await;
        definitive && body.is_ok_and(|body| serde_json::from_slice::<serde_json::Value>(&body).is_ok())
    }

    /// The latencies, and the share of reads without an answer.
    #[must_use]
    pub fn summary(&self) -> (Summary, f64) {
        let summary = self.measured.latencies.summary();
        let failed = self.measured.failed.load(Ordering::Relaxed);
        (summary, failed as f64 / summary.samples.max(1) as f64)
    }
}
