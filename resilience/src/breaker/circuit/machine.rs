//! The transitions of the circuit as pure functions of its word: no clock, no lock, nothing shared.
//!
//! Moments are nanoseconds.

use super::word::{Phase, Trials, Word};

/// What the half-open state goes by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rules {
    pub(crate) trials: u16,
    pub(crate) max_wait: u64,
}

/// The moments that are kept beside the word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Marks {
    pub(crate) open_until: u64,
    pub(crate) last_trial: u64,
    /// When the last trial was handed out before callers began to drop theirs.
    pub(crate) given_up: u64,
}

/// What becomes of a call that asks to be admitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Admission {
    /// It may pass, and nothing changes.
    Pass,
    /// It may pass if its turn in the ramp has come.
    Ramp,
    /// It may pass as a trial of this round.
    Take(Word),
    /// It may pass as the first trial of a new round.
    Begin(Word),
    Reject,
}

/// How an admitted call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Success,
    Failure,
    /// Says nothing about the peer: its place is handed back.
    Neutral,
    /// Its caller gave it up: neutral too, and no trial either.
    Cancelled,
}

/// What a result does to the circuit that it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Settlement {
    /// Nothing.
    Keep,
    /// It is counted, and the counts decide.
    Count,
    Update(Word),
    Open,
    Close,
}

pub(crate) fn admit(word: Word, rules: Rules, marks: Marks, now: u64) -> Admission {
    match word.phase() {
        Phase::Closed | Phase::Disabled | Phase::MetricsOnly => Admission::Pass,
        Phase::Recovering => Admission::Ramp,
        Phase::Isolated => Admission::Reject,
        Phase::Open if now < marks.open_until => Admission::Reject,
        Phase::Open => Admission::Begin(new_round(word)),
        Phase::HalfOpen => {
            let is_overdue = |since: u64| now.saturating_sub(since) >= rules.max_wait;
            if let Some(trials) = take(word.trials(), rules.trials, is_overdue(marks.given_up)) {
                Admission::Take(word.with_trials(trials))
            } else if is_overdue(marks.last_trial) {
                Admission::Begin(new_round(word))
            } else {
                Admission::Reject
            }
        }
    }
}

/// `verdict` is of a call that was admitted in the generation of `word`.
pub(crate) fn settle(word: Word, verdict: Verdict, rules: Rules) -> Settlement {
    match (word.phase(), verdict) {
        (Phase::Closed | Phase::Recovering | Phase::MetricsOnly, Verdict::Success | Verdict::Failure) => {
            Settlement::Count
        }
        (Phase::HalfOpen, Verdict::Failure) => Settlement::Open,
        (Phase::HalfOpen, _) => settle_trial(word, verdict, rules),
        _ => Settlement::Keep,
    }
}

fn settle_trial(word: Word, verdict: Verdict, rules: Rules) -> Settlement {
    let mut trials = word.trials();
    if verdict == Verdict::Success {
        trials.succeeded += 1;
        trials.given_up = false;
        if trials.succeeded >= rules.trials {
            return Settlement::Close;
        }
    } else {
        trials.taken -= 1;
        trials.given_up |= verdict == Verdict::Cancelled;
    }
    Settlement::Update(word.with_trials(trials))
}

fn new_round(word: Word) -> Word {
    word.enter(Phase::HalfOpen).with_trials(Trials {
        taken: 1,
        ..Trials::default()
    })
}

/// Hands another trial out, if one is left.
///
/// Callers who make several calls at once and drop them all at the first rejection never let a trial come back, so
/// the limit itself keeps them from ever closing the circuit. Hence it grows; slowly, since impatient callers of a
/// peer that hangs look the same.
fn take(mut trials: Trials, limit: u16, is_overdue: bool) -> Option<Trials> {
    let limit_of = |trials: Trials| u16::try_from(u32::from(limit) << trials.doublings).unwrap_or(u16::MAX);
    if trials.taken >= limit_of(trials) && trials.given_up && is_overdue {
        trials.doublings = (trials.doublings + 1).min(15);
        trials.given_up = false;
    }
    if trials.taken >= limit_of(trials) {
        return None;
    }
    trials.taken += 1;
    Some(trials)
}
