//! What a client tells of itself.

use std::sync::{Arc, Mutex};

use client_core::testing::{Reply, ScriptedTransport};
use client_core::{Event, StaticToken};

use crate::operations::{builder, client, price, read_price};

#[tokio::test(start_paused = true)]
async fn counters_add_up_over_clones() {
    let transport =
        ScriptedTransport::new([Reply::status(503), Reply::json(200, &price()), Reply::status(404)]);
    let client = client(&transport);
    client.clone().call(read_price()).await.unwrap();
    client.call(read_price()).await.unwrap_err();
    let stats = client.stats();
    assert_eq!(
        (stats.calls, stats.failures, stats.attempts, stats.retries),
        (2, 1, 3, 1)
    );
    assert_eq!((stats.rejections, stats.breaker_openings), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn the_listener_hears_retries_openings_rejections_and_the_end_of_each_call() {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let ear = Arc::clone(&heard);
    let transport = ScriptedTransport::always(Reply::status(503));
    let client = builder(&transport)
        .on_event(move |event| {
            let line = match event {
                Event::Policy { operation, event, .. } => {
                    let name = format!("{event:?}");
                    format!("{operation} {}", name.split([' ', '(']).next().unwrap())
                }
                Event::Finished { call, .. } => {
                    format!("{} {} after {}", call.operation, call.outcome, call.attempts)
                }
                other => panic!("{other:?}"),
            };
            ear.lock().unwrap().push(line);
        })
        .build()
        .unwrap();
    for _ in 0..3 {
        client.call(read_price()).await.unwrap_err();
    }
    let heard = heard.lock().unwrap();
    let count = |line: &str| heard.iter().filter(|it| *it == line).count();
    assert_eq!(count("readPrice BreakerOpened"), 1, "{heard:#?}");
    assert_eq!(count("readPrice Retrying"), 3);
    assert_eq!(count("readPrice api after 4"), 1);
    assert_eq!(
        count("readPrice api after 1"),
        1,
        "the circuit opened before its second attempt"
    );
    assert_eq!(count("readPrice circuit_open after 0"), 1);
}

#[tokio::test(start_paused = true)]
async fn a_finished_call_carries_what_a_log_line_needs() {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let ear = Arc::clone(&heard);
    let transport = ScriptedTransport::new([
        Reply::json(200, &price()).after(std::time::Duration::from_millis(20)),
        Reply::status(404),
    ]);
    let client = builder(&transport)
        .token_source(StaticToken::new("top-secret").unwrap())
        .on_event(move |event| {
            if let Event::Finished { call, .. } = event {
                assert!(!format!("{event:?}").contains("top-secret"));
                let status = call.status.map(|it| it.as_u16());
                let id = call.correlation_id.map(str::to_owned);
                ear.lock()
                    .unwrap()
                    .push((id, status, call.outcome, call.latency.as_millis()));
            }
        })
        .build()
        .unwrap();
    client.call(read_price()).correlation_id("a").await.unwrap();
    client.call(read_price()).correlation_id("b").await.unwrap_err();
    client
        .call(read_price())
        .correlation_id("not well formed")
        .await
        .unwrap_err();
    assert_eq!(
        *heard.lock().unwrap(),
        [
            (Some("a".to_owned()), Some(200), "ok", 20),
            (Some("b".to_owned()), Some(404), "api", 0),
            (None, None, "build", 0),
        ]
    );
}
