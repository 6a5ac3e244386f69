//! What a projector asks of its source. Every call ends by a deadline.

use super::{ProjectionStore, Projector, SnapshotPage, SnapshotSource};
use crate::clock;
use std::fmt;
use std::future::Future;

/// Why the source has not said what it was asked for.
pub(super) enum Unanswered<E> {
    Failed(E),
    Elapsed,
}

impl<E: fmt::Display> fmt::Display for Unanswered<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(error) => error.fmt(f),
            Self::Elapsed => f.write_str("no answer by the deadline"),
        }
    }
}

impl<S: ProjectionStore, P: SnapshotSource<Payload = S::Payload>> Projector<S, P> {
    /// A page of the source, however often it has to be asked.
    pub(super) async fn page(&self, after: Option<&str>) -> SnapshotPage<S::Payload> {
        let mut failures = 0;
        loop {
            match self.in_time(self.0.source.page(after)).await {
                Ok(page) => return page,
                Err(error) => self.source_failed("page", &error, &mut failures).await,
            }
        }
    }

    /// The source's answer, if it comes in time.
    pub(super) async fn in_time<T>(
        &self,
        call: impl Future<Output = Result<T, P::Error>>,
    ) -> Result<T, Unanswered<P::Error>> {
        let deadline = clock::now() + self.0.config.source_timeout;
        let answer = clock::until(deadline, call).await;
        answer.ok_or(Unanswered::Elapsed)?.map_err(Unanswered::Failed)
    }

    pub(super) async fn source_failed(
        &self,
        operation: &'static str,
        error: &Unanswered<P::Error>,
        failures: &mut u32,
    ) {
        self.0.counters.source_failures(1);
        self.failed(operation, error, failures).await;
    }

    /// Reads a key again and takes what comes, unless the projection is ahead of it. Whether the key is gone; `None` when
    /// the source has no answer for it, however often a reconciliation may ask.
    pub(super) async fn read_again(&self, key: &str) -> Option<bool> {
        let mut failures = 0;
        loop {
            match self.in_time(self.0.source.read(key)).await {
                Ok(reading) => return Some(self.take(key, reading).await),
                Err(error) if failures + 1 >= self.0.config.reconcile_attempts => {
                    self.0.counters.source_failures(1);
                    tracing::warn!(key, error = %error, "the source has no answer for a key: it stays as it is");
                    return None;
                }
                Err(error) => self.source_failed("read", &error, &mut failures).await,
            }
        }
    }
}
