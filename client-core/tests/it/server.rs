//! A server of raw TCP, as hostile as a test wants it.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Counts connections and runs a script for each.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    connections: Arc<AtomicU32>,
}

impl Server {
    /// Runs `script` for each connection, with its number from 1.
    pub(crate) async fn start<F, Fut>(script: F) -> Self
    where
        F: Fn(Connection) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicU32::new(0));
        let counter = Arc::clone(&connections);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let number = counter.fetch_add(1, Ordering::Relaxed) + 1;
                tokio::spawn(script(Connection { stream, number }));
            }
        });
        Self { address, connections }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/api/v1", self.address)
    }

    pub(crate) fn connections(&self) -> u32 {
        self.connections.load(Ordering::Relaxed)
    }
}

pub(crate) struct Connection {
    stream: TcpStream,
    pub(crate) number: u32,
}

impl Connection {
    /// Reads the head of one request, and its body by content-length; `None` when the peer is gone.
    pub(crate) async fn request(&mut self) -> Option<String> {
        let mut text = Vec::new();
        loop {
            let mut chunk = [0; 4096];
            let count = self.stream.read(&mut chunk).await.ok()?;
            if count == 0 {
                return None;
            }
            text.extend_from_slice(&chunk[..count]);
            let whole = String::from_utf8_lossy(&text).into_owned();
            if let Some((head, body)) = whole.split_once("\r\n\r\n") {
                let length = head
                    .lines()
                    .find_map(|line| line.strip_prefix("content-length: "));
                if body.len() >= length.map_or(0, |it| it.parse().unwrap()) {
                    return Some(whole);
                }
            }
        }
    }

    pub(crate) async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        // A peer that has given up is part of the tests.
        let _ = self.stream.write_all(bytes.as_ref()).await;
        let _ = self.stream.flush().await;
    }

    pub(crate) async fn answer(&mut self, status: &str, headers: &str, body: &str) {
        let length = body.len();
        self.send(format!(
            "HTTP/1.1 {status}\r\ncontent-length: {length}\r\n{headers}\r\n{body}"
        ))
        .await;
    }

    /// Answers every request of the connection alike.
    pub(crate) async fn answer_all(mut self, status: &str, headers: &str, body: &str) {
        while self.request().await.is_some() {
            self.answer(status, headers, body).await;
        }
    }

    /// Closes with a reset instead of a farewell.
    pub(crate) fn reset(self) {
        self.stream.set_zero_linger().unwrap();
        drop(self.stream);
    }

    pub(crate) async fn hang(self) {
        std::future::pending::<()>().await;
    }
}
