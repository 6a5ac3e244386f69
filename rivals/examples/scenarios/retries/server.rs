use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use resilience::time::{self, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::watch;

/// What the server says, byte for byte; the last answer is given from then on.
#[derive(Debug, Clone)]
pub(super) enum Answer {
    Bytes(String),
    /// Not a word, and the connection stays open.
    Hang,
}

impl Answer {
    pub(super) fn status(status: u16) -> Self {
        Self::with(status, "", 0)
    }

    /// With header lines, each ending in a line break of HTTP's, and so many bytes of body.
    pub(super) fn with(status: u16, headers: &str, body: usize) -> Self {
        let head = format!("HTTP/1.1 {status} Told\r\n{headers}content-length: {body}\r\n\r\n");
        Self::Bytes(head + &"x".repeat(body))
    }
}

/// A request as it came.
#[derive(Debug, Clone)]
pub(super) struct Request {
    pub(super) at: Instant,
    pub(super) head: String,
    pub(super) body: Vec<u8>,
}

impl Request {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// A server on a socket of its own, on the runtime of the scenario.
pub(super) struct Server {
    pub(super) address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    script: Vec<Answer>,
    requests: Mutex<Vec<Request>>,
    /// How many connections are done with an answer: it was taken whole, or they were closed.
    free: watch::Sender<usize>,
}

impl Server {
    pub(super) async fn answering(script: impl Into<Vec<Answer>>) -> io::Result<Self> {
        // With as small a buffer as there is, an answer is written when the client has taken it, and not before.
        let socket = TcpSocket::new_v4()?;
        socket.set_send_buffer_size(4_096)?;
        socket.bind(SocketAddr::from(([127, 0, 0, 1], 0)))?;
        let listener = socket.listen(1_024)?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            script: script.into(),
            requests: Mutex::default(),
            free: watch::Sender::new(0),
        });
        let of_all = Arc::clone(&shared);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let shared = Arc::clone(&of_all);
                // A connection that breaks is the client's doing, and part of some scenarios.
                tokio::spawn(async move { shared.serve(stream).await });
            }
        });
        Ok(Self { address, shared })
    }

    pub(super) fn requests(&self) -> Vec<Request> {
        self.shared
            .requests
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Waits until a connection is done with an answer.
    pub(super) async fn free(&self) {
        let mut free = self.shared.free.subscribe();
        // The sender lives as long as `self`.
        let _ = free.wait_for(|free| *free > 0).await;
    }
}

impl Shared {
    async fn serve(&self, mut stream: TcpStream) -> io::Result<()> {
        while let Some(request) = read(&mut stream).await? {
            let answer = {
                let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
                requests.push(request);
                self.script[(requests.len() - 1).min(self.script.len() - 1)].clone()
            };
            let Answer::Bytes(bytes) = answer else {
                return std::future::pending().await;
            };
            let written = stream.write_all(bytes.as_bytes()).await;
            self.free.send_modify(|free| *free += 1);
            written?;
        }
        Ok(())
    }
}

/// The next request of a connection; `None` at its end.
async fn read(stream: &mut TcpStream) -> io::Result<Option<Request>> {
    const END: &[u8] = b"\r\n\r\n";
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(at) = bytes.windows(END.len()).position(|window| window == END) {
            break at + END.len();
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Ok(None);
        }
    };
    let mut request = Request {
        at: time::now(),
        head: String::from_utf8_lossy(&bytes[..head_end]).into_owned(),
        body: bytes.split_off(head_end),
    };
    let length = request
        .header("content-length")
        .map_or(0, |length| length.parse().unwrap_or(0));
    let chunked = request.header("transfer-encoding").is_some();
    let is_whole = |body: &[u8]| {
        if chunked {
            body.ends_with(b"0\r\n\r\n")
        } else {
            body.len() >= length
        }
    };
    while !is_whole(&request.body) {
        if stream.read_buf(&mut request.body).await? == 0 {
            return Ok(None);
        }
    }
    Ok(Some(request))
}
