use std::future::Future;
use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use tower::Service;

/// Makes its call so many times.
pub(crate) type Batch = Box<dyn FnMut(u64)>;

/// Something whose cost a call is measured.
pub(crate) struct Subject {
    pub(super) make: Box<dyn Fn() -> Batch + Sync>,
    pub(super) threads: usize,
    pub(super) calls: Option<u64>,
    pub(super) afresh: bool,
}

impl Subject {
    /// `make` is called once on each thread that measures: what the threads share, it clones.
    pub(crate) fn new(make: impl Fn() -> Batch + Sync + 'static) -> Self {
        Self {
            make: Box::new(make),
            threads: 1,
            calls: None,
            afresh: false,
        }
    }

    /// Calls from two threads at once. The cost is that of a call of one thread, until both are done.
    pub(crate) fn on_two_threads(mut self) -> Self {
        self.threads = 2;
        self
    }

    /// Makes exactly so many calls a sample, instead of as many as fill the sample's time.
    pub(crate) fn with_calls(mut self, calls: u64) -> Self {
        self.calls = Some(calls);
        self
    }

    /// Makes a batch anew for each sample, so that none finds what the one before has left.
    pub(crate) fn afresh(mut self) -> Self {
        self.afresh = true;
        self
    }
}

/// The batch of a plain call.
pub(crate) fn batch<T>(mut call: impl FnMut() -> T + 'static) -> Batch {
    Box::new(move |calls| {
        for _ in 0..calls {
            black_box(call());
        }
    })
}

/// The batch of a tower service, called as its users do: ready, call, poll to the end.
///
/// No runtime takes part: its cost would be the same for everybody and hide the differences. Whoever waits, spins.
pub(crate) fn tower_batch<S>(mut service: S) -> Batch
where
    S: Service<u64> + 'static,
{
    Box::new(move |calls| {
        let mut context = Context::from_waker(Waker::noop());
        for number in 0..calls {
            while service.poll_ready(&mut context).is_pending() {
                std::hint::spin_loop();
            }
            black_box(drive(|| service.call(black_box(number))).is_ok());
        }
    })
}

/// Polls the future that `make` makes, in the place where it is made, until it is ready.
#[inline]
pub(crate) fn drive<F: Future>(make: impl FnOnce() -> F) -> F::Output {
    let mut future = pin!(make());
    let mut context = Context::from_waker(Waker::noop());
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => std::hint::spin_loop(),
        }
    }
}
