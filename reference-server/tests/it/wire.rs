//! A client that shows what came over the wire, whole or not.

use std::net::SocketAddr;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// What came before the server closed the connection.
pub(crate) struct Received(String);

impl Received {
    /// Whether the connection was closed without a byte.
    pub(crate) fn is_nothing(&self) -> bool {
        self.0.is_empty()
    }

    /// The status; `None` when no head came.
    pub(crate) fn status(&self) -> Option<u16> {
        self.0.split(' ').nth(1)?.parse().ok()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let head = self.0.split("\r\n\r\n").next()?;
        head.lines()
            .skip(1)
            .filter_map(|line| line.split_once(": "))
            .find_map(|(found, value)| found.eq_ignore_ascii_case(name).then_some(value))
    }

    pub(crate) fn body(&self) -> &str {
        self.0.split_once("\r\n\r\n").map_or("", |(_, body)| body)
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(self.body()).expect("a whole JSON body")
    }
}

pub(crate) async fn get(server: SocketAddr, path: &str) -> Received {
    exchange(
        server,
        &format!("GET {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n"),
    )
    .await
}

pub(crate) async fn post(server: SocketAddr, path: &str, token: &str, body: &str) -> Received {
    let length = body.len();
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    exchange(server, &request).await
}

pub(crate) async fn delete(server: SocketAddr, path: &str, token: &str) -> Received {
    let head = format!("DELETE {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n");
    exchange(server, &format!("{head}Authorization: Bearer {token}\r\n\r\n")).await
}

/// Sends bytes and takes what comes until the server closes the connection.
pub(crate) async fn exchange(server: SocketAddr, request: &str) -> Received {
    let mut connection = TcpStream::connect(server).await.expect("the server listens");
    connection
        .write_all(request.as_bytes())
        .await
        .expect("the request is taken");
    let mut received = Vec::new();
    // A reset connection ends the answer as a closed one does; what came before is kept either way.
    let _how = connection.read_to_end(&mut received).await;
    Received(String::from_utf8(received).expect("answers are UTF-8"))
}
