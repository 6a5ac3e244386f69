//! Frames over a socket: a length of four bytes, and as many bytes.

use super::reply::Reply;
use super::request::Request;
use super::wire::{Put, Take};
use std::io;
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::mpsc;

/// The longest frame that is read: a damaged length must not take all memory.
const LONGEST: usize = 64 << 20;
const BUFFER: usize = 64 << 10;

/// What is sent as a frame.
pub(super) trait Frame: Sized {
    fn encode(&self, put: &mut Put);
    fn decode(take: Take<'_>) -> Option<Self>;

    /// The frame, its length in front.
    fn framed(&self) -> Vec<u8> {
        let mut put = Put(vec![0; 4]);
        self.encode(&mut put);
        let length = u32::try_from(put.0.len() - 4).unwrap_or(u32::MAX);
        put.0[..4].copy_from_slice(&length.to_be_bytes());
        put.0
    }
}

impl Frame for Request {
    fn encode(&self, put: &mut Put) {
        Request::encode(self, put);
    }

    fn decode(take: Take<'_>) -> Option<Self> {
        Request::decode(take)
    }
}

impl Frame for Reply {
    fn encode(&self, put: &mut Put) {
        Reply::encode(self, put);
    }

    fn decode(take: Take<'_>) -> Option<Self> {
        Reply::decode(take)
    }
}

/// The way in.
pub(super) struct Reader {
    half: BufReader<OwnedReadHalf>,
    buffer: Vec<u8>,
}

impl Reader {
    pub(super) fn new(half: OwnedReadHalf) -> Self {
        Self {
            half: BufReader::with_capacity(BUFFER, half),
            buffer: Vec::new(),
        }
    }

    /// The next frame. Not cancel safe.
    pub(super) async fn frame<F: Frame>(&mut self) -> io::Result<F> {
        let length = self.half.read_u32().await? as usize;
        let damaged = || io::Error::new(io::ErrorKind::InvalidData, "a damaged frame");
        if length > LONGEST {
            return Err(damaged());
        }
        self.buffer.resize(length, 0);
        self.half.read_exact(&mut self.buffer).await?;
        F::decode(Take(&self.buffer)).ok_or_else(damaged)
    }
}

/// Writes frames as they come, many at once, until nobody can send any more or the other side is gone.
pub(super) async fn write_all(mut half: OwnedWriteHalf, mut frames: mpsc::UnboundedReceiver<Vec<u8>>) {
    let mut waiting = Vec::new();
    while frames.recv_many(&mut waiting, 256).await > 0 {
        let together = waiting.concat();
        waiting.clear();
        if half.write_all(&together).await.is_err() {
            return;
        }
    }
}
