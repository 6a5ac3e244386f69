use std::future::Future;
use std::io;
use std::net::TcpListener;
use std::time::Duration;

use reqwest::Body;
use reqwest::header::RETRY_AFTER;
use resilience::time;

use super::client::{CANDIDATES, Client, Setup};
use super::server::{Answer, Server};
use crate::clock::StandStill;
use crate::table::{Row, Verdict};

pub(super) fn all() -> Vec<Row> {
    let limited = Setup {
        overall: Some(Duration::from_millis(300)),
        ..Setup::PLAIN
    };
    let impatient = Setup {
        client_timeout: Some(Duration::from_secs(1)),
        ..Setup::PLAIN
    };
    vec![
        compare("POST answered 500: one request", Setup::PLAIN, post_500),
        compare(
            "POST with Idempotency-Key answered 503: repeated with the same key",
            Setup::PLAIN,
            post_with_key,
        ),
        compare("POST, connection refused: tried again", Setup::PLAIN, refused),
        compare("429 with Retry-After 2: at least 2 s", Setup::PLAIN, retry_after),
        compare(
            "429 with Retry-After 2 and 300 ms left: fails at once, and tells for how long",
            limited,
            retry_after_too_late,
        ),
        compare(
            "503 with 200 kB of body: the connection is free before the wait is over",
            Setup::PLAIN,
            large_failure,
        ),
        compare(
            "a streaming body to a healthy server: sent once",
            Setup::PLAIN,
            streaming_body,
        ),
        compare(
            "a timeout is told as one after the last retry",
            impatient,
            told_as_timeout,
        ),
    ]
}

/// Runs a scenario with each middleware.
fn compare<F>(behaviour: &'static str, setup: Setup, scenario: impl Fn(Client) -> F) -> Row
where
    F: Future<Output = io::Result<Verdict>>,
{
    let verdicts = CANDIDATES.map(|candidate| {
        let run = async { scenario((candidate.client)(setup)).await };
        let verdict = candidate.clock(setup).run(run);
        (candidate.column, verdict.expect("the loopback device works"))
    });
    Row::new(behaviour, verdicts)
}

fn post(client: &Client, server: &Server) -> reqwest_middleware::RequestBuilder {
    client
        .http
        .post(format!("http://{}/orders", server.address))
        .body("an order")
}

fn get(client: &Client, server: &Server) -> reqwest_middleware::RequestBuilder {
    client.http.get(format!("http://{}/orders", server.address))
}

async fn post_500(client: Client) -> io::Result<Verdict> {
    let server = Server::answering([Answer::status(500)]).await?;
    // What it comes to is on the server.
    let _ = post(&client, &server).send().await;
    let sent = server.requests().len();
    Ok(Verdict::when(sent == 1, format!("sent {sent} times")))
}

async fn post_with_key(client: Client) -> io::Result<Verdict> {
    let server = Server::answering([Answer::status(503), Answer::status(201)]).await?;
    let answer = post(&client, &server)
        .header("idempotency-key", "order-1")
        .send()
        .await;
    let created = answer.is_ok_and(|answer| answer.status() == 201);
    let requests = server.requests();
    let same = requests
        .iter()
        .all(|request| request.header("idempotency-key") == Some("order-1"));
    Ok(Verdict::when(
        created && same && requests.len() == 2,
        format!(
            "{} requests, created: {created}, same key: {same}",
            requests.len()
        ),
    ))
}

async fn refused(client: Client) -> io::Result<Verdict> {
    // Nobody listens there once the listener is gone.
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let _ = client
        .http
        .post(format!("http://{address}/orders"))
        .body("an order")
        .send()
        .await;
    let attempts = client.attempts();
    Ok(Verdict::when(attempts > 1, format!("{attempts} attempt")))
}

async fn retry_after(client: Client) -> io::Result<Verdict> {
    let throttled = Answer::with(429, "retry-after: 2\r\n", 0);
    let server = Server::answering([throttled, Answer::status(200)]).await?;
    let _ = get(&client, &server).send().await;
    let waits: Vec<_> = server
        .requests()
        .windows(2)
        .map(|pair| pair[1].at - pair[0].at)
        .collect();
    Ok(match waits.as_slice() {
        [wait] => Verdict::when(
            *wait >= Duration::from_secs(2),
            format!("came back after {wait:?}"),
        ),
        other => Verdict::Fail(format!("{} retries", other.len())),
    })
}

async fn retry_after_too_late(client: Client) -> io::Result<Verdict> {
    let server = Server::answering([Answer::with(429, "retry-after: 2\r\n", 0)]).await?;
    let start = time::now();
    let answer = get(&client, &server).send().await;
    let (spent, sent) = (time::now() - start, server.requests().len());
    let told = match &answer {
        Ok(response) => response.headers().contains_key(RETRY_AFTER),
        Err(error) => resilience_reqwest::find(error).is_some_and(|told| told.retry_after.is_some()),
    };
    Ok(Verdict::when(
        told && sent == 1 && spent < Duration::from_millis(100),
        format!("{sent} requests, told after {spent:?}"),
    ))
}

async fn large_failure(client: Client) -> io::Result<Verdict> {
    // Never so long on a machine that does anything at all, and waited out only by who holds the connection.
    const REAL_PATIENCE: Duration = Duration::from_secs(1);
    let server = Server::answering([Answer::with(503, "", 200_000), Answer::status(200)]).await?;
    let request = get(&client, &server).send();
    // Time stands still until the verdict: the wait before the retry can't be over.
    let still = StandStill::begin();
    let verdict = tokio::select! {
        _ = request => Verdict::Fail("did not wait".to_owned()),
        () = server.free() => Verdict::Pass,
        () = real(REAL_PATIENCE) => Verdict::Fail("holds it open until the wait is over".to_owned()),
    };
    drop(still);
    Ok(verdict)
}

/// Waits on the system's clock, whatever tokio's does.
#[expect(
    clippy::disallowed_methods,
    reason = "with the clock standing still, this is the only way to see that nothing happens"
)]
async fn real(duration: Duration) {
    // A task that can't be joined has no bearing on the time that has passed.
    let _ = tokio::task::spawn_blocking(move || std::thread::sleep(duration)).await;
}

async fn streaming_body(client: Client) -> io::Result<Verdict> {
    let server = Server::answering([Answer::status(201)]).await?;
    let parts = ["an ", "order"].map(Ok::<_, io::Error>);
    let body = Body::wrap_stream(futures_util::stream::iter(parts));
    let answer = post(&client, &server).body(body).send().await;
    let requests = server.requests();
    let whole = requests
        .iter()
        .all(|request| String::from_utf8_lossy(&request.body).contains("order"));
    let seen = match answer {
        Ok(answer) => format!("{}, {} requests, whole: {whole}", answer.status(), requests.len()),
        Err(error) => format!("{error}"),
    };
    Ok(Verdict::when(
        requests.len() == 1 && whole && seen.starts_with("201"),
        seen,
    ))
}

async fn told_as_timeout(client: Client) -> io::Result<Verdict> {
    let server = Server::answering([Answer::Hang]).await?;
    let Err(error) = get(&client, &server).send().await else {
        return Ok(Verdict::Fail("an answer from nowhere".to_owned()));
    };
    Ok(Verdict::when(
        error.is_timeout(),
        format!("is_timeout() is false for \"{error}\""),
    ))
}
