//! The source of all that is not determined: how long a call takes, whether it fails, and whether its answer arrives.

use event_messaging::clock;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

/// What may go wrong in a run. Each run has some of it: with everything at once, much would hide behind the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trouble {
    /// The broker refuses a message.
    Nack,
    /// A message gets lost on its way.
    LoseMessage,
    /// A confirm gets lost.
    LoseConfirm,
    /// The outbox fails before it does anything.
    OutboxDown,
    /// The outbox does what it is told, and its answer gets lost.
    OutboxAnswer,
    /// The inbox fails before it does anything.
    InboxDown,
    /// The inbox does what it is told, and its answer gets lost.
    InboxAnswer,
    /// An acknowledgement (or a commit to the log) gets lost.
    LoseAck,
    /// A handler fails.
    Handler,
    /// A call takes long.
    Slow,
    /// A relay or a consumer dies.
    Crash,
    /// A consumer comes, or goes in good order.
    Scale,
    /// The broker starts anew.
    Restart,
}

impl Trouble {
    pub(crate) const ALL: [Self; 13] = [
        Self::Nack,
        Self::LoseMessage,
        Self::LoseConfirm,
        Self::OutboxDown,
        Self::OutboxAnswer,
        Self::InboxDown,
        Self::InboxAnswer,
        Self::LoseAck,
        Self::Handler,
        Self::Slow,
        Self::Crash,
        Self::Scale,
        Self::Restart,
    ];
}

/// Shared by everything in a run. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Chaos(Arc<Mutex<State>>);

struct State {
    random: fastrand::Rng,
    troubles: BTreeSet<Trouble>,
    rate: f64,
    began: clock::Instant,
    hash: u64,
    /// Kept when somebody wants to read it.
    trace: Option<Vec<String>>,
}

/// Planned.
#[derive(Debug)]
pub(crate) struct Injected;

impl fmt::Display for Injected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a planned failure")
    }
}

impl std::error::Error for Injected {}

impl Chaos {
    pub(crate) fn new(seed: u64, troubles: BTreeSet<Trouble>, keeps_trace: bool) -> Self {
        let mut random = fastrand::Rng::with_seed(seed);
        let rate = [0.02, 0.1, 0.3][random.usize(0..3)];
        Self(Arc::new(Mutex::new(State {
            random,
            troubles,
            rate,
            began: clock::now(),
            hash: 0xcbf2_9ce4_8422_2325,
            trace: keeps_trace.then(Vec::new),
        })))
    }

    /// A number below `bound`.
    pub(crate) fn below(&self, bound: u64) -> u64 {
        self.state().random.u64(0..bound)
    }

    /// Whether this trouble strikes here and now.
    pub(crate) fn strikes(&self, trouble: Trouble) -> bool {
        let mut state = self.state();
        let rate = state.rate;
        state.troubles.contains(&trouble) && state.random.f64() < rate
    }

    /// From now on nothing goes wrong, and nothing is late.
    pub(crate) fn calm(&self) {
        self.state().troubles.clear();
    }

    /// A call takes some time: others may run meanwhile, or nobody.
    ///
    /// Without a word it is not written down: polls that find nothing would hide what matters.
    pub(crate) async fn pass(&self, what: &str) {
        if !what.is_empty() {
            self.note(what);
        }
        let (yields, sleep) = {
            let mut state = self.state();
            let is_slow = state.troubles.contains(&Trouble::Slow) && state.random.u32(0..20) == 0;
            let sleep = match state.random.u32(0..8) {
                _ if is_slow => state.random.u64(100..3_000),
                0 => state.random.u64(1..20),
                _ => 0,
            };
            (state.random.u32(0..3), sleep)
        };
        for _ in 0..yields {
            tokio::task::yield_now().await;
        }
        if sleep > 0 {
            clock::sleep(Duration::from_millis(sleep)).await;
        }
    }

    /// As [`pass`](Self::pass), and then an error if the trouble strikes.
    pub(crate) async fn enter(&self, what: &str, trouble: Trouble) -> Result<(), Injected> {
        self.pass(what).await;
        if self.strikes(trouble) {
            self.note("fails");
            return Err(Injected);
        }
        Ok(())
    }

    /// Writes down what happens: what two runs of one seed are compared by.
    pub(crate) fn note(&self, what: &str) {
        let mut state = self.state();
        let at = state.began.elapsed().as_millis();
        let bytes = what.bytes().chain((at as u64).to_le_bytes());
        let hash = bytes.fold(state.hash, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        state.hash = hash;
        if let Some(trace) = &mut state.trace {
            trace.push(format!("{at:>7} ms  {what}"));
        }
    }

    pub(crate) fn hash(&self) -> u64 {
        self.state().hash
    }

    pub(crate) fn take_trace(&self) -> Vec<String> {
        self.state().trace.take().unwrap_or_default()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }
}
