use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tower::{Service, ServiceBuilder, ServiceExt, service_fn};
use tower_resilience::retry::{RetryBudgetBuilder, RetryLayer};

use super::client::{CANDIDATES, Client, Setup};
use super::server::{Answer, Server};
use crate::clock::Clock;
use crate::table::{Column, Row, Verdict};

const CALLS: usize = 1_000;

pub(super) fn all() -> Vec<Row> {
    let without_floor = Setup {
        floor: 0,
        ..Setup::PLAIN
    };
    let middlewares = CANDIDATES.map(|candidate| {
        let verdict = Clock::Tokio.run(async { over_http((candidate.client)(without_floor)).await });
        (candidate.column, verdict)
    });
    let tower_resilience = (Column::TowerResilience, Clock::Tokio.run(tower_resilience()));
    vec![Row::new(
        "1,000 calls to a dead peer, 3 retries, a budget of 20 % and no floor: at most 1,200 requests",
        middlewares.into_iter().chain([tower_resilience]),
    )]
}

async fn over_http(client: Client) -> Verdict {
    let server = match Server::answering([Answer::status(503)]).await {
        Ok(server) => server,
        Err(error) => return Verdict::Fail(error.to_string()),
    };
    for _ in 0..CALLS {
        // They all fail.
        let _ = client
            .http
            .get(format!("http://{}/orders", server.address))
            .send()
            .await;
    }
    judge(server.requests().len())
}

/// Its budget knows no ratio; this is the one it has by default.
async fn tower_resilience() -> Verdict {
    let requests = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&requests);
    let budget = RetryBudgetBuilder::new()
        .token_bucket()
        .build()
        .expect("the defaults are valid");
    let retry = RetryLayer::<u64, u64, &str>::builder()
        .max_attempts(4)
        .exponential_backoff(Duration::from_millis(100))
        .budget(budget)
        .build();
    let mut service = ServiceBuilder::new()
        .layer(retry)
        .service(service_fn(move |_: u64| {
            counted.fetch_add(1, Ordering::Relaxed);
            std::future::ready(Err::<u64, _>("dead"))
        }));
    for call in 0..CALLS as u64 {
        if let Ok(ready) = service.ready().await {
            let _ = ready.call(call).await;
        }
    }
    judge(requests.load(Ordering::Relaxed))
}

fn judge(requests: usize) -> Verdict {
    Verdict::when(requests <= CALLS + CALLS / 5, format!("{requests} requests"))
}
