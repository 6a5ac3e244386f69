//! A small HTTP/1.1 server on a real socket, for what only connections show.

use std::sync::{Arc, Mutex};

use reqwest_middleware::{ClientBuilder, ClientWithMiddleware, Middleware};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::script::reqwest_client;

#[derive(Clone, Copy)]
pub(crate) struct Reply {
    status: u16,
    length: usize,
}

impl Reply {
    pub(crate) fn status(status: u16) -> Self {
        Self { status, length: 2 }
    }

    pub(crate) fn with_length(mut self, bytes: usize) -> Self {
        self.length = bytes;
        self
    }
}

/// What happened, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Event {
    Connected,
    Asked { body: String },
    Closed,
}

pub(crate) struct Sockets {
    port: u16,
    log: Arc<Mutex<Vec<Event>>>,
}

impl Sockets {
    /// Gives these replies in turn; connections are served one after the other.
    pub(crate) async fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let sockets = Self {
            port: listener.local_addr().unwrap().port(),
            log: Arc::default(),
        };
        let log = Arc::clone(&sockets.log);
        let mut replies = replies.into_iter().collect::<Vec<_>>().into_iter();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                log.lock().unwrap().push(Event::Connected);
                serve(stream, &mut replies, &log).await;
                log.lock().unwrap().push(Event::Closed);
            }
        });
        sockets
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    pub(crate) fn client(&self, middleware: impl Middleware) -> ClientWithMiddleware {
        ClientBuilder::new(reqwest_client()).with(middleware).build()
    }

    pub(crate) fn log(&self) -> Vec<Event> {
        self.log.lock().unwrap().clone()
    }

    pub(crate) fn bodies(&self) -> Vec<String> {
        let bodies = self.log().into_iter().filter_map(|event| match event {
            Event::Asked { body } => Some(body),
            Event::Connected | Event::Closed => None,
        });
        bodies.collect()
    }
}

/// Serves one connection until it ends, or breaks.
async fn serve(stream: TcpStream, replies: &mut impl Iterator<Item = Reply>, log: &Mutex<Vec<Event>>) {
    let mut stream = BufReader::new(stream);
    while let Some(body) = request(&mut stream).await {
        log.lock().unwrap().push(Event::Asked { body });
        let Reply { status, length } = replies.next().expect("a request too many");
        let head = format!("HTTP/1.1 {status} Told\r\ncontent-length: {length}\r\n\r\n");
        let whole = [head.into_bytes(), vec![b'.'; length]].concat();
        if stream.write_all(&whole).await.is_err() {
            return;
        }
    }
}

/// The body of the next request; `None` when the connection has ended.
async fn request(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let (mut length, mut is_chunked) = (0, false);
    loop {
        let line = line(stream).await?;
        let lower = line.to_ascii_lowercase();
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        is_chunked |= lower.starts_with("transfer-encoding: chunked");
        if line.is_empty() {
            break;
        }
    }
    let mut body = String::new();
    if !is_chunked {
        return read(stream, length, &mut body).await.map(|()| body);
    }
    loop {
        let length = usize::from_str_radix(&line(stream).await?, 16).unwrap();
        read(stream, length, &mut body).await?;
        line(stream).await?;
        if length == 0 {
            return Some(body);
        }
    }
}

async fn line(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    let read = stream.read_line(&mut line).await.ok()?;
    (read > 0).then(|| line.trim_end().to_owned())
}

async fn read(stream: &mut BufReader<TcpStream>, length: usize, into: &mut String) -> Option<()> {
    let mut bytes = vec![0; length];
    stream.read_exact(&mut bytes).await.ok()?;
    into.push_str(std::str::from_utf8(&bytes).unwrap());
    Some(())
}
