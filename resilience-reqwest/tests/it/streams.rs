use std::convert::Infallible;
use std::time::Duration;

use bytes::Bytes;
use reqwest::Body;
use resilience::hedge::HedgePolicy;
use resilience_reqwest::ResilienceMiddleware;

use crate::connections::quick;
use crate::script::{Act, Server, URL, answer, policy};
use crate::sockets::{Reply, Sockets};

/// A body of `pieces` of 1,000 bytes each, of unknown length.
fn stream(pieces: usize) -> Body {
    let pieces = (0..pieces).map(|piece| Ok::<_, Infallible>(Bytes::from(format!("{piece:0>1000}"))));
    Body::wrap_stream(futures_util::stream::iter(pieces))
}

fn text(pieces: usize) -> String {
    (0..pieces).map(|piece| format!("{piece:0>1000}")).collect()
}

#[tokio::test]
async fn a_streaming_body_to_a_healthy_server_is_sent_once_and_whole() {
    for pieces in [0, 1, 64, 500] {
        let sockets = Sockets::start([Reply::status(200)]).await;
        let put = sockets.client(quick()).put(sockets.url()).body(stream(pieces));
        assert_eq!(put.send().await.unwrap().status(), 200);
        assert_eq!(sockets.bodies(), [text(pieces)]);
    }
}

#[tokio::test]
async fn a_streaming_body_of_up_to_64_kib_is_repeated_whole() {
    let sockets = Sockets::start([Reply::status(503), Reply::status(503), Reply::status(200)]).await;
    let put = sockets.client(quick()).put(sockets.url()).body(stream(65));
    assert_eq!(put.send().await.unwrap().status(), 200);
    assert_eq!(sockets.bodies(), [text(65), text(65), text(65)]);
}

#[tokio::test(start_paused = true)]
async fn a_request_whose_body_streams_is_not_raced_against_itself() {
    for (body, second_after) in [(Body::from("89.99"), 50), (stream(1), 2_100)] {
        let server = Server::new([Act::Hang, answer(200)]);
        let hedged = policy().hedge(HedgePolicy::after(Duration::from_millis(50)));
        let client = server.client(ResilienceMiddleware::new(hedged.build().unwrap()));
        assert_eq!(client.put(URL).body(body).send().await.unwrap().status(), 200);

        let seen = server.seen();
        assert_eq!(seen[1].at - seen[0].at, Duration::from_millis(second_after));
    }
}

#[tokio::test]
async fn a_longer_one_is_sent_once_and_its_failure_told_as_it_came() {
    let sockets = Sockets::start([Reply::status(503)]).await;
    let put = sockets.client(quick()).put(sockets.url()).body(stream(66));
    assert_eq!(put.send().await.unwrap().status(), 503);
    assert_eq!(sockets.bodies(), [text(66)]);
}

#[tokio::test]
async fn a_stream_that_breaks_is_not_sent_again() {
    let broken = futures_util::stream::iter([
        Ok(Bytes::from_static(b"half")),
        Err(std::io::Error::other("disk")),
    ]);
    let sockets = Sockets::start([]).await;
    let put = sockets
        .client(quick())
        .put(sockets.url())
        .body(Body::wrap_stream(broken));
    put.send().await.unwrap_err();
    assert_eq!(sockets.bodies(), Vec::<String>::new());
}
