use std::cell::{Cell, RefCell};
use std::fmt;
use std::time::SystemTime;

use async_trait::async_trait;
use http::Extensions;
use reqwest::{Request, Response};
use reqwest_middleware::{Error, Middleware, Next, Result};
use reqwest_retry::{RetryDecision, RetryTransientMiddleware, Retryable, RetryableStrategy};
use resilience::budget::{RetryBudget, RetryPermit};
use resilience::classify::{Classify, Retry};
use resilience::retry::{Backoff, Random, RetryPolicy};
use resilience::{Deadline, InvalidPolicy, time};

use crate::classify::{Classifier, Statuses};
use crate::idempotency::{self, IdempotencyKey, is_idempotent};
use crate::wall_clock;

/// `reqwest-retry`'s loop with our schedule, classification and budget.
///
/// In place of `RetryTransientMiddleware::new_with_policy(…)`:
///
/// ```
/// use resilience::budget::RetryBudget;
/// use resilience::retry::RetryPolicy;
/// use resilience_reqwest::RetryAdapter;
///
/// let retries = RetryAdapter::new(RetryPolicy::default(), RetryBudget::default())?;
/// # Ok::<(), resilience::InvalidPolicy>(())
/// ```
///
/// A POST that may have arrived is sent once, a `Retry-After` is kept, a wait that would reach the
/// [`Deadline`] among the extensions is not begun, and a streaming body is sent once instead of being refused. Errors are
/// `reqwest_retry::RetryError`, as they were; failed responses are held while it waits, as they were: what else
/// [`ResilienceMiddleware`](crate::ResilienceMiddleware) does needs a loop of its own.
pub struct RetryAdapter {
    retry: RetryPolicy,
    random: Random,
    budget: RetryBudget,
    middleware: RetryTransientMiddleware<Schedule, Strategy>,
}

impl RetryAdapter {
    /// Retries by `retry`, as far as `budget` pays for them, of what [`Statuses`] finds worth repeating.
    ///
    /// # Errors
    ///
    /// When [`RetryPolicy::validate`] finds fault with the policy.
    pub fn new(retry: RetryPolicy, budget: RetryBudget) -> std::result::Result<Self, InvalidPolicy> {
        retry.validate()?;
        Ok(Self::assemble(retry, budget, Box::new(Statuses)))
    }

    /// Judges answers by `classify` in place of [`Statuses`].
    #[must_use]
    pub fn with_classifier(self, classify: impl Classify<Response, Error> + Send + Sync + 'static) -> Self {
        Self::assemble(self.retry, self.budget, Box::new(classify))
    }

    fn assemble(retry: RetryPolicy, budget: RetryBudget, classify: Classifier) -> Self {
        let strategy = Strategy(classify);
        Self {
            retry,
            random: Random::default(),
            budget,
            middleware: RetryTransientMiddleware::new_with_policy_and_strategy(Schedule, strategy),
        }
    }
}

#[async_trait]
impl Middleware for RetryAdapter {
    async fn handle(
        &self,
        mut request: Request,
        extensions: &mut Extensions,
        next: Next<'_>,
    ) -> Result<Response> {
        if let Some(key) = extensions.get::<IdempotencyKey>() {
            idempotency::apply(key, request.headers_mut());
        }
        let is_stream = request.body().is_some_and(|body| body.as_bytes().is_none());
        if is_stream {
            return next.run(request, extensions).await;
        }
        self.budget.deposit();
        let call = CallState {
            is_idempotent: is_idempotent(&request),
            deadline: extensions
                .get()
                .copied()
                .into_iter()
                .chain(Deadline::current())
                .min(),
            max_retries: self.retry.max_retries,
            backoff: RefCell::new(self.retry.backoff(&self.random)),
            budget: self.budget.clone(),
            asked: Cell::new(Retry::No),
            paid: RefCell::new(None),
        };
        CALL.scope(call, self.middleware.handle(request, extensions, next))
            .await
    }
}

impl fmt::Debug for RetryAdapter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryAdapter")
            .field("retry", &self.retry)
            .field("budget", &self.budget)
            .finish_non_exhaustive()
    }
}

tokio::task_local! {
    /// The call under way: the loop asks strategy and schedule apart and tells neither of the request.
    static CALL: CallState;
}

struct CallState {
    is_idempotent: bool,
    deadline: Option<Deadline>,
    max_retries: u32,
    backoff: RefCell<Backoff>,
    budget: RetryBudget,
    /// What the strategy said of the last attempt, for the schedule that is asked next.
    asked: Cell<Retry>,
    /// The retry under way, as the budget counts it.
    paid: RefCell<Option<RetryPermit>>,
}

struct Strategy(Classifier);

impl RetryableStrategy for Strategy {
    fn handle(&self, result: &Result<Response>) -> Option<Retryable> {
        let asked = self.0.classify(result.as_ref()).retry;
        CALL.with(|call| {
            let may_repeat = match asked {
                Retry::No => false,
                Retry::Transparent => true,
                _ => call.is_idempotent,
            };
            call.asked.set(asked);
            may_repeat.then_some(Retryable::Transient)
        })
    }
}

struct Schedule;

impl reqwest_retry::RetryPolicy for Schedule {
    fn should_retry(&self, _begin: SystemTime, retries: u32) -> RetryDecision {
        CALL.with(|call| {
            if retries >= call.max_retries {
                return RetryDecision::DoNotRetry;
            }
            let wait = match call.asked.get() {
                Retry::After(wait) => wait,
                _ => call.backoff.borrow_mut().next_delay(),
            };
            let now = time::now();
            let is_late = call
                .deadline
                .is_some_and(|deadline| wait >= deadline.remaining_at(now));
            // The loop waits by the wall clock; a wait beyond its end is one for ever.
            let Some(execute_after) = wall_clock::now().checked_add(wait) else {
                return RetryDecision::DoNotRetry;
            };
            // The retry before has ended.
            drop(call.paid.take());
            if is_late {
                return RetryDecision::DoNotRetry;
            }
            let Some(paid) = call.budget.withdraw(now) else {
                return RetryDecision::DoNotRetry;
            };
            call.paid.replace(Some(paid));
            RetryDecision::Retry { execute_after }
        })
    }
}
