use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// Where chance comes from. Cloning is cheap, and the clones draw from one source.
///
/// The default is a fast generator of the current thread, seeded by the system; it takes no lock.
#[derive(Clone, Default)]
pub struct Random(Source);

#[derive(Clone, Default)]
enum Source {
    #[default]
    Thread,
    Seeded(Arc<Mutex<fastrand::Rng>>),
    Custom(Arc<dyn Fn() -> f64 + Send + Sync>),
}

impl Random {
    /// The same draws for the same seed.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self(Source::Seeded(Arc::new(Mutex::new(fastrand::Rng::with_seed(
            seed,
        )))))
    }

    /// Draws by `draw`, which must give numbers from 0 to 1; others are moved to the nearer end, and what is not
    /// a number counts as 0.
    #[must_use]
    pub fn from_fn(draw: impl Fn() -> f64 + Send + Sync + 'static) -> Self {
        Self(Source::Custom(Arc::new(draw)))
    }

    /// The next draw, from 0 to 1.
    pub(super) fn fraction(&self) -> f64 {
        match &self.0 {
            Source::Thread => fastrand::f64(),
            Source::Seeded(generator) => generator.lock().unwrap_or_else(PoisonError::into_inner).f64(),
            Source::Custom(draw) => match draw() {
                draw if draw.is_nan() => 0.0,
                draw => draw.clamp(0.0, 1.0),
            },
        }
    }
}

impl fmt::Debug for Random {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Source::Thread => "Random(thread)",
            Source::Seeded(_) => "Random(seeded)",
            Source::Custom(_) => "Random(custom)",
        })
    }
}
