//! From an operation to its result, through the policies.

use std::sync::atomic::{AtomicU32, Ordering};

use bytes::Bytes;
use http::header::{AUTHORIZATION, USER_AGENT};
use http::{HeaderValue, StatusCode};
use resilience::classify::Classification;
use resilience::{Attempt, Call, Deadline, Policy, time};
use tracing::Instrument as _;

use super::attempt::Failure;
use super::phase::{build_failure, error_kind};
use super::{CallOptions, Client, Response};
use crate::build_error::{BuildError, Problem};
use crate::correlation::{CORRELATION_ID, IDEMPOTENCY_KEY, correlation_id, idempotency_key, new_id};
use crate::credentials::TokenError;
use crate::error::{ErrorKind, Facts};
use crate::event::Finished;
use crate::transport::Exchange;
use crate::{Error, Idempotency, Operation, OperationInfo};

/// What is the same in every attempt of one call.
struct Plan {
    info: &'static OperationInfo,
    policy: Policy,
    call: Call,
    correlation_id: HeaderValue,
    idempotency_key: Option<HeaderValue>,
    /// Requests handed to the transport, less those that certainly never left.
    perhaps_sent: AtomicU32,
}

impl Client {
    pub(super) async fn execute<O: Operation>(
        &self,
        operation: &O,
        options: &CallOptions,
    ) -> Result<Response<O::Output>, Error> {
        let info = O::INFO;
        let begin = time::now();
        let given = correlation_id(options.correlation_id.as_deref());
        let id = given.as_deref().unwrap_or_default().to_owned();
        let span = tracing::debug_span!(
            "http.client.request",
            otel.kind = "client",
            operation = info.id,
            http.request.method = %info.method,
            url.template = info.path,
            server.address = self.inner.base_url.host(),
            correlation_id = %id,
        );
        let result = async {
            let given = given.map_err(|cause| build_failure(info, None, cause))?;
            self.run(operation, options, &given).await
        };
        let result = result.instrument(span.clone()).await;

        let _entered = span.entered();
        let finished = Finished {
            operation: info.id,
            correlation_id: Some(&*id).filter(|id| !id.is_empty()),
            status: result
                .as_ref()
                .map_or_else(Error::status, |response| Some(response.status())),
            outcome: result.as_ref().map_or_else(Error::phase, |_| "ok"),
            attempts: result.as_ref().map_or_else(Error::attempts, Response::attempts),
            latency: time::now().saturating_duration_since(begin),
        };
        self.inner.observer.finished(finished);
        result
    }

    async fn run<O: Operation>(
        &self,
        operation: &O,
        options: &CallOptions,
        correlation_id: &str,
    ) -> Result<Response<O::Output>, Error> {
        let info = O::INFO;
        let mistake = |cause| build_failure(info, Some(correlation_id), cause);
        let plan = self.plan(info, options, correlation_id).map_err(mistake)?;
        // A mistake of the caller is told as such even when the circuit is open.
        let mut first = Some(operation.to_request().map_err(mistake)?);

        let ran = plan
            .policy
            .run(
                plan.call,
                |result: Result<&http::Response<Bytes>, &Failure>| {
                    result.map_or_else(Failure::classify, |_| Classification::SUCCESS)
                },
                |attempt| {
                    let request = first.take().map_or_else(|| operation.to_request(), Ok);
                    self.attempt(&plan, attempt, request)
                },
            )
            .await;

        let facts = |attempts, retry_after, budget_exhausted| Facts {
            operation: info.id,
            correlation_id: Some(correlation_id.to_owned()),
            attempts,
            may_have_been_sent: plan.perhaps_sent.load(Ordering::Relaxed) > 0,
            retry_after,
            budget_exhausted,
        };
        match ran {
            Ok(completed) => {
                let attempts = completed.attempts;
                let value = O::parse(&completed.value)
                    .map_err(|cause| Error::new(ErrorKind::Decode(cause), facts(attempts, None, false)))?;
                let (head, _body) = completed.value.into_parts();
                let echoed = head
                    .headers
                    .get(CORRELATION_ID)
                    .and_then(|echo| echo.to_str().ok());
                let correlation_id = echoed.unwrap_or(correlation_id).to_owned();
                Ok(Response::new(
                    value,
                    head.status,
                    head.headers,
                    correlation_id,
                    attempts,
                ))
            }
            Err(error) => {
                // What an earlier attempt asked for has been waited for.
                let asked = match error.inner() {
                    Some(Failure::Refused { retry_after, .. })
                        if error.kind() == resilience::ErrorKind::Inner =>
                    {
                        *retry_after
                    }
                    _ => None,
                };
                let facts = facts(
                    error.attempts(),
                    error.retry_after().or(asked),
                    error.is_budget_exhausted(),
                );
                Err(Error::new(error_kind(error), facts))
            }
        }
    }

