//! Every key, with its range. The one place where a range is written; what is allowed is checked by `validate`.

use super::field::Field::{Count, Seed, Share, Time, Times, UnknownTypes};
use super::field::Key;
use crate::{ConsumerConfig, RelayConfig};

pub(super) const CONSUMER: &[Key<ConsumerConfig>] = &[
    Key {
        name: "consumer.prefetch",
        field: Count(|config| &mut config.prefetch),
        range: "1 to 10000",
        sets: "messages held unsettled at most; of a log, of each partition",
    },
    Key {
        name: "consumer.concurrency",
        field: Count(|config| &mut config.concurrency),
        range: "1 to 10000",
        sets: "handlers that run at once at most",
    },
    Key {
        name: "consumer.handler_deadline",
        field: Time(|config| &mut config.handler_deadline),
        range: "above 0 and at most 30m",
        sets: "how long one call of the handler may take",
    },
    Key {
        name: "consumer.retry_levels",
        field: Times(|config| &mut config.retries.levels),
        range: "at most 100 times, each above 0 and at most 1d",
        sets: "the waits before the first retry, the second, and so on",
    },
    Key {
        name: "consumer.retry_jitter",
        field: Share(|config| &mut config.retries.jitter),
        range: "0 to 1",
        sets: "how much of a level may be added to it at random",
    },
    Key {
        name: "consumer.hold_at_most",
        field: Time(|config| &mut config.retries.hold_at_most),
        range: "at most 1d",
        sets: "up to which level a message is held in memory; a longer one parks its key, with an inbox",
    },
    Key {
        name: "consumer.unknown_types",
        field: UnknownTypes(|config| &mut config.unknown_types),
        range: "`acknowledge` or `dead-letter`",
        sets: "what becomes of a type that the handler does not take",
    },
    Key {
        name: "consumer.backoff_base",
        field: Time(|config| &mut config.backoff.base),
        range: "above 0 and at most 1h",
        sets: "the first wait when the store, or the place of dead letters, fails",
    },
    Key {
        name: "consumer.backoff_cap",
        field: Time(|config| &mut config.backoff.cap),
        range: "at least `consumer.backoff_base` and at most 1h",
        sets: "the longest such wait",
    },
    Key {
        name: "consumer.call_timeout",
        field: Time(|config| &mut config.call_timeout),
        range: "above 0 and at most 1h",
        sets: "how long a call of the inbox, the place of dead letters or the log's group may take",
    },
    Key {
        name: "consumer.drain_timeout",
        field: Time(|config| &mut config.drain_timeout),
        range: "at most 1h",
        sets: "how long handlers may go on at a shutdown, or when a partition is revoked",
    },
    Key {
        name: "consumer.commit_interval",
        field: Time(|config| &mut config.commit_interval),
        range: "above 0 and at most 1m",
        sets: "how often the offsets of a log are committed",
    },
    Key {
        name: "consumer.commit_window",
        field: Count(|config| &mut config.commit_window),
        range: "at least `consumer.prefetch` and at most 1000000",
        sets: "records of one partition that may wait to be committed",
    },
    Key {
        name: "consumer.park_limit",
        field: Count(|config| &mut config.park.limit),
        range: "1 to 10000000",
        sets: "messages that may be parked, about; while there are as many, a key that fails is held instead",
    },
    Key {
        name: "consumer.park_concurrency",
        field: Count(|config| &mut config.park.concurrency),
        range: "1 to 1000",
        sets: "handlers that run at once for parked messages, besides the others",
    },
    Key {
        name: "consumer.park_poll_interval",
        field: Time(|config| &mut config.park.poll_interval),
        range: "above 0 and at most 1h",
        sets: "how often the store is asked for a key that is due, while none is, and for room, while the park is full",
    },
    Key {
        name: "consumer.park_lease",
        field: Time(|config| &mut config.park.lease),
        range: "above `consumer.handler_deadline` and at most 1d",
        sets: "how long a parked key is one process's; the keys of one that died wait this long",
    },
    Key {
        name: "consumer.seed",
        field: Seed(|config| &mut config.seed),
        range: "any whole number",
        sets: "seeds all random parts, for a run that can be repeated",
    },
    Key {
        name: "inbox.retention",
        field: Time(|config| &mut config.inbox.retention),
        range: "at least the longest trial of a message and `inbox.redrive_window` together, and at most 3650d",
        sets: "how long the inbox knows which messages were handled",
    },
    Key {
        name: "inbox.redrive_window",
        field: Time(|config| &mut config.inbox.redrive_window),
        range: "at most 3650d",
        sets: "how long after it was given up a dead letter may still be sent again",
    },
    Key {
        name: "inbox.prune_interval",
        field: Time(|config| &mut config.inbox.prune_interval),
        range: "above 0 and at most 1d",
        sets: "how often old rows are removed",
    },
    Key {
        name: "inbox.prune_batch",
        field: Count(|config| &mut config.inbox.prune_batch),
        range: "1 to 10000",
        sets: "rows removed in one transaction",
    },
];

pub(super) const RELAY: &[Key<RelayConfig>] = &[
    Key {
        name: "relay.batch",
        field: Count(|config| &mut config.batch),
        range: "1 to 10000",
        sets: "rows claimed at once, and keys on their way at once",
    },
    Key {
        name: "relay.lease",
        field: Time(|config| &mut config.lease),
        range: "at most 1d",
        sets: "how long claimed rows are one relay's; those of one that died wait this long",
    },
    Key {
        name: "relay.publish_timeout",
        field: Time(|config| &mut config.publish_timeout),
        range: "above 0 and at most half of `relay.lease`",
        sets: "how long one call of the publisher may take",
    },
    Key {
        name: "relay.store_timeout",
        field: Time(|config| &mut config.store_timeout),
        range: "above 0 and at most 1h",
        sets: "how long one call of the outbox's store may take",
    },
    Key {
        name: "relay.poll_interval",
        field: Time(|config| &mut config.poll_interval),
        range: "above 0 and at most 1h",
        sets: "how long the relay waits when nobody wakes it",
    },
    Key {
        name: "relay.backoff_base",
        field: Time(|config| &mut config.backoff.base),
        range: "above 0 and at most 1h",
        sets: "how long a row rests after its first failure",
    },
    Key {
        name: "relay.backoff_cap",
        field: Time(|config| &mut config.backoff.cap),
        range: "at least `relay.backoff_base` and at most 1h",
        sets: "the longest rest",
    },
    Key {
        name: "relay.drain_timeout",
        field: Time(|config| &mut config.drain_timeout),
        range: "at most 1h",
        sets: "how long the relay goes on at a shutdown",
    },
    Key {
        name: "relay.keep_sent",
        field: Time(|config| &mut config.keep_sent),
        range: "at most 366d",
        sets: "how long rows are kept after they were sent",
    },
    Key {
        name: "relay.seed",
        field: Seed(|config| &mut config.seed),
        range: "any whole number",
        sets: "seeds the random part of the back-off",
    },
];

/// What a value must be, by its key.
pub(crate) fn range_of(key: &str) -> &'static str {
    let consumer = CONSUMER.iter().map(|known| (known.name, known.range));
    let relay = RELAY.iter().map(|known| (known.name, known.range));
    let known = consumer.chain(relay).find(|(name, _)| *name == key);
    known.map_or("within its range", |(_, range)| range)
}
