//! A service whose state is the truth: it writes events, and answers reads, sometimes not.

use event_contracts::{FromEnvelope, MessageId, RawEnvelope};
use event_messaging::projection::{Reading, SnapshotItem, SnapshotPage, SnapshotSource, Stamp};
use event_messaging::{OutboundMessage, clock, memory};
use product_types::Timestamp;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Bound;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What a projection keeps of a key: how many changes are in it. Events add one, so that one too many or too few shows.
pub(crate) type Changes = u64;

/// A change of a key: its stamp, and the number of changes before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) stamp: Stamp,
    pub(crate) is_deletion: bool,
}

/// Reads a message whose routing key does not matter and whose payload says whether it is a deletion.
impl FromEnvelope for Change {
    fn is_accepted(_: &RawEnvelope<'_>) -> bool {
        true
    }

    fn from_envelope(raw: &RawEnvelope<'_>) -> Result<Self, event_contracts::Error> {
        let metadata = raw.metadata();
        let key = metadata.partition_key.clone().unwrap_or_default();
        Ok(Self {
            stamp: Stamp::new(key, &metadata),
            is_deletion: raw.message_type() == "ProductDeleted",
        })
    }
}

impl Change {
    pub(crate) fn message(&self) -> OutboundMessage {
        let Stamp {
            key,
            sequence,
            timestamp,
            message_id,
            ..
        } = &self.stamp;
        let kind = if self.is_deletion {
            "ProductDeleted"
        } else {
            "ProductUpdated"
        };
        let sequence = sequence.unwrap();
        let body = format!(
            r#"{{"messageId":"{message_id}","messageType":"{kind}","messageVersion":"1.0","timestamp":"{timestamp}",
            "source":"product-service","correlationId":"c","partitionKey":"{key}","sequence":{sequence},"payload":{{}}}}"#
        );
        let exchange = "product.events";
        let mut message = OutboundMessage::new(
            message_id.clone(),
            exchange,
            "product.product.updated.v1",
            key,
            body,
        );
        message.sequence = Some(sequence);
        message
    }
}

/// A table of [`Changes`], beside an inbox.
pub(crate) fn table(inbox: &memory::Inbox) -> memory::ProjectionTable<Changes, Change> {
    memory::ProjectionTable::new(
        inbox.clone(),
        |change: &Change| change.stamp.clone(),
        |changes: Option<&Changes>, change: &Change| {
            (!change.is_deletion).then(|| changes.copied().unwrap_or(0) + 1)
        },
    )
}

#[derive(Clone)]
pub(crate) struct Service(Arc<Mutex<State>>);

struct State {
    /// By key: how many changes, and when the last one was; a deletion is one.
    keys: BTreeMap<String, Known>,
    tells_numbers: bool,
    page: usize,
    now: i64,
    failures: u32,
    random: fastrand::Rng,
}

struct Known {
    changes: u64,
    as_of: Timestamp,
    is_gone: bool,
}

#[derive(Debug)]
pub(crate) struct Unavailable;

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the service is not available")
    }
}

impl std::error::Error for Unavailable {}

impl Service {
    pub(crate) fn new(tells_numbers: bool, page: usize) -> Self {
        Self(Arc::new(Mutex::new(State {
            keys: BTreeMap::new(),
            tells_numbers,
            page,
            now: 1_790_000_000,
            failures: 0,
            random: fastrand::Rng::with_seed(0),
        })))
    }

    /// Answers late, and sometimes not at all.
    pub(crate) fn with_moods(self, seed: u64) -> Self {
        self.0.lock().unwrap().random = fastrand::Rng::with_seed(seed);
        self.fail(u32::MAX);
        self
    }

    /// Fails so many times; for ever, now and then.
    pub(crate) fn fail(&self, times: u32) {
        self.0.lock().unwrap().failures = times;
    }

