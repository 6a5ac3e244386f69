//! What a queue knows: the places of its messages, and whose they are. Pure; each step leaves it whole.

use super::super::sharing::share_out;
use crate::OutboundMessage;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::OwnedSemaphorePermit;

#[derive(Debug)]
pub(super) struct State {
    shards: Vec<Shard>,
    /// Whether a shard is one consumer's at a time; else they compete for the only shard.
    is_exclusive: bool,
    consumers: BTreeMap<u64, Prefetch>,
    /// How many consumers ever came, which numbers them.
    came: u64,
    /// How many messages ever arrived, which gives each its place.
    arrived: u64,
    /// How many deliveries there ever were, which tags them.
    delivered: u64,
    is_deleted: bool,
}

#[derive(Debug, Default)]
struct Shard {
    /// By place, which a message keeps when it comes back.
    ready: BTreeMap<u64, Entry>,
    out: BTreeMap<u64, Out>,
    owner: Option<u64>,
    /// Who is to have it as soon as nothing of it is unsettled.
    heir: Option<u64>,
}

/// A message in its place, and the room that it takes up until it is settled.
#[derive(Debug)]
struct Entry {
    message: Arc<OutboundMessage>,
    deliveries: u32,
    _room: OwnedSemaphorePermit,
}

/// A message that is somebody's.
#[derive(Debug)]
struct Out {
    entry: Entry,
    consumer: Option<u64>,
    tag: u64,
}

#[derive(Debug)]
struct Prefetch {
    limit: usize,
    used: usize,
}

/// A delivery, as the state knows it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag {
    shard: usize,
    place: u64,
    tag: u64,
}

/// A message that is handed out.
#[derive(Debug)]
pub(super) struct Handed {
    pub(super) tag: Tag,
    pub(super) message: Arc<OutboundMessage>,
    /// How often it was delivered before.
    pub(super) deliveries: u32,
}

impl State {
    pub(super) fn new(shards: usize, is_exclusive: bool) -> Self {
        Self {
            shards: (0..shards).map(|_| Shard::default()).collect(),
            is_exclusive,
            consumers: BTreeMap::new(),
            came: 0,
            arrived: 0,
            delivered: 0,
            is_deleted: false,
        }
    }

    pub(super) fn ready(&self) -> usize {
        self.shards.iter().map(|shard| shard.ready.len()).sum()
    }

    pub(super) fn unsettled(&self) -> usize {
        self.ready() + self.shards.iter().map(|shard| shard.out.len()).sum::<usize>()
    }

    pub(super) fn is_deleted(&self) -> bool {
        self.is_deleted
    }

    /// Which shards are the consumer's now.
    pub(super) fn shards_of(&self, consumer: u64) -> Vec<usize> {
        let shards = self.shards.iter().enumerate();
        shards
            .filter(|(_, shard)| shard.owner == Some(consumer))
            .map(|(number, _)| number)
            .collect()
    }

    /// Puts a message at the end and tells its place.
    pub(super) fn push(
        &mut self,
        shard: usize,
        message: Arc<OutboundMessage>,
        room: OwnedSemaphorePermit,
    ) -> u64 {
        let place = self.arrived;
        self.put(shard, place, message, 0, room);
        place
    }

    /// Puts a message into a place that it had.
    pub(super) fn put(
        &mut self,
        shard: usize,
        place: u64,
        message: Arc<OutboundMessage>,
        deliveries: u32,
        room: OwnedSemaphorePermit,
    ) {
        self.arrived = self.arrived.max(place + 1);
        let entry = Entry {
            message,
            deliveries,
            _room: room,
        };
        self.shards[shard].ready.insert(place, entry);
    }

