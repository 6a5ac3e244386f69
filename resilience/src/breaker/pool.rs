use std::sync::{Arc, Mutex, PoisonError};

use super::BreakerPolicy;
use super::circuit::Circuit;
use super::thread;

/// Circuits whose breakers are gone, for the breakers to come.
static IDLE: Mutex<Vec<&'static Circuit>> = Mutex::new(Vec::new());

/// A circuit that the handles of one breaker have for themselves until the last of them is dropped.
///
/// A call under way outlives the service that made it, so something must keep its circuit. A reference count would be
/// counted up and down by each call, which is half of what a call may cost. Instead circuits live as long as the
/// program and are used again; a result for the breaker before is of another generation then, and dropped like any
/// late result. There are as many of them as there ever were breakers at one time.
#[derive(Debug)]
pub(super) struct Lease {
    name: Arc<str>,
    circuit: &'static Circuit,
}

impl Lease {
    pub(super) fn new(name: Arc<str>, policy: BreakerPolicy, now: u64) -> Self {
        let idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let circuit = if let Some(circuit) = idle {
            circuit.reset(Arc::clone(&name), policy, now);
            circuit
        } else {
            Box::leak(Box::new(Circuit::new(
                Arc::clone(&name),
                policy,
                thread::LANES,
                now,
            )))
        };
        Self { name, circuit }
    }

    pub(super) fn name(&self) -> &Arc<str> {
        &self.name
    }

    pub(super) fn circuit(&self) -> &'static Circuit {
        self.circuit
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        IDLE.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(self.circuit);
    }
}
