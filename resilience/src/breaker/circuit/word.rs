/// The whole state of a circuit in 64 bits, so that one compare-and-swap changes it.
///
/// ```text
/// 63          40 39    24 23        8 7         4 3        2     0
/// | generation |  taken  | succeeded | doublings | given up | phase |
/// ```
///
/// Each change of phase, and each new round of trials, begins a new generation; a result counts only in the generation
/// that its call was admitted in. The trials are all zero unless half-open, so that a closed circuit is its generation
/// and nothing else: one comparison tells that it is closed still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word(u64);

/// What the circuit does with calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    Closed = 0,
    /// Closed, and still letting only a part of the calls pass.
    Recovering = 1,
    Open = 2,
    HalfOpen = 3,
    Isolated = 4,
    Disabled = 5,
    MetricsOnly = 6,
}

/// The trial calls of a half-open circuit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Trials {
    /// Under way or successful; those handed back are not in it.
    pub(crate) taken: u16,
    pub(crate) succeeded: u16,
    /// How often the number that may be taken has doubled, at most 15 times.
    pub(crate) doublings: u8,
    /// Whether callers have given trials up without one coming back since.
    pub(crate) given_up: bool,
}

const PHASE: u64 = 0b111;
const GIVEN_UP: u32 = 3;
const DOUBLINGS: u32 = 4;
const SUCCEEDED: u32 = 8;
const TAKEN: u32 = 24;
const GENERATION: u32 = 40;
/// The bits of a generation; after so many changes the count begins anew.
pub(crate) const GENERATION_BITS: u32 = u64::BITS - GENERATION;

impl Word {
    #[inline]
    pub(crate) fn closed(generation: u32) -> Self {
        Self(u64::from(generation) << GENERATION)
    }

    #[inline]
    pub(crate) fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    #[inline]
    pub(crate) fn bits(self) -> u64 {
        self.0
    }

    #[inline]
    pub(crate) fn is_closed(self) -> bool {
        self.0 & ((1 << GENERATION) - 1) == 0
    }

    #[inline]
    pub(crate) fn generation(self) -> u32 {
        (self.0 >> GENERATION) as u32
    }

    pub(crate) fn phase(self) -> Phase {
        match self.0 & PHASE {
            0 => Phase::Closed,
            1 => Phase::Recovering,
            2 => Phase::Open,
            3 => Phase::HalfOpen,
            4 => Phase::Isolated,
            5 => Phase::Disabled,
            _ => Phase::MetricsOnly,
        }
    }

    pub(crate) fn trials(self) -> Trials {
        Trials {
            taken: (self.0 >> TAKEN) as u16,
            succeeded: (self.0 >> SUCCEEDED) as u16,
            doublings: (self.0 >> DOUBLINGS) as u8 & 0b1111,
            given_up: (self.0 >> GIVEN_UP) & 1 == 1,
        }
    }

    /// The same generation and phase with other trials.
    pub(crate) fn with_trials(self, trials: Trials) -> Self {
        let kept = self.0 & (PHASE | u64::MAX << GENERATION);
        Self(
            kept | u64::from(trials.taken) << TAKEN
                | u64::from(trials.succeeded) << SUCCEEDED
                | u64::from(trials.doublings) << DOUBLINGS
                | u64::from(trials.given_up) << GIVEN_UP,
        )
    }

    /// The next generation, in `phase`.
    pub(crate) fn enter(self, phase: Phase) -> Self {
        let generation = u64::from(self.generation()).wrapping_add(1);
        Self(generation << GENERATION | phase as u64)
    }

    /// From [`Phase::Recovering`] to [`Phase::Closed`] within the generation.
    pub(crate) fn recovered(self) -> Self {
        Self::closed(self.generation())
    }
}
