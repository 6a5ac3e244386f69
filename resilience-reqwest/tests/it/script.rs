//! A server without a network: the last middleware of the chain answers by a script, so that time can stand still.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use http::{Extensions, HeaderMap};
use reqwest::{Request, Response};
use reqwest_middleware::{ClientBuilder, ClientWithMiddleware, Middleware, Next, Result};
use resilience::retry::{Jitter, RetryPolicy};
use resilience::{Attempt, Policy, PolicyBuilder, time};
use resilience_reqwest::ResilienceMiddleware;

/// What the server does with one request.
pub(crate) enum Act {
    Answer(http::Response<&'static str>),
    /// The head of an answer whose body never comes.
    Head(http::response::Builder),
    Hang,
}

/// One request as the server saw it.
pub(crate) struct Seen {
    pub(crate) headers: HeaderMap,
    pub(crate) attempt: Option<Attempt>,
    pub(crate) leftover: bool,
    pub(crate) at: time::Instant,
}

/// What each request leaves among its extensions.
#[derive(Clone)]
pub(crate) struct Mark;

#[derive(Clone, Default)]
pub(crate) struct Server {
    acts: Arc<Mutex<VecDeque<Act>>>,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    pub(crate) fn new(acts: impl IntoIterator<Item = Act>) -> Self {
        Self {
            acts: Arc::new(Mutex::new(acts.into_iter().collect())),
            seen: Arc::default(),
        }
    }

    /// Answers with these statuses, one after the other.
    pub(crate) fn answering<const N: usize>(statuses: [u16; N]) -> Self {
        Self::new(statuses.map(answer))
    }

    pub(crate) fn client(&self, middleware: impl Middleware) -> ClientWithMiddleware {
        ClientBuilder::new(reqwest_client())
            .with(middleware)
            .with(self.clone())
            .build()
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        std::mem::take(&mut self.seen.lock().unwrap())
    }
}

#[async_trait]
impl Middleware for Server {
    async fn handle(
        &self,
        request: Request,
        extensions: &mut Extensions,
        _next: Next<'_>,
    ) -> Result<Response> {
        self.seen.lock().unwrap().push(Seen {
            headers: request.headers().clone(),
            attempt: extensions.get().copied(),
            leftover: extensions.insert(Mark).is_some(),
            at: time::now(),
        });
        let act = self.acts.lock().unwrap().pop_front().expect("a request too many");
        match act {
            Act::Answer(response) => Ok(response.into()),
            Act::Head(head) => {
                let endless = futures_util::stream::pending::<std::io::Result<bytes::Bytes>>();
                Ok(head.body(reqwest::Body::wrap_stream(endless)).unwrap().into())
            }
            Act::Hang => std::future::pending().await,
        }
    }
}

pub(crate) fn answer(status: u16) -> Act {
    Act::Answer(
        http::Response::builder()
            .status(status)
            .body("as it came")
            .unwrap(),
    )
}

pub(crate) fn asking_for(status: u16, seconds: &str) -> Act {
    let response = http::Response::builder()
        .status(status)
        .header("retry-after", seconds);
    Act::Answer(response.body("later").unwrap())
}

/// Three retries after 100, 200 and 400 ms exactly; 2 s an attempt and 10 s in all.
pub(crate) fn policy() -> PolicyBuilder {
    Policy::builder()
        .overall_timeout(Duration::from_secs(10))
        .attempt_timeout(Duration::from_secs(2))
        .retry(RetryPolicy::default().with_jitter(Jitter::None))
}

pub(crate) fn middleware() -> ResilienceMiddleware {
    ResilienceMiddleware::new(policy().build().unwrap())
}

pub(crate) fn reqwest_client() -> reqwest::Client {
    // No test asks for a certificate of the platform's, and a machine may have none.
    reqwest::Client::builder()
        .tls_certs_only([])
        .no_proxy()
        .build()
        .unwrap()
}

pub(crate) const URL: &str = "http://catalogue.test/products";
