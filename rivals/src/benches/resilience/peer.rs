use std::fmt;
use std::future::{Ready, ready};
use std::task::{Context, Poll};

use resilience::breaker::Open;
use tower::Service;

/// The request that fails.
pub(super) const FAILING: u64 = u64::MAX;

/// A service that answers at once with what it was asked, and fails [`FAILING`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer;

#[derive(Debug, Clone, Copy)]
pub(super) struct Failure;

impl Service<u64> for Peer {
    type Response = u64;
    type Error = Failure;
    type Future = Ready<Result<u64, Failure>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Failure>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: u64) -> Self::Future {
        ready(if request == FAILING {
            Err(Failure)
        } else {
            Ok(request)
        })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the call failed")
    }
}

impl std::error::Error for Failure {}

impl From<Open> for Failure {
    fn from(_: Open) -> Self {
        Self
    }
}
