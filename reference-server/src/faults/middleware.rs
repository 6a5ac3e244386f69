//! Where faults strike: around every handler.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use event_messaging::clock;
use http::header::RETRY_AFTER;
use http::{HeaderValue, Method, StatusCode};

use super::counts::Count;
use super::draw::{Draw, Fault};
use super::{Faults, Outage, Strike, body};
use crate::http::error::fault_response;

/// The largest answer that is held back to be cut, in bytes; a larger one is lost as a whole.
const MAX_TRUNCATED: usize = 16 * 1024 * 1024;

/// Lets the request through, or lets a fault strike it.
pub(crate) async fn inject(State(faults): State<Faults>, request: Request, next: Next) -> Response {
    faults.counters().add(Count::Request);
    let strike = faults.strike(request.method(), request.uri().path());
    let striker = Striker {
        faults: &faults,
        is_head: request.method() == Method::HEAD,
    };
    match strike {
        Strike::Outage(outage, hang_limit) => striker.outage(outage, hang_limit).await,
        Strike::Planned(draw) => striker.planned(draw, request, next).await,
    }
}

struct Striker<'f> {
    faults: &'f Faults,
    is_head: bool,
}

impl Striker<'_> {
    async fn outage(&self, outage: Outage, hang_limit: Duration) -> Response {
        self.count(Count::InOutage);
        self.count(Count::Fault);
        match outage {
            Outage::Unavailable => self.error(StatusCode::SERVICE_UNAVAILABLE),
            Outage::Reset => self.reset(),
            Outage::Hang => self.hang(hang_limit).await,
        }
    }

    async fn planned(&self, draw: Draw, request: Request, next: Next) -> Response {
        if let Some(delay) = draw.delay {
            self.count(Count::Delay);
            clock::sleep(delay).await;
        }
        let Some(fault) = draw.fault else {
            return next.run(request).await;
        };
        self.count(Count::Fault);
        if draw.loses_answer {
            drop(next.run(request).await);
            self.count(Count::LostAnswer);
            return self.strike(fault).await;
        }
        match fault {
            Fault::Truncation => self.truncate(next.run(request).await).await,
            fault => self.strike(fault).await,
        }
    }

    /// Answers as the fault does, without the handler.
    async fn strike(&self, fault: Fault) -> Response {
        match fault {
            Fault::Error(status) => self.error(status),
            Fault::Throttle(retry_after) => self.throttle(retry_after),
            // Without an answer there is nothing to cut.
            Fault::Reset | Fault::Truncation => self.reset(),
            Fault::Hang(limit) => self.hang(limit).await,
        }
    }

    fn error(&self, status: StatusCode) -> Response {
        self.count(Count::Error);
        fault_response(status)
    }

    fn throttle(&self, retry_after: Duration) -> Response {
        self.count(Count::Throttle);
        let mut response = fault_response(StatusCode::TOO_MANY_REQUESTS);
        // It knows whole seconds only, and who comes back too early is throttled for nothing.
        let seconds = retry_after.as_secs() + u64::from(retry_after.subsec_nanos() > 0);
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(seconds));
        response
    }

    /// A HEAD has no body that could break the connection, and gets a 502 instead.
    fn reset(&self) -> Response {
        if self.is_head {
            return self.error(StatusCode::BAD_GATEWAY);
        }
        self.count(Count::Reset);
        body::reset()
    }

    async fn hang(&self, limit: Duration) -> Response {
        self.count(Count::Hang);
        clock::sleep(limit).await;
        if self.is_head {
            fault_response(StatusCode::GATEWAY_TIMEOUT)
        } else {
            body::reset()
        }
    }

    async fn truncate(&self, response: Response) -> Response {
        let Some(truncated) = body::truncated(response, MAX_TRUNCATED).await else {
            self.count(Count::LostAnswer);
            return self.reset();
        };
        self.count(Count::Truncation);
        truncated
    }

    fn count(&self, count: Count) {
        self.faults.counters().add(count);
    }
}