    /// Changes a key that is there, or creates it; `None` for one that is gone.
    pub(crate) fn change(&self, key: &str) -> Option<Change> {
        self.write(key, false)
    }

    /// As [`change`](Self::change), of this very moment.
    pub(crate) fn change_now(&self, key: &str) -> Option<Change> {
        self.0.lock().unwrap().now = Timestamp::now().unix_seconds();
        self.change(key)
    }

    /// Deletes a key that is there.
    pub(crate) fn delete(&self, key: &str) -> Option<Change> {
        self.0.lock().unwrap().keys.get(key)?;
        self.write(key, true)
    }

    fn write(&self, key: &str, is_deletion: bool) -> Option<Change> {
        let mut state = self.0.lock().unwrap();
        state.now += 1;
        let timestamp = Timestamp::from_unix(state.now, 0).unwrap();
        let known = state.keys.entry(key.to_owned()).or_insert(Known {
            changes: 0,
            as_of: timestamp,
            is_gone: false,
        });
        if known.is_gone {
            return None;
        }
        known.changes += 1;
        known.as_of = timestamp;
        known.is_gone = is_deletion;
        let message_id = MessageId::new(format!("{key}#{}", known.changes)).unwrap();
        let mut stamp = Stamp::unnumbered(key, timestamp, message_id);
        stamp.sequence = Some(known.changes);
        Some(Change { stamp, is_deletion })
    }

    /// What a projection must be in the end.
    pub(crate) fn truth(&self) -> BTreeMap<String, Changes> {
        let state = self.0.lock().unwrap();
        let there = state.keys.iter().filter(|(_, known)| !known.is_gone);
        there.map(|(key, known)| (key.clone(), known.changes)).collect()
    }

    /// Fails, or takes its time.
    async fn mood(&self) -> Result<(), Unavailable> {
        let pause = {
            let mut state = self.0.lock().unwrap();
            match state.failures {
                0 => None,
                u32::MAX => {
                    if state.random.u32(0..10) == 0 {
                        return Err(Unavailable);
                    }
                    Some(state.random.u64(0..200))
                }
                _ => {
                    state.failures -= 1;
                    return Err(Unavailable);
                }
            }
        };
        if let Some(pause) = pause {
            clock::sleep(Duration::from_millis(pause)).await;
        }
        Ok(())
    }
}

impl State {
    fn item(&self, key: &str) -> SnapshotItem<Changes> {
        let known = &self.keys[key];
        let sequence = self.tells_numbers.then_some(known.changes);
        SnapshotItem::new(key, sequence, known.as_of, known.changes)
    }
}

impl SnapshotSource for Service {
    type Payload = Changes;
    type Error = Unavailable;

    /// What is sent is what was there before the way back.
    async fn page(&self, after: Option<&str>) -> Result<SnapshotPage<Changes>, Unavailable> {
        self.mood().await?;
        let page = {
            let state = self.0.lock().unwrap();
            let from = after.map_or(Bound::Unbounded, Bound::Excluded);
            let there = state.keys.range::<str, _>((from, Bound::Unbounded));
            let mut there = there.filter(|(_, known)| !known.is_gone);
            let items: Vec<_> = there
                .by_ref()
                .take(state.page)
                .map(|(key, _)| state.item(key))
                .collect();
            let next = there.next().and(items.last()).map(|last| last.key.clone());
            SnapshotPage::new(items, next)
        };
        self.mood().await?;
        Ok(page)
    }

    async fn read(&self, key: &str) -> Result<Reading<Changes>, Unavailable> {
        self.mood().await?;
        let reading = {
            let state = self.0.lock().unwrap();
            match state.keys.get(key) {
                Some(known) if !known.is_gone => Reading::Found(state.item(key)),
                _ => Reading::Gone {
                    as_of: Timestamp::from_unix(state.now, 0).unwrap(),
                },
            }
        };
        self.mood().await?;
        Ok(reading)
    }
}
