use super::Position;
use product_types::Timestamp;
use std::error::Error as StdError;
use std::future::Future;
use std::sync::Arc;

/// Where a projection reads what is: the API of the service whose events it follows. One source is one kind of thing
/// (products, categories, discounts).
pub trait SnapshotSource: Send + Sync {
    /// What is read of a key.
    type Payload: Send + Sync;

    /// Why it could not be read. The projector tries again, with back-off.
    type Error: StdError + Send + Sync + 'static;

    /// The page that begins behind `after`, which is what the page before it called [`next`](SnapshotPage::next); the
    /// first page for `None`.
    ///
    /// The order is that of the keys and stays the same while others write (`sort=id`), so that a start which was
    /// interrupted goes on where it was. What is created meanwhile may be left out: its event says so. Where pages are
    /// counted by number, a deletion makes a key slip from one page to the one before it; the reconciliation finds it.
    fn page(
        &self,
        after: Option<&str>,
    ) -> impl Future<Output = Result<SnapshotPage<Self::Payload>, Self::Error>> + Send;

    /// What is of one key now.
    fn read(&self, key: &str) -> impl Future<Output = Result<Reading<Self::Payload>, Self::Error>> + Send;
}

/// Some keys, in their order.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SnapshotPage<P> {
    /// What was read.
    pub items: Vec<SnapshotItem<P>>,
    /// How to ask for the next page; `None` at the end. It must be good for as long as a restart may take.
    pub next: Option<String>,
}

/// One key as the source has it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SnapshotItem<P> {
    /// The key.
    pub key: String,
    /// Up to where it contains changes: the number of its last event where the source tells it, and the instant of its
    /// last change (`updatedAt`) in any case.
    pub position: Position,
    /// What it is.
    pub payload: P,
}

/// What a source says of one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading<P> {
    /// It is there.
    Found(SnapshotItem<P>),
    /// It is not there (404, 410).
    Gone {
        /// When the source said so, by its own clock: the `Date` header of its answer.
        as_of: Timestamp,
    },
}

impl<P> SnapshotPage<P> {
    /// A page, and how to ask for the next one.
    #[must_use]
    pub fn new(items: Vec<SnapshotItem<P>>, next: Option<String>) -> Self {
        Self { items, next }
    }
}

impl<P> SnapshotItem<P> {
    /// A key as the source has it. `sequence` is the number of the last event that it contains, if the source tells it;
    /// `as_of` the instant of its last change.
    #[must_use]
    pub fn new(key: impl Into<String>, sequence: Option<u64>, as_of: Timestamp, payload: P) -> Self {
        Self {
            key: key.into(),
            position: Position::of_snapshot(sequence, as_of),
            payload,
        }
    }

    /// Sets the quantity that it states, of a key whose events are a chain of quantities.
    #[must_use]
    pub fn with_level(mut self, level: i64) -> Self {
        self.position = self.position.with_level(level);
        self
    }
}

impl<S: SnapshotSource> SnapshotSource for Arc<S> {
    type Payload = S::Payload;

    type Error = S::Error;

    fn page(
        &self,
        after: Option<&str>,
    ) -> impl Future<Output = Result<SnapshotPage<S::Payload>, S::Error>> + Send {
        S::page(self, after)
    }

    fn read(&self, key: &str) -> impl Future<Output = Result<Reading<S::Payload>, S::Error>> + Send {
        S::read(self, key)
    }
}