    /// The message in the first place of those that the consumer may have, or of all for nobody in particular.
    pub(super) fn take(&mut self, consumer: Option<u64>) -> Option<Handed> {
        if let Some(consumer) = consumer {
            let prefetch = self.consumers.get(&consumer)?;
            if prefetch.used >= prefetch.limit {
                return None;
            }
        }
        let must_own = self.is_exclusive && consumer.is_some();
        let open = |shard: &Shard| !must_own || (shard.owner == consumer && shard.heir == consumer);
        let shards = self.shards.iter().enumerate().filter(|(_, shard)| open(shard));
        let (place, number) = shards
            .filter_map(|(number, shard)| Some((*shard.ready.keys().next()?, number)))
            .min()?;
        let shard = &mut self.shards[number];
        let entry = shard.ready.remove(&place)?;
        let tag = self.delivered;
        self.delivered += 1;
        if let Some(prefetch) = consumer.and_then(|consumer| self.consumers.get_mut(&consumer)) {
            prefetch.used += 1;
        }
        let handed = Handed {
            tag: Tag {
                shard: number,
                place,
                tag,
            },
            message: Arc::clone(&entry.message),
            deliveries: entry.deliveries,
        };
        let out = Out { entry, consumer, tag };
        shard.out.insert(place, out);
        Some(handed)
    }

    /// Takes a delivered message out and tells its place; `None` when it is not this delivery's any more.
    pub(super) fn settle(&mut self, tag: Tag) -> Option<u64> {
        self.end(tag).map(|_| tag.place)
    }

    /// Puts a delivered message back into its old place. Whether it was this delivery's.
    pub(super) fn give_back(&mut self, tag: Tag) -> bool {
        let Some(mut entry) = self.end(tag) else {
            return false;
        };
        entry.deliveries = entry.deliveries.saturating_add(1);
        self.shards[tag.shard].ready.insert(tag.place, entry);
        true
    }

    /// Ends a delivery, which may free its shard for an heir.
    fn end(&mut self, tag: Tag) -> Option<Entry> {
        let shard = self.shards.get_mut(tag.shard)?;
        if shard.out.get(&tag.place)?.tag != tag.tag {
            return None;
        }
        let out = shard.out.remove(&tag.place)?;
        shard.inherit();
        if let Some(prefetch) = out.consumer.and_then(|id| self.consumers.get_mut(&id)) {
            prefetch.used -= 1;
        }
        Some(out.entry)
    }

    pub(super) fn join(&mut self, limit: usize) -> u64 {
        let consumer = self.came;
        self.came += 1;
        self.consumers.insert(consumer, Prefetch { limit, used: 0 });
        self.share();
        consumer
    }

    pub(super) fn is_joined(&self, consumer: u64) -> bool {
        self.consumers.contains_key(&consumer)
    }

    /// The consumer takes no more. What it has not settled is still its own, and its shards wait for that.
    pub(super) fn leave(&mut self, consumer: u64) {
        if self.consumers.remove(&consumer).is_some() {
            self.share();
        }
    }

    /// The consumer's connection is gone, and with it what was delivered: it is back in its old place.
    pub(super) fn cut(&mut self, consumer: Option<u64>) {
        for shard in &mut self.shards {
            let places: Vec<u64> = shard
                .out
                .iter()
                .filter(|(_, out)| consumer.is_none() || out.consumer == consumer)
                .map(|(place, _)| *place)
                .collect();
            for place in places {
                if let Some(Out { mut entry, .. }) = shard.out.remove(&place) {
                    entry.deliveries = entry.deliveries.saturating_add(1);
                    shard.ready.insert(place, entry);
                }
            }
        }
        match consumer {
            Some(consumer) => {
                self.consumers.remove(&consumer);
            }
            None => self.consumers.clear(),
        }
        self.share();
    }

    pub(super) fn delete(&mut self) {
        self.is_deleted = true;
        self.consumers.clear();
        for shard in &mut self.shards {
            *shard = Shard::default();
        }
    }

    fn share(&mut self) {
        if !self.is_exclusive {
            return;
        }
        let consumers: Vec<u64> = self.consumers.keys().copied().collect();
        let held: Vec<_> = self.shards.iter().map(|shard| shard.heir).collect();
        for (shard, heir) in self.shards.iter_mut().zip(share_out(&held, &consumers)) {
            shard.heir = heir;
            shard.inherit();
        }
    }
}

impl Shard {
    /// A shard never moves while a message of it is unsettled.
    fn inherit(&mut self) {
        if self.out.is_empty() {
            self.owner = self.heir;
        }
    }
}
