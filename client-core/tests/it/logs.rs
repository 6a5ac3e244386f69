//! What a call writes to the log, and what it does not.

use std::io;
use std::sync::{Arc, Mutex};

use client_core::StaticToken;
use client_core::testing::{Reply, ScriptedTransport};
use tracing_subscriber::fmt::MakeWriter;

use crate::operations::{ReadPrice, builder, price, read_price};

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Lines {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Lines {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

/// Everything that is logged on this thread until the guard is dropped.
fn listen() -> (Lines, tracing::subscriber::DefaultGuard) {
    let lines = Lines::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(lines.clone())
        .finish();
    (lines, tracing::subscriber::set_default(subscriber))
}

#[tokio::test(start_paused = true)]
async fn a_call_is_one_line_with_target_operation_status_attempts_and_latency() {
    let (lines, _listening) = listen();
    let transport = ScriptedTransport::new([Reply::status(503), Reply::json(200, &price())]);
    builder(&transport)
        .build()
        .unwrap()
        .call(read_price())
        .correlation_id("order-7")
        .await
        .unwrap();
    let text = lines.text();
    let line = text.lines().find(|line| line.contains("call finished")).unwrap();
    for fact in [
        "server.address=\"products.test\"",
        "url.template=\"/variants/{variantId}/price\"",
        "http.request.method=GET",
        "operation=\"readPrice\"",
        "correlation_id=\"order-7\"",
        "http.response.status_code=200",
        "outcome=\"ok\"",
        "attempts=2",
        "latency_ms=",
    ] {
        assert!(line.contains(fact), "{fact} in {line}");
    }
    assert_eq!(text.matches("retrying").count(), 1, "{text}");
}

#[tokio::test(start_paused = true)]
async fn the_opening_of_a_circuit_is_a_warning() {
    let (lines, _listening) = listen();
    let transport = ScriptedTransport::always(Reply::status(503));
    let client = builder(&transport).build().unwrap();
    client.call(read_price()).await.unwrap_err();
    client.call(read_price()).await.unwrap_err();
    let text = lines.text();
    let opened: Vec<_> = text
        .lines()
        .filter(|line| line.contains("circuit opened"))
        .collect();
    assert_eq!(opened.len(), 1, "{text}");
    assert!(
        opened[0].contains("WARN") && opened[0].contains("breaker=\"checkout\""),
        "{}",
        opened[0]
    );
}

#[tokio::test(start_paused = true)]
async fn neither_tokens_nor_bodies_nor_arguments_are_logged() {
    const SECRET: &str = "s3cr3t";
    let (lines, _listening) = listen();
    let replies = [
        Reply::status(503)
            .with_body(SECRET)
            .with_header("x-secret", SECRET),
        Reply::json(200, SECRET),
        Reply::json(400, &serde_json::json!({"error": SECRET, "message": SECRET})),
    ];
    let client = builder(&ScriptedTransport::new(replies))
        .token_source(StaticToken::new(SECRET).unwrap())
        .build()
        .unwrap();
    client.call(ReadPrice(SECRET.to_owned())).await.unwrap_err();
    client.call(ReadPrice(SECRET.to_owned())).await.unwrap_err();
    let text = lines.text();
    assert_eq!(text.matches("call finished").count(), 2, "{text}");
    assert!(!text.contains(SECRET), "{text}");
}
