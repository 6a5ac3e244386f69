use super::{Inbox, InboxTransaction, InboxUnavailable};
use crate::InboxStore;
use crate::projection::{Position, Progress, ProjectionStore, Stamp};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Bound;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A projection in this process: what the SQL of [`ProjectionStore`] means, and a store for tests. It lives in the
/// transactions of an [`Inbox`]. Cheap to clone; clones are the same table.
pub struct ProjectionTable<R, E>(Arc<Shared<R, E>>);

struct Shared<R, E> {
    inbox: Inbox,
    stamp: Box<dyn Fn(&E) -> Stamp + Send + Sync>,
    fold: Box<Fold<R, E>>,
    table: Arc<Mutex<Table<R>>>,
}

type Fold<R, E> = dyn Fn(Option<&R>, &E) -> Option<R> + Send + Sync;

struct Table<R> {
    /// By key: its position, and its row unless it is gone.
    rows: BTreeMap<String, (Position, Option<R>)>,
    progress: Progress,
}

/// The locks of its keys among those of the inbox, which are by consumer and key. A consumer's name is never empty.
const KEYS: &str = "";
/// The lock of the progress is that of no key.
const PROGRESS: &str = "\0progress";

impl<R, E> ProjectionTable<R, E> {
    /// An empty table. `stamp` says which key an event changes, and its place; `fold` makes of a key's row (`None` when
    /// it has none) and an event the row after it, `None` when it is gone.
    #[must_use]
    pub fn new(
        inbox: Inbox,
        stamp: impl Fn(&E) -> Stamp + Send + Sync + 'static,
        fold: impl Fn(Option<&R>, &E) -> Option<R> + Send + Sync + 'static,
    ) -> Self {
        let table = Table {
            rows: BTreeMap::new(),
            progress: Progress::None,
        };
        Self(Arc::new(Shared {
            inbox,
            stamp: Box::new(stamp),
            fold: Box::new(fold),
            table: Arc::new(Mutex::new(table)),
        }))
    }

    /// How many keys have a row.
    #[must_use]
    pub fn len(&self) -> usize {
        let table = self.0.table();
        table.rows.values().filter(|(_, row)| row.is_some()).count()
    }

    /// Whether no key has a row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The row of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<R>
    where
        R: Clone,
    {
        self.0.table().rows.get(key)?.1.clone()
    }

    /// All rows, by key.
    #[must_use]
    pub fn rows(&self) -> BTreeMap<String, R>
    where
        R: Clone,
    {
        let table = self.0.table();
        let rows = table.rows.iter();
        rows.filter_map(|(key, (_, row))| Some((key.clone(), row.clone()?)))
            .collect()
    }

    /// Forgets a key, position and all, or puts another row into its place: what a reconciliation is for.
    pub fn damage(&self, key: &str, row: Option<R>) {
        let mut table = self.0.table();
        match (table.rows.get_mut(key), row) {
            (Some((_, old)), Some(row)) => *old = Some(row),
            _ => {
                table.rows.remove(key);
            }
        }
    }
}

impl<R, E> Shared<R, E> {
    /// Whole after every step, so a panic elsewhere does not spoil it.
    fn table(&self) -> MutexGuard<'_, Table<R>> {
        lock(&self.table)
    }
}

impl<R: Send + 'static, E> ProjectionTable<R, E> {
    fn write(&self, transaction: &mut InboxTransaction, write: impl FnOnce(&mut Table<R>) + Send + 'static) {
        let table = Arc::clone(&self.0.table);
        transaction.on_commit(move || write(&mut lock(&table)));
    }
}

impl<R, E> ProjectionStore for ProjectionTable<R, E>
where
    R: Clone + PartialEq + Send + Sync + 'static,
    E: Send + Sync,
{
    type Transaction = InboxTransaction;

    type Event = E;

    type Payload = R;

    type Error = InboxUnavailable;

    fn stamp(&self, event: &E) -> Stamp {
        (self.0.stamp)(event)
    }

    async fn begin(&self) -> Result<InboxTransaction, InboxUnavailable> {
        self.0.inbox.begin().await
    }

    async fn commit(&self, transaction: InboxTransaction) -> Result<(), InboxUnavailable> {
        self.0.inbox.commit(transaction).await
    }

    async fn position(
        &self,
        transaction: &mut InboxTransaction,
        key: &str,
    ) -> Result<Option<Position>, InboxUnavailable> {
        transaction.lock(KEYS, key).await?;
        let table = self.0.table();
        Ok(table.rows.get(key).map(|(position, _)| position.clone()))
    }

    async fn apply(
        &self,
        transaction: &mut InboxTransaction,
        event: &E,
        key: &str,
        position: &Position,
    ) -> Result<(), InboxUnavailable> {
        let row = {
            let table = self.0.table();
            let row = table.rows.get(key).and_then(|(_, row)| row.as_ref());
            (self.0.fold)(row, event)
        };
        self.replace(transaction, key, row.as_ref(), position).await
    }

    async fn replace(
        &self,
        transaction: &mut InboxTransaction,
        key: &str,
        payload: Option<&R>,
        position: &Position,
    ) -> Result<(), InboxUnavailable> {
        let (key, row) = (key.to_owned(), (position.clone(), payload.cloned()));
        self.write(transaction, |table| {
            table.rows.insert(key, row);
        });
        Ok(())
    }

    async fn note(
        &self,
        transaction: &mut InboxTransaction,
        key: &str,
        position: &Position,
    ) -> Result<(), InboxUnavailable> {
        let (key, position) = (key.to_owned(), position.clone());
        self.write(transaction, move |table| {
            if let Some((known, _)) = table.rows.get_mut(&key) {
                *known = position;
            }
        });
        Ok(())
    }

    async fn is_same(
        &self,
        _: &mut InboxTransaction,
        key: &str,
        payload: &R,
    ) -> Result<bool, InboxUnavailable> {
        let table = self.0.table();
        Ok(table.rows.get(key).and_then(|(_, row)| row.as_ref()) == Some(payload))
    }

    async fn keys(
        &self,
        after: Option<&str>,
        up_to: Option<&str>,
        limit: usize,
    ) -> Result<Vec<String>, InboxUnavailable> {
        let after = after.map_or(Bound::Unbounded, Bound::Excluded);
        let table = self.0.table();
        let keys = table.rows.range::<str, _>((after, Bound::Unbounded));
        Ok(keys
            .take_while(|(key, _)| up_to.is_none_or(|up_to| key.as_str() <= up_to))
            .filter(|(_, (_, row))| row.is_some())
            .map(|(key, _)| key.clone())
            .take(limit)
            .collect())
    }

    async fn progress(&self, transaction: &mut InboxTransaction) -> Result<Progress, InboxUnavailable> {
        transaction.lock(KEYS, PROGRESS).await?;
        Ok(self.0.table().progress.clone())
    }

    async fn set_progress(
        &self,
        transaction: &mut InboxTransaction,
        progress: &Progress,
    ) -> Result<(), InboxUnavailable> {
        let progress = progress.clone();
        self.write(transaction, |table| table.progress = progress);
        Ok(())
    }
}

impl<R, E> Clone for ProjectionTable<R, E> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<R, E> fmt::Debug for ProjectionTable<R, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProjectionTable")
            .field("rows", &self.len())
            .field("progress", &self.0.table().progress)
            .finish_non_exhaustive()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
