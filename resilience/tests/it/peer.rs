//! The other side of the calls under test: answers as told, and remembers when it was asked.

use std::error::Error;
use std::fmt;
use std::future::{Future, pending};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use resilience::breaker::{BreakerPolicy, CircuitBreaker};
use resilience::classify::Classification;
use resilience::time::{self, Instant};
use resilience::{Attempt, Policy, PolicyBuilder};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Nobody listens: the request was never sent.
    Refused,
    /// The connection broke: the request may have been processed.
    Reset,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "connection {self:?}")
    }
}

impl Error for Failure {}

#[derive(Debug, Clone)]
pub(crate) enum Answer {
    Status(u16),
    Fail(Failure),
    Hang,
    /// The status after a while.
    Slow(u16, Duration),
    /// 429 or 503 with Retry-After.
    Later(u16, Duration),
}

/// What a call brings: a status, and for how long the peer wants to be left alone.
pub(crate) type Status = (u16, Option<Duration>);

#[derive(Debug, Clone)]
pub(crate) struct Peer {
    script: Arc<Vec<Answer>>,
    asked: Arc<Mutex<Vec<Instant>>>,
}

impl Peer {
    /// Gives these answers in turn, and the last one from then on.
    pub(crate) fn answering(script: impl Into<Vec<Answer>>) -> Self {
        Self {
            script: Arc::new(script.into()),
            asked: Arc::default(),
        }
    }

    pub(crate) fn requests(&self) -> usize {
        self.asked.lock().unwrap().len()
    }

    /// The waits between one request and the next.
    pub(crate) fn waits(&self) -> Vec<Duration> {
        self.asked
            .lock()
            .unwrap()
            .windows(2)
            .map(|pair| pair[1] - pair[0])
            .collect()
    }

    pub(crate) fn ask(&self, _: Attempt) -> impl Future<Output = Result<Status, Failure>> + Send + use<> {
        self.answer()
    }

    pub(crate) fn answer(&self) -> impl Future<Output = Result<Status, Failure>> + Send + use<> {
        let mut asked = self.asked.lock().unwrap();
        let answer = self.script[asked.len().min(self.script.len() - 1)].clone();
        asked.push(time::now());
        async move {
            match answer {
                Answer::Status(status) => Ok((status, None)),
                Answer::Fail(failure) => Err(failure),
                Answer::Hang => pending().await,
                Answer::Slow(status, delay) => {
                    time::sleep(delay).await;
                    Ok((status, None))
                }
                Answer::Later(status, wait) => Ok((status, Some(wait))),
            }
        }
    }
}

pub(crate) fn by_status(result: Result<&Status, &Failure>) -> Classification {
    use resilience::classify::{Outcome, Retry};
    match result {
        Ok((429, wait)) => Classification::throttled(*wait),
        Ok((503, Some(wait))) => Classification::new(Outcome::Failure, Retry::After(*wait)),
        Ok((502..=504, _)) | Err(Failure::Reset) => Classification::TRANSIENT,
        Ok((500.., _)) => Classification::FAILURE,
        Ok(_) => Classification::SUCCESS,
        Err(Failure::Refused) => Classification::new(Outcome::Failure, Retry::Transparent),
    }
}

pub(crate) fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

pub(crate) fn breaker(policy: BreakerPolicy) -> CircuitBreaker {
    CircuitBreaker::new("peer", policy).unwrap()
}

pub(crate) fn built(builder: PolicyBuilder) -> Policy {
    builder.build().unwrap()
}
