//! A call that may have to wait for permission before it is made: what the tower faces of the limits have in common.

use std::future::Future;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use pin_project_lite::pin_project;
use tower_service::Service;

/// What has to be waited for before the call.
pub(crate) type Permission<G, R> = Pin<Box<dyn Future<Output = Result<G, R>> + Send>>;

/// What a call brought, and the guard that it came under.
pub(crate) type Answer<S, Req, G> = (
    Result<<S as Service<Req>>::Response, <S as Service<Req>>::Error>,
    Option<G>,
);

pin_project! {
    /// A call to `S` under a guard `G`, or its rejection `R`. What is dropped half-way lets go of the call before
    /// the guard.
    #[project = GatedProjection]
    #[project_replace = GatedReplaced]
    pub(crate) enum Gated<S, Req, G, R>
    where
        S: Service<Req>,
    {
        Calling { #[pin] call: S::Future, guard: Option<G> },
        Waiting { permission: Permission<G, R>, service: S, request: Req },
        Rejected { rejection: R },
        Done,
    }
}

impl<S, Req, G, R> Gated<S, Req, G, R>
where
    S: Service<Req>,
{
    pub(crate) fn calling(call: S::Future, guard: G) -> Self {
        Self::Calling {
            call,
            guard: Some(guard),
        }
    }

    pub(crate) fn rejected(rejection: R) -> Self {
        Self::Rejected { rejection }
    }

    /// Takes the service that is ready, and leaves a clone in its place: a clone need not be ready.
    pub(crate) fn waiting(permission: Permission<G, R>, service: &mut S, request: Req) -> Self
    where
        S: Clone,
    {
        let clone = service.clone();
        Self::Waiting {
            permission,
            service: mem::replace(service, clone),
            request,
        }
    }

    /// The answer, and the guard it came under. A rejection came under none; `reject` makes an error of it.
    pub(crate) fn poll_guarded(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        reject: impl FnOnce(R) -> S::Error,
    ) -> Poll<Answer<S, Req, G>> {
        loop {
            match self.as_mut().project() {
                GatedProjection::Calling { call, guard } => {
                    let result = ready!(call.poll(context));
                    return Poll::Ready((result, guard.take()));
                }
                GatedProjection::Waiting { permission, .. } => {
                    let permission = ready!(permission.as_mut().poll(context));
                    if let GatedReplaced::Waiting {
                        mut service, request, ..
                    } = self.as_mut().project_replace(Self::Done)
                    {
                        let next = match permission {
                            Ok(guard) => Self::calling(service.call(request), guard),
                            Err(rejection) => Self::rejected(rejection),
                        };
                        self.set(next);
                    }
                }
                GatedProjection::Rejected { .. } => {
                    if let GatedReplaced::Rejected { rejection } = self.as_mut().project_replace(Self::Done) {
                        return Poll::Ready((Err(reject(rejection)), None));
                    }
                }
                GatedProjection::Done => panic!("a future is not polled again once it is ready"),
            }
        }
    }
}
