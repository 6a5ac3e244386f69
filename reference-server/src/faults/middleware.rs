//! Where faults strike: around every handler.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderValue, StatusCode};

use super::counts::Count;
use super::draw::{Draw, Fault};
use super::{Faults, Outage, Strike, body};
use crate::http::error::fault_response;

/// The largest answer that is held back to be cut, in bytes; a larger one goes out whole.
const MAX_TRUNCATED: usize = 16 * 1024 * 1024;

/// Lets the request through, or lets a fault strike it.
pub(crate) async fn inject(State(faults): State<Faults>, request: Request, next: Next) -> Response {
    faults.counters().add(Count::Request);
    match faults.strike(request.method(), request.uri().path()) {
        Strike::Outage(outage, hang_limit) => {
            faults.counters().add(Count::InOutage);
            let fault = match outage {
                Outage::Unavailable => Fault::Error(StatusCode::SERVICE_UNAVAILABLE),
                Outage::Reset => Fault::Reset,
                Outage::Hang => Fault::Hang(hang_limit),
            };
            answer(&faults, fault).await
        }
        Strike::Planned(draw) => planned(&faults, draw, request, next).await,
    }
}

async fn planned(faults: &Faults, draw: Draw, request: Request, next: Next) -> Response {
    if let Some(delay) = draw.delay {
        faults.counters().add(Count::Delay);
        event_messaging::clock::sleep(delay).await;
    }
    match draw.fault {
        None => next.run(request).await,
        Some(Fault::Truncation) => {
            let response = next.run(request).await;
            truncate(faults, response).await
        }
        Some(fault) => {
            if draw.loses_answer {
                drop(next.run(request).await);
                faults.counters().add(Count::LostAnswer);
            }
            answer(faults, fault).await
        }
    }
}

async fn truncate(faults: &Faults, response: Response) -> Response {
    faults.counters().add(Count::Fault);
    match body::truncated(response, MAX_TRUNCATED).await {
        Some(truncated) => {
            faults.counters().add(Count::Truncation);
            truncated
        }
        None => {
            // There is no body to cut: the answer is lost as a whole.
            faults.counters().add(Count::Reset);
            faults.counters().add(Count::LostAnswer);
            body::reset()
        }
    }
}

async fn answer(faults: &Faults, fault: Fault) -> Response {
    faults.counters().add(Count::Fault);
    match fault {
        Fault::Error(status) => {
            faults.counters().add(Count::Error);
            fault_response(status)
        }
        Fault::Throttle(retry_after) => {
            faults.counters().add(Count::Throttle);
            let mut response = fault_response(StatusCode::TOO_MANY_REQUESTS);
            response.headers_mut().insert(
                http::header::RETRY_AFTER,
                HeaderValue::from(whole_seconds(retry_after)),
            );
            response
        }
        Fault::Reset | Fault::Truncation => {
            faults.counters().add(Count::Reset);
            body::reset()
        }
        Fault::Hang(limit) => {
            faults.counters().add(Count::Hang);
            event_messaging::clock::sleep(limit).await;
            body::reset()
        }
    }
}

/// `Retry-After` knows whole seconds only; a client that comes back too early is throttled for nothing.
fn whole_seconds(duration: Duration) -> u64 {
    duration.as_secs() + u64::from(duration.subsec_nanos() > 0)
}
