use tower_layer::Layer;

use super::LiftService;

/// Makes [`Error<E>`](crate::Error) of the inner service's `E`.
#[derive(Debug, Clone, Copy, Default)]
pub struct LiftLayer {
    _private: (),
}

impl LiftLayer {
    /// The layer; it has no settings.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl<S> Layer<S> for LiftLayer {
    type Service = LiftService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        LiftService::new(inner)
    }
}
