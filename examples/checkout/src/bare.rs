//! The same reads without the SDK, to see what it is good for: a bare HTTP client, no timeout, no retry, no breaker.

use crate::failure::Failure;
use crate::reads::{Brought, Reads};
use product_types::VariantId;
use resilience::time;
use std::sync::Arc;
use std::time::Duration;

/// Nobody waits longer, or the run would never end: a bare read that hangs would hang for ever.
const SAFETY_CAP: Duration = Duration::from_secs(5);

/// A bare client and what it measured. Clones measure together.
#[derive(Clone, Debug)]
pub struct BareReads {
    client: reqwest::Client,
    base_url: Arc<str>,
    reads: Arc<Reads>,
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
            reads: Arc::default(),
        })
    }

    /// Reads a variant once and measures how long it took to an answer, a failure, or the safety cap.
    pub async fn read(&self, variant: &VariantId) {
        let asked = time::now();
        let url = format!("{}/products/variants/{variant}", self.base_url);
        let answered = time::timeout_at(asked + SAFETY_CAP, self.answer(url)).await;
        let brought = match answered {
            Ok(true) => Brought::Live,
            Ok(false) | Err(_) => Brought::Nothing,
        };
        self.reads.record(time::now() - asked, brought);
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

    /// How the reads went.
    #[must_use]
    pub fn reads(&self) -> &Reads {
        &self.reads
    }
}
