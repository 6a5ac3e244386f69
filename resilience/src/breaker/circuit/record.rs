use crate::breaker::OpenReason;
use crate::sync::{AtomicU64, Ordering};

/// Why the circuit opened last, and until when it stays open; read without a lock.
///
/// Written before the word says "open", and only while it does not. So who finds the same generation in the word
/// before and after reading has read what belongs to it.
#[derive(Debug)]
pub(crate) struct OpenRecord {
    until: AtomicU64,
    /// The kind of the reason and its first number.
    kind: AtomicU64,
    calls: AtomicU64,
}

const KIND: u32 = 56;
const NUMBER: u64 = (1 << KIND) - 1;

impl OpenRecord {
    pub(crate) fn new() -> Self {
        Self {
            until: AtomicU64::new(0),
            kind: AtomicU64::new(0),
            calls: AtomicU64::new(0),
        }
    }

    pub(crate) fn write(&self, reason: OpenReason, until: u64) {
        let (kind, number, calls) = match reason {
            OpenReason::ConsecutiveFailures(count) => (0, u64::from(count), 0),
            OpenReason::FailureRate { failures, calls } => (1, failures, calls),
            OpenReason::SlowCallRate { slow, calls } => (2, slow, calls),
            OpenReason::TrialFailed => (3, 0, 0),
            OpenReason::TrialSlow => (4, 0, 0),
            OpenReason::Isolated => (5, 0, 0),
        };
        self.until.store(until, Ordering::Release);
        self.kind
            .store(kind << KIND | number.min(NUMBER), Ordering::Release);
        self.calls.store(calls, Ordering::Release);
    }

    pub(crate) fn until(&self) -> u64 {
        self.until.load(Ordering::Acquire)
    }

    pub(crate) fn reason(&self) -> OpenReason {
        let (kind, calls) = (
            self.kind.load(Ordering::Acquire),
            self.calls.load(Ordering::Acquire),
        );
        let number = kind & NUMBER;
        match kind >> KIND {
            0 => OpenReason::ConsecutiveFailures(u32::try_from(number).unwrap_or(u32::MAX)),
            1 => OpenReason::FailureRate {
                failures: number,
                calls,
            },
            2 => OpenReason::SlowCallRate { slow: number, calls },
            3 => OpenReason::TrialFailed,
            4 => OpenReason::TrialSlow,
            _ => OpenReason::Isolated,
        }
    }
}
