use super::brake::{Brake, Place};
use super::write::{TRACEPARENT, TRACESTATE};
use super::{Database, Deleted, Effect};
use event_messaging::clock::{self, Instant};
use event_messaging::{Context, Handler, HandlerError, Verdict};
use std::future::pending;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// One call of the handler.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) key: String,
    pub(crate) sequence: u64,
    pub(crate) attempt: u32,
    pub(crate) began: Instant,
}

/// What the handler does after it has written its effect.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Act {
    Succeed,
    /// Takes a moment, and then succeeds.
    Dawdle,
    /// Fails, and may be called again.
    Fail,
    /// Fails for good.
    GiveUp,
    /// Never ends.
    Hang,
}

type Script = dyn Fn(&Call) -> Act + Send + Sync;

/// Writes an effect for each event, and then does what its script says.
pub(crate) struct Effects<D> {
    process: String,
    script: Box<Script>,
    is_gated: bool,
    seen: Seen,
    brake: Brake,
    database: PhantomData<fn() -> D>,
}

/// The calls and verdicts of a handler. Cheap to clone; clones are the same lists.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen(Arc<Mutex<Lists>>);

#[derive(Debug, Default)]
struct Lists {
    calls: Vec<Call>,
    verdicts: Vec<Verdict>,
}

impl Seen {
    pub(crate) fn calls(&self) -> Vec<Call> {
        self.lists().calls.clone()
    }

    /// The attempts of one message, in order.
    pub(crate) fn attempts(&self, key: &str, sequence: u64) -> Vec<u32> {
        let calls = self.calls_of(key, sequence);
        calls.iter().map(|call| call.attempt).collect()
    }

    /// How long after its predecessor each attempt of one message began.
    pub(crate) fn gaps(&self, key: &str, sequence: u64) -> Vec<Duration> {
        let calls = self.calls_of(key, sequence);
        let pairs = calls.windows(2);
        pairs.map(|pair| pair[1].began - pair[0].began).collect()
    }

    fn calls_of(&self, key: &str, sequence: u64) -> Vec<Call> {
        let lists = self.lists();
        let calls = lists.calls.iter();
        calls
            .filter(|call| call.key == key && call.sequence == sequence)
            .cloned()
            .collect()
    }

    pub(crate) fn verdicts(&self) -> Vec<Verdict> {
        self.lists().verdicts.clone()
    }

    fn lists(&self) -> MutexGuard<'_, Lists> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<D> Effects<D> {
    pub(crate) fn new(process: &str, brake: Brake) -> Self {
        Self {
            process: process.to_owned(),
            script: Box::new(|_| Act::Succeed),
            is_gated: false,
            seen: Seen::default(),
            brake,
            database: PhantomData,
        }
    }

    pub(crate) fn with_script(mut self, script: impl Fn(&Call) -> Act + Send + Sync + 'static) -> Self {
        self.script = Box::new(script);
        self
    }

    /// Drops what is not above the last number of its key, as a projection does.
    pub(crate) fn gated(mut self) -> Self {
        self.is_gated = true;
        self
    }

    pub(crate) fn seen(&self) -> Seen {
        self.seen.clone()
    }
}

impl<D: Database> Handler<Deleted, D::Transaction> for Effects<D> {
    type Error = HandlerError;

    async fn handle(
        &self,
        event: Deleted,
        transaction: &mut D::Transaction,
        context: &Context<'_>,
    ) -> Result<(), HandlerError> {
        assert_eq!(
            (context.traceparent(), context.tracestate()),
            (Some(TRACEPARENT), Some(TRACESTATE)),
            "the trace context came with it"
        );
        let metadata = event.metadata();
        let effect = Effect {
            key: metadata.partition_key.clone().unwrap_or_default(),
            sequence: metadata.sequence.unwrap_or(0),
            message_id: metadata.message_id.clone(),
            process: self.process.clone(),
        };
        let call = Call {
            key: effect.key.clone(),
            sequence: effect.sequence,
            attempt: context.attempt(),
            began: clock::now(),
        };
        self.seen.lists().calls.push(call.clone());
        if self.is_gated {
            let last = D::last_sequence(transaction, &effect.key).await?;
            let verdict = Verdict::of(last, effect.sequence);
            self.seen.lists().verdicts.push(verdict.clone());
            if verdict.is_stale() {
                return Ok(());
            }
        }
        D::write_effect(transaction, &effect).await?;
        self.brake.reach(Place::Handling).await;
        match (self.script)(&call) {
            Act::Succeed => Ok(()),
            Act::Dawdle => {
                clock::sleep(Duration::from_millis(2)).await;
                Ok(())
            }
            Act::Fail => Err(HandlerError::transient("told to fail")),
            Act::GiveUp => Err(HandlerError::permanent("told to give up")),
            Act::Hang => pending().await,
        }
    }
}
