use std::fmt;

use tower_layer::Layer;

use super::FallbackService;

/// Answers by a fallback when the service has failed.
///
/// `C` says what has, see [`Classify`](crate::classify::Classify). The answer is an [`Answer`](super::Answer), which
/// says where it came from. Stands outside whatever may fail; for a whole policy there is
/// [`PolicyLayer::with_fallback`](crate::policy::PolicyLayer::with_fallback), which keeps its deadline too.
///
/// ```
/// use resilience::classify::TransientErrors;
/// use resilience::fallback::{self, Answer, FallbackLayer};
/// use tower::{BoxError, Service, ServiceBuilder, ServiceExt};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), BoxError> {
/// let mut service = ServiceBuilder::new()
///     .layer(FallbackLayer::new(fallback::value(0), TransientErrors))
///     .service_fn(|_: u32| async { Err::<u32, BoxError>("down".into()) });
/// assert_eq!(service.ready().await?.call(7).await?, Answer::Fallback(0));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct FallbackLayer<F, C> {
    fallback: F,
    classify: C,
}

impl<F, C> FallbackLayer<F, C> {
    /// A layer that falls back on `fallback`.
    pub fn new(fallback: F, classify: C) -> Self {
        Self { fallback, classify }
    }
}

impl<S, F: Clone, C: Clone> Layer<S> for FallbackLayer<F, C> {
    type Service = FallbackService<S, F, C>;

    fn layer(&self, inner: S) -> Self::Service {
        FallbackService::new(inner, self.fallback.clone(), self.classify.clone())
    }
}

impl<F, C> fmt::Debug for FallbackLayer<F, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FallbackLayer").finish_non_exhaustive()
    }
}
