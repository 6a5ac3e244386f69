//! Which faults strike, how often, and where.

use std::fmt;
use std::time::Duration;

use http::{Method, StatusCode};

/// Which faults strike, how often, and where. A plain value: the setters never fail, and
/// [`Faults::set`](super::Faults::set) checks all of it at once.
///
/// All rates are shares of the requests, 0 to 1. A request meets at most one of error, reset, truncation, hang and
/// throttling, so that their rates must not add up to more than 1; latency comes on top of any of them.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct FaultPlan {
    /// Answers with one of [`statuses`](Self::statuses).
    pub error_rate: f64,
    /// The statuses of errors, drawn evenly. Default: 500, 502, 503, 504.
    pub statuses: Vec<StatusCode>,
    /// Closes the connection without an answer.
    pub reset_rate: f64,
    /// Sends the real answer's head and half of its body, and closes the connection; an answer without a body, such as
    /// a 204, is lost as a whole. The handler has always run.
    pub truncation_rate: f64,
    /// Never answers, until the client gives up or [`hang_limit`](Self::hang_limit) is over.
    pub hang_rate: f64,
    /// After it, a hanging connection is closed without an answer. Default: 60 s.
    pub hang_limit: Duration,
    /// Answers 429 with `Retry-After`. The handler has never run.
    pub throttle_rate: f64,
    /// What `Retry-After` says, in whole seconds, rounded up. Default: 1 s.
    pub retry_after: Duration,
    /// Makes the answer late.
    pub latency_rate: f64,
    /// The least latency that is added. Default: 20 ms.
    pub least_latency: Duration,
    /// The most latency that is added. Default: 200 ms.
    pub most_latency: Duration,
    /// Of the errors other than 503, the resets and the hangs: the share that strikes after the handler has run, so
    /// that the write happened and only its answer is lost. Default: 0.5.
    pub lost_answer_share: f64,
    /// Where faults strike. Default: everywhere but on `/health`.
    pub targets: Vec<Target>,
}

/// Operations that faults strike.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Target {
    /// `None`: every method.
    pub method: Option<Method>,
    /// What the path below `/api/v1` begins with, such as `/products/variants/`.
    pub path_prefix: String,
}

/// The plan contradicts itself; `Display` names the field and what it may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidPlan(String);

impl Default for FaultPlan {
    /// No fault at all.
    fn default() -> Self {
        Self {
            error_rate: 0.0,
            statuses: vec![
                StatusCode::INTERNAL_SERVER_ERROR,
                StatusCode::BAD_GATEWAY,
                StatusCode::SERVICE_UNAVAILABLE,
                StatusCode::GATEWAY_TIMEOUT,
            ],
            reset_rate: 0.0,
            truncation_rate: 0.0,
            hang_rate: 0.0,
            hang_limit: Duration::from_secs(60),
            throttle_rate: 0.0,
            retry_after: Duration::from_secs(1),
            latency_rate: 0.0,
            least_latency: Duration::from_millis(20),
            most_latency: Duration::from_millis(200),
            lost_answer_share: 0.5,
            targets: Vec::new(),
        }
    }
}

impl FaultPlan {
    /// A bit of everything: of the share `rate` of requests that are struck, 60 % get an error, 20 % a reset, 10 % half
    /// a body, 5 % never an answer and 5 % a 429; another `rate` of all requests is late.
    #[must_use]
    pub fn mixed(rate: f64) -> Self {
        Self {
            error_rate: rate * 0.60,
            reset_rate: rate * 0.20,
            truncation_rate: rate * 0.10,
            hang_rate: rate * 0.05,
            throttle_rate: rate * 0.05,
            latency_rate: rate,
            ..Self::default()
        }
    }

    /// Errors alone, with the default statuses.
    #[must_use]
    pub fn errors(rate: f64) -> Self {
        Self {
            error_rate: rate,
            ..Self::default()
        }
    }

    /// Strikes only there; repeated calls add up.
    #[must_use]
    pub fn only_at(mut self, method: impl Into<Option<Method>>, path_prefix: impl Into<String>) -> Self {
        self.targets.push(Target {
            method: method.into(),
            path_prefix: path_prefix.into(),
        });
        self
    }

    /// Whether faults strike this request.
    pub(super) fn strikes(&self, method: &Method, path: &str) -> bool {
        let path = path.strip_prefix("/api/v1").unwrap_or(path);
        if self.targets.is_empty() {
            return !path.starts_with("/health");
        }
        self.targets.iter().any(|target| {
            target.method.as_ref().is_none_or(|wanted| wanted == method)
                && path.starts_with(&target.path_prefix)
        })
    }

    /// # Errors
    ///
    /// A rate outside 0 to 1, rates that add up to more than 1, errors without a status or with one below 400, or a
    /// least latency above the most.
    pub(super) fn validate(&self) -> Result<(), InvalidPlan> {
        let exclusive = [
            ("error_rate", self.error_rate),
            ("reset_rate", self.reset_rate),
            ("truncation_rate", self.truncation_rate),
            ("hang_rate", self.hang_rate),
            ("throttle_rate", self.throttle_rate),
        ];
        let others = [
            ("latency_rate", self.latency_rate),
            ("lost_answer_share", self.lost_answer_share),
        ];
        if let Some((name, rate)) = exclusive
            .into_iter()
            .chain(others)
            .find(|(_, rate)| !(0.0..=1.0).contains(rate))
        {
            return Err(InvalidPlan(format!(
                "{name} is {rate}; a rate is a number from 0 to 1"
            )));
        }
        let sum: f64 = exclusive.iter().map(|(_, rate)| rate).sum();
        // Shares of one rate, as in `mixed`, add up to it but for the last bits.
        if sum > 1.0 + 1e-9 {
            return Err(InvalidPlan(format!(
                "the rates of faults add up to {sum}; at most 1 is possible"
            )));
        }
        if self.error_rate > 0.0 && self.statuses.is_empty() {
            return Err(InvalidPlan(
                "error_rate is above 0 and statuses is empty; name at least one".to_owned(),
            ));
        }
        if let Some(status) = self.statuses.iter().find(|status| status.as_u16() < 400) {
            return Err(InvalidPlan(format!(
                "statuses holds {status}, which is no error; name 400 or above"
            )));
        }
        if self.least_latency > self.most_latency {
            return Err(InvalidPlan(
                "least_latency is above most_latency; exchange them".to_owned(),
            ));
        }
        Ok(())
    }
}

impl fmt::Display for InvalidPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InvalidPlan {}
