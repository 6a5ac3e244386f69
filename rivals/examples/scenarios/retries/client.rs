use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use http::Extensions;
use reqwest::{Request, Response};
use reqwest_middleware::{ClientBuilder, ClientWithMiddleware, Middleware, Next, Result};
use reqwest_retry::RetryTransientMiddleware;
use reqwest_retry::policies::ExponentialBackoff;
use resilience::Policy;
use resilience::budget::{BudgetPolicy, RetryBudget};
use resilience_reqwest::ResilienceMiddleware;

use crate::clock::{Clock, StandStill};
use crate::table::Column;

/// Three retries from 100 ms on, by each middleware; nothing else but what a scenario asks for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setup {
    /// How long a request may take with all its retries.
    pub(super) overall: Option<Duration>,
    /// Retries a second that a budget allows beyond its 20 %.
    pub(super) floor: u32,
    /// The time limit of the HTTP client itself, for which the clock must be free to move on during an attempt.
    pub(super) client_timeout: Option<Duration>,
}

impl Setup {
    pub(super) const PLAIN: Self = Self {
        overall: None,
        floor: 10,
        client_timeout: None,
    };
}

/// A client with one of the middlewares, and how often it has tried to send.
pub(super) struct Client {
    pub(super) http: ClientWithMiddleware,
    attempts: Arc<AtomicUsize>,
}

impl Client {
    pub(super) fn attempts(&self) -> usize {
        self.attempts.load(Ordering::Relaxed)
    }
}

/// One middleware, as the scenarios see it.
pub(super) struct Candidate {
    pub(super) column: Column,
    /// The clock of its limit for a whole request; waits are on tokio's in each.
    pub(super) limit: Clock,
    pub(super) client: fn(Setup) -> Client,
}

pub(super) const CANDIDATES: [Candidate; 2] = [
    Candidate {
        column: Column::Ours,
        limit: Clock::Tokio,
        client: ours,
    },
    Candidate {
        column: Column::ReqwestRetry,
        limit: Clock::System,
        client: reqwest_retry,
    },
];

impl Candidate {
    /// The clock that a scenario with such a client needs.
    pub(super) fn clock(&self, setup: Setup) -> Clock {
        if setup.overall.is_some() {
            self.limit
        } else {
            Clock::Tokio
        }
    }
}

fn ours(setup: Setup) -> Client {
    let overall = setup.overall.unwrap_or(Duration::from_secs(60));
    let budget = BudgetPolicy::default().with_floor_per_second(setup.floor);
    let policy = Policy::builder()
        .overall_timeout(overall)
        .attempt_timeout(overall / 2)
        .retry_budget(RetryBudget::new(budget).expect("the budget is valid"))
        .build()
        .expect("the policy is valid");
    with(setup, |client| client.with(ResilienceMiddleware::new(policy)))
}

fn reqwest_retry(setup: Setup) -> Client {
    let backoff =
        ExponentialBackoff::builder().retry_bounds(Duration::from_millis(100), Duration::from_secs(2));
    with(setup, |client| match setup.overall {
        None => client.with(RetryTransientMiddleware::new_with_policy(
            backoff.build_with_max_retries(3),
        )),
        Some(overall) => client.with(RetryTransientMiddleware::new_with_policy(
            backoff.build_with_total_retry_duration(overall),
        )),
    })
}

fn with(setup: Setup, middleware: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Client {
    let http = reqwest::Client::builder().tls_certs_only([]).no_proxy();
    let http = match setup.client_timeout {
        Some(limit) => http.timeout(limit),
        None => http,
    };
    let http = http.build().expect("the client needs nothing of the system");

    let attempts = Arc::default();
    let attempt = Attempt {
        counted: Arc::clone(&attempts),
        still: setup.client_timeout.is_none(),
    };
    Client {
        http: middleware(ClientBuilder::new(http)).with(attempt).build(),
        attempts,
    }
}

/// The innermost middleware: counts the attempts, and lets no time pass during one if `still`.
struct Attempt {
    counted: Arc<AtomicUsize>,
    still: bool,
}

#[async_trait]
impl Middleware for Attempt {
    async fn handle(
        &self,
        request: Request,
        extensions: &mut Extensions,
        next: Next<'_>,
    ) -> Result<Response> {
        self.counted.fetch_add(1, Ordering::Relaxed);
        let _until_answered = self.still.then(StandStill::begin);
        next.run(request, extensions).await
    }
}
