use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// What goes wrong with a message, a delivery or a commit. One that has no meaning where it is planned does nothing.
///
/// | fault | a message on its way out | a delivery | a commit |
/// |---|---|---|---|
/// | `Refuse` | not stored, `Nacked` | | an error, not committed |
/// | `Return` | not stored, `Unroutable` | | |
/// | `LoseMessage` | not stored, `Unknown` | | an error, not committed |
/// | `LoseAnswer` | stored, `Unknown` | its acknowledgement gets lost: it comes again | an error, committed |
/// | `Duplicate` | stored twice, `Sent` | | |
/// | `Delay` | stored later, as are those behind it | comes later | committed later |
/// | `Hang` | not stored, no answer in time | | |
/// | `Cut` | the connection is lost with all that is unconfirmed | and so is it here | |
/// | `CloseChannel` | as `Cut`, for this publisher alone | | |
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The broker refuses it.
    Refuse,
    /// The broker returns it: nothing is bound for it.
    Return,
    /// It gets lost on its way to the broker.
    LoseMessage,
    /// It arrives, and the answer gets lost.
    LoseAnswer,
    /// It arrives twice.
    Duplicate,
    /// It takes so long, on the clock.
    Delay(Duration),
    /// Nothing is heard of it.
    Hang,
    /// The connection is lost at this very message: what stands before it in its batch was stored, it and what stands
    /// behind it was not, and of none of them an answer comes.
    Cut,
    /// The broker closes the channel in the same way; others on the connection notice nothing.
    CloseChannel,
}

/// What a plan decides by.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Passing<'a> {
    /// The how manieth it is that passes here, from 1.
    pub number: u64,
    /// Its message id; empty where there is none.
    pub message_id: &'a str,
    /// Its key; empty where there is none.
    pub key: &'a str,
}

impl<'a> Passing<'a> {
    pub(super) fn new(number: u64, message_id: &'a str, key: &'a str) -> Self {
        Self {
            number,
            message_id,
            key,
        }
    }
}

/// Decides what goes wrong, and when.
pub struct Plan(Box<Decide>);

type Decide = dyn Fn(&Passing<'_>) -> Option<Fault> + Send + Sync;

impl Plan {
    /// Nothing goes wrong.
    #[must_use]
    pub fn none() -> Self {
        Self::script(|_| None)
    }

    /// A script of your own.
    #[must_use]
    pub fn script(decide: impl Fn(&Passing<'_>) -> Option<Fault> + Send + Sync + 'static) -> Self {
        Self(Box::new(decide))
    }

    /// These faults at these numbers, counted from 1.
    #[must_use]
    pub fn at(faults: impl IntoIterator<Item = (u64, Fault)>) -> Self {
        let faults: BTreeMap<u64, Fault> = faults.into_iter().collect();
        Self::script(move |passing| faults.get(&passing.number).copied())
    }

    /// Each time, with probability `rate` (0 to 1), one of `faults`. The same seed decides the same for the same
    /// sequence of calls, which a test on one thread and the paused clock makes.
    #[must_use]
    pub fn seeded(seed: u64, rate: f64, faults: impl Into<Vec<Fault>>) -> Self {
        let faults = faults.into();
        let random = Mutex::new(fastrand::Rng::with_seed(seed));
        Self::script(move |_| {
            let mut random = random.lock().unwrap_or_else(PoisonError::into_inner);
            if random.f64() < rate {
                random.choice(faults.iter().copied())
            } else {
                None
            }
        })
    }

    pub(super) fn decide(&self, passing: &Passing<'_>) -> Option<Fault> {
        (self.0)(passing)
    }
}

impl fmt::Debug for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Plan(..)")
    }
}
