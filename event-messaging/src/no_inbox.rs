use crate::{Admission, InboxEntry, InboxStore, NewlyParked, Parked, ParkedBacklog, ParkedLease};
use std::convert::Infallible;
use std::time::Duration;

/// No inbox: nothing is remembered, nothing is parked, and the transaction is `()`. For handlers whose effect is
/// the same however often it happens.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoInbox;

impl InboxStore for NoInbox {
    type Error = Infallible;
    type Transaction = ();

    const REMEMBERS: bool = false;

    const PARKS: bool = false;

    async fn begin(&self) -> Result<(), Infallible> {
        Ok(())
    }

    async fn admit(&self, (): &mut (), _: InboxEntry<'_>) -> Result<Admission, Infallible> {
        Ok(Admission::New)
    }

    async fn commit(&self, (): ()) -> Result<(), Infallible> {
        Ok(())
    }

    /// Never called: [`PARKS`](InboxStore::PARKS) is false.
    async fn park(&self, (): &mut (), _: NewlyParked<'_>) -> Result<(), Infallible> {
        Ok(())
    }

    async fn claim_parked(&self, _: &str, _: usize, _: Duration) -> Result<Vec<Parked>, Infallible> {
        Ok(Vec::new())
    }

    async fn unpark(&self, (): &mut (), _: ParkedLease) -> Result<bool, Infallible> {
        Ok(false)
    }

    async fn postpone(&self, _: ParkedLease, _: u32, _: Duration, _: &str) -> Result<bool, Infallible> {
        Ok(false)
    }

    async fn prune(&self, _: &str, _: Duration, _: usize) -> Result<usize, Infallible> {
        Ok(0)
    }

    async fn parked(&self, _: &str) -> Result<ParkedBacklog, Infallible> {
        Ok(ParkedBacklog::default())
    }
}
