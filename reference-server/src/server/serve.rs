//! Serves HTTP/1.1 and HTTP/2 on each connection, within limits of time and size.

use axum::Router;
use axum::serve::Listener;
use event_messaging::clock;
use http::Request;
use hyper::body::Incoming;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use std::future::pending;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// How many header lines are read at all. Far above what the interface lets through, so that it is the interface that
/// refuses, with the documented body.
const MOST_HEADER_LINES: usize = 1_000;
/// The same for the bytes of a head.
const LARGEST_HEAD: u32 = 1024 * 1024;
/// A new connection has this long for its first head, however short the time for a request is.
const LEAST_TIME_FOR_A_HEAD: Duration = Duration::from_secs(1);
/// How long a connection may wait for its next request: longer than clients keep idle ones, so that it is they who
/// close them.
const KEEP_ALIVE: Duration = Duration::from_secs(75);

/// Answers on every connection until it is told to stop; then takes no new connection, and ends when the requests that
/// run have been answered. Dropping it breaks all connections off.
pub(super) async fn serve<L>(
    mut listener: L,
    router: Router,
    time_for_a_request: Duration,
    mut stop: watch::Receiver<bool>,
) where
    L: Listener,
    L::Io: 'static,
{
    let http = builder(time_for_a_request.max(KEEP_ALIVE));
    let time_for_a_head = time_for_a_request.max(LEAST_TIME_FOR_A_HEAD);
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            (io, _) = listener.accept() => {
                let io = TokioIo::new(io);
                connections.spawn(attend(io, http.clone(), router.clone(), time_for_a_head, stop.clone()));
            }
            // Those that have ended are let go.
            Some(_) = connections.join_next() => {}
            () = told(&mut stop) => break,
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

fn builder(keep_alive: Duration) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(keep_alive)
        .max_headers(MOST_HEADER_LINES)
        .max_buf_size(LARGEST_HEAD as usize);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(LARGEST_HEAD);
    builder
}

/// Serves one connection. One that has not sent a whole head yet is closed when its time is over, and at once when the
/// server stops: nothing of it has been begun.
async fn attend<I>(
    io: TokioIo<I>,
    http: Builder<TokioExecutor>,
    router: Router,
    time_for_a_head: Duration,
    mut stop: watch::Receiver<bool>,
) where
    TokioIo<I>: hyper::rt::Read + hyper::rt::Write + Unpin + 'static,
{
    let has_begun = Arc::new(AtomicBool::new(false));
    let handler = TowerToHyperService::new(router);
    let begins = Arc::clone(&has_begun);
    let service = service_fn(move |request: Request<Incoming>| {
        begins.store(true, Ordering::Relaxed);
        handler.call(request)
    });
    let mut connection = pin!(http.serve_connection(io, service));
    let stays_silent = async {
        clock::sleep(time_for_a_head).await;
        if has_begun.load(Ordering::Relaxed) {
            pending::<()>().await;
        }
    };
    tokio::select! {
        // However it ends, it is the client's doing, and the client sees it.
        _ = connection.as_mut() => return,
        () = stays_silent => return,
        () = told(&mut stop) => {}
    }
    if has_begun.load(Ordering::Relaxed) {
        connection.as_mut().graceful_shutdown();
        let _ = connection.await;
    }
}

/// Waits until the server is to stop, or is gone.
async fn told(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}
