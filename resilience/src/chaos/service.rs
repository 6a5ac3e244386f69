use std::fmt;
use std::future::pending;
use std::task::{Context, Poll};

use tower_service::Service;

use super::fate::{End, Fate};
use super::{Chaos, ChaosFuture, Fault};
use crate::time;

/// A service whose calls go wrong, on purpose; made by [`ChaosLayer`](super::ChaosLayer).
///
/// `poll_ready` is that of the inner service: an unready service is no fault of its calls. The fate of a call is drawn
/// by [`call`](Service::call), so that fates come in the order of the calls.
#[derive(Clone)]
pub struct ChaosService<S, F> {
    inner: S,
    chaos: Chaos,
    error: F,
}

impl<S, F> ChaosService<S, F> {
    pub(super) fn new(inner: S, chaos: Chaos, error: F) -> Self {
        Self { inner, chaos, error }
    }
}

impl<S, F, Req> Service<Req> for ChaosService<S, F>
where
    S: Service<Req> + Clone,
    F: Fn(Fault) -> S::Error + Clone,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = ChaosFuture<S, Req, F>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Req) -> Self::Future {
        let error = self.error.clone();
        match self.chaos.next() {
            Fate::UNTOUCHED => ChaosFuture::calling(self.inner.call(request), None, error),
            fate => {
                let permission = Box::pin(meet(fate));
                ChaosFuture::waiting(permission, &mut self.inner, request, error)
            }
        }
    }
}

/// What happens before the call is made; the fault that its answer is lost by, or the one that it is not made by.
async fn meet(fate: Fate) -> Result<Option<Fault>, Fault> {
    if let Some(latency) = fate.latency {
        time::sleep(latency).await;
    }
    match fate.end {
        End::Untouched => Ok(None),
        End::Fails(Fault::Reset) => Ok(Some(Fault::Reset)),
        End::Fails(Fault::Error) => Err(Fault::Error),
        End::Hangs => pending().await,
    }
}

impl<S: fmt::Debug, F> fmt::Debug for ChaosService<S, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChaosService")
            .field("inner", &self.inner)
            .field("chaos", &self.chaos)
            .finish_non_exhaustive()
    }
}
