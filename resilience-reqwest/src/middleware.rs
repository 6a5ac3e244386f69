use std::fmt;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use http::Extensions;
use reqwest::{Request, Response};
use reqwest_middleware::{Error, Middleware, Next, Result};
use resilience::classify::{Classification, Classify, Retry};
use resilience::{Call, Deadline, Policy, time};

use crate::classify::{Classifier, Statuses};
use crate::error::from_policy;
use crate::idempotency::{self, IdempotencyKey, is_idempotent};
use crate::replay::Replay;
use crate::response::{drain, read_by};

/// A [`Policy`] around each request of a client.
///
/// Put it before middleware that must see each attempt (tracing, signatures), and after middleware that must see the
/// request once. Middleware behind it finds the [`Attempt`](resilience::Attempt) among the extensions.
pub struct ResilienceMiddleware {
    policies: Policies,
    classify: Classifier,
    tells_deadline: bool,
}

enum Policies {
    One(Policy),
    Each(Box<dyn Fn(&Request) -> Policy + Send + Sync>),
}

impl ResilienceMiddleware {
    /// One policy for all requests: for a client that calls one service.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self {
            policies: Policies::One(policy),
            classify: Box::new(Statuses),
            tells_deadline: false,
        }
    }

    /// The policy that `choose` picks for a request, such as the one of its authority; policies are cheap to clone.
    #[must_use]
    pub fn choose(choose: impl Fn(&Request) -> Policy + Send + Sync + 'static) -> Self {
        Self {
            policies: Policies::Each(Box::new(choose)),
            classify: Box::new(Statuses),
            tells_deadline: false,
        }
    }

    /// Tells the server with each attempt how many milliseconds it has, as the header [`Deadline::HEADER`]. By default
    /// nothing is told: a server of other people may take offence at a header that it does not know.
    #[must_use]
    pub fn with_deadline_header(mut self) -> Self {
        self.tells_deadline = true;
        self
    }

    /// Judges answers by `classify` in place of [`Statuses`].
    #[must_use]
    pub fn with_classifier(
        mut self,
        classify: impl Classify<Response, Error> + Send + Sync + 'static,
    ) -> Self {
        self.classify = Box::new(classify);
        self
    }
}

#[async_trait]
impl Middleware for ResilienceMiddleware {
    async fn handle(
        &self,
        request: Request,
        extensions: &mut Extensions,
        next: Next<'_>,
    ) -> Result<Response> {
        let chosen;
        let policy = match &self.policies {
            Policies::One(policy) => policy,
            Policies::Each(choose) => {
                chosen = choose(&request);
                &chosen
            }
        };
        let template = Template::new(request, extensions.get());
        let overall = Deadline::after(policy.timeouts().overall);
        let callers = extensions.get().copied().into_iter().chain(Deadline::current());
        let deadline = callers.fold(overall, Deadline::min);
        let mut call = Call::default().with_deadline(deadline);
        call.idempotent = is_idempotent(&template.request);
        call.one_at_a_time = template.stream.is_some();

        // Each attempt has extensions of its own, so that none finds what another left; the last one's are kept.
        let given = &*extensions;
        let left = Mutex::new(None);
        let ran = policy
            .run(
                call,
                |result: std::result::Result<&Response, &Error>| self.meaning(result, &template),
                |attempt| {
                    let mut request = template.next();
                    if self.tells_deadline {
                        let left = attempt.deadline.remaining_millis(time::now());
                        request.headers_mut().insert(Deadline::HEADER, left.into());
                    }
                    let next = next.clone();
                    let mut own = given.clone();
                    own.insert(attempt);
                    let (template, left) = (&template, &left);
                    async move {
                        let result = next.run(request, &mut own).await;
                        *left.lock().unwrap_or_else(PoisonError::into_inner) = Some(own);
                        match result {
                            Ok(response) if self.may_repeat(&response, template, call) => {
                                Ok(drain(response).await)
                            }
                            other => other,
                        }
                    }
                },
            )
            .await;
        if let Some(left) = left.into_inner().unwrap_or_else(PoisonError::into_inner) {
            *extensions = left;
        }
        match ran {
            Ok(completed) => Ok(read_by(deadline, completed.into_value())),
            Err(error) => Err(from_policy(error)),
        }
    }
}

impl ResilienceMiddleware {
    /// What the result means, given that a body that is partly gone can't be sent again.
    fn meaning(&self, result: std::result::Result<&Response, &Error>, template: &Template) -> Classification {
        let meaning = self.classify.classify(result);
        if template.is_whole() {
            meaning
        } else {
            Classification::new(meaning.outcome, Retry::No)
        }
    }

    fn may_repeat(&self, response: &Response, template: &Template, call: Call) -> bool {
        call.idempotent && self.meaning(Ok(response), template).retry != Retry::No
    }
}

impl fmt::Debug for ResilienceMiddleware {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("ResilienceMiddleware");
        if let Policies::One(policy) = &self.policies {
            debug.field("policy", policy);
        }
        debug.finish_non_exhaustive()
    }
}

/// What the request of each attempt is made from.
struct Template {
    /// Its body is of bytes, or none.
    request: Request,
    stream: Option<Replay>,
}

impl Template {
    fn new(mut request: Request, key: Option<&IdempotencyKey>) -> Self {
        if let Some(key) = key {
            idempotency::apply(key, request.headers_mut());
        }
        let body = request.body_mut();
        let stream = body.take_if(|body| body.as_bytes().is_none()).map(Replay::new);
        Self { request, stream }
    }

    fn next(&self) -> Request {
        let mut request = self
            .request
            .try_clone()
            .expect("only a streaming body can't be cloned, and it was taken out");
        if let Some(stream) = &self.stream {
            *request.body_mut() = Some(stream.next());
        }
        request
    }

    fn is_whole(&self) -> bool {
        self.stream.as_ref().is_none_or(Replay::is_whole)
    }
}
