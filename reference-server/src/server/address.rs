use super::error::{Error, Kind};
use std::io;
use std::net::SocketAddr;
use tokio::net::TcpListener;

/// Listens on the address, which must be a loopback one.
pub(super) async fn listen(text: &str) -> Result<(TcpListener, SocketAddr), Error> {
    let ill_formed = || Error::new(Kind::Address(text.to_owned()));
    let mut addresses = tokio::net::lookup_host(text).await.map_err(|_| ill_formed())?;
    let address = addresses.next().ok_or_else(ill_formed)?;
    if !address.ip().is_loopback() {
        return Err(Error::new(Kind::NotLoopback(address)));
    }
    let failed = |cause: io::Error| {
        Error::new(match cause.kind() {
            io::ErrorKind::AddrInUse => Kind::PortInUse(address),
            _ => Kind::Listen(address, cause),
        })
    };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}