    fn plan(
        &self,
        info: &'static OperationInfo,
        options: &CallOptions,
        correlation_id: &str,
    ) -> Result<Plan, BuildError> {
        let policy = self
            .inner
            .policies
            .of(info, options.timeout)
            .map_err(|cause| BuildError::new(Problem::Policy(Box::new(cause))))?;
        let idempotency_key = match (&options.idempotency_key, info.idempotency) {
            (Some(given), _) => Some(idempotency_key(given)?),
            (None, Idempotency::WithKey) => Some(idempotency_key(&new_id())?),
            (None, _) => None,
        };
        let mut call = match info.idempotency {
            Idempotency::NotIdempotent if idempotency_key.is_none() => Call::not_idempotent(),
            _ => Call::idempotent(),
        };
        let limit = options.timeout.map(Deadline::after);
        if let Some(deadline) = limit.into_iter().chain(options.deadline).min() {
            call = call.with_deadline(deadline);
        }
        let correlation_id =
            HeaderValue::try_from(correlation_id).map_err(|_| BuildError::new(Problem::CorrelationId))?;
        Ok(Plan {
            info,
            policy,
            call,
            correlation_id,
            idempotency_key,
            perhaps_sent: AtomicU32::new(0),
        })
    }

    async fn attempt(
        &self,
        plan: &Plan,
        attempt: Attempt,
        request: Result<http::Request<Bytes>, BuildError>,
    ) -> Result<http::Response<Bytes>, Failure> {
        let mut request = request.map_err(Failure::Build)?;
        *request.uri_mut() = self
            .inner
            .base_url
            .join(request.uri(), plan.info.server)
            .map_err(Failure::Build)?;
        let headers = request.headers_mut();
        headers.insert(USER_AGENT, self.inner.user_agent.clone());
        headers.insert(CORRELATION_ID, plan.correlation_id.clone());
        if let Some(key) = &plan.idempotency_key {
            headers.insert(IDEMPOTENCY_KEY, key.clone());
        }
        if let Some(tokens) = &self.inner.tokens {
            // The attempt's own limit would take the silence of the issuer for that of the service.
            let token = time::timeout_at(attempt.deadline.instant(), tokens.token())
                .await
                .unwrap_or_else(|elapsed| Err(TokenError::unavailable(elapsed)))
                .map_err(Failure::Credentials)?;
            headers.insert(AUTHORIZATION, token.header());
        }
        let left = attempt.deadline.remaining_millis(time::now());
        headers.insert(Deadline::HEADER, HeaderValue::from(left));

        let mut exchange = Exchange::new(plan.info, attempt.deadline);
        exchange.attempt = attempt.number;
        exchange.connect_timeout = attempt.connect_timeout;
        self.inner.observer.attempt();
        // Counted before, so that an attempt which is cut off stays counted.
        plan.perhaps_sent.fetch_add(1, Ordering::Relaxed);
        let response = self
            .inner
            .transport
            .send(request, exchange)
            .await
            .map_err(|cause| {
                if !cause.may_have_been_sent() {
                    plan.perhaps_sent.fetch_sub(1, Ordering::Relaxed);
                }
                Failure::Transport(cause)
            })?;
        let is_answer = response.status().is_success()
            || (plan.info.not_modified && response.status() == StatusCode::NOT_MODIFIED);
        if is_answer {
            Ok(response)
        } else {
            Err(Failure::refused(&response))
        }
    }
}
