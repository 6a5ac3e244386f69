use crate::{clock, reason};
use std::error::Error as StdError;
use std::future::Future;
use std::time::Duration;

/// Why a call of a port did not succeed.
#[derive(Debug)]
pub(super) enum CallError<E> {
    Failed(E),
    /// It was dropped before it had an answer: nobody knows what it did.
    Late,
}

impl<E: StdError + 'static> CallError<E> {
    /// In words.
    pub(super) fn reason(&self) -> String {
        match self {
            Self::Failed(error) => reason::with_causes(error),
            Self::Late => "no answer in time".to_owned(),
        }
    }
}

/// Waits for the answer to a call, for `limit` at most.
pub(super) async fn within<T, E>(
    limit: Duration,
    call: impl Future<Output = Result<T, E>>,
) -> Result<T, CallError<E>> {
    answered(clock::within(limit, call).await)
}

/// What came of a call that had an answer, or none.
pub(super) fn answered<T, E>(answer: Option<Result<T, E>>) -> Result<T, CallError<E>> {
    answer.ok_or(CallError::Late)?.map_err(CallError::Failed)
}
