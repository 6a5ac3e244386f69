use super::Faults;
use super::delivery::{FaultyDelivery, Held};
use super::line::{Line, Unsettled};
use super::plan::{Fault, Passing, Plan};
use crate::clock::{self, Instant};
use crate::{Received, Source};
use event_contracts::RawEnvelope;
use std::fmt;
use std::sync::{Arc, Weak};
use std::time::Duration;

/// A source whose connection fails as planned. Made by [`Faults::source`].
pub struct FaultySource<S: Source> {
    inner: S,
    line: Arc<Line>,
    plan: Arc<Plan>,
    held: Arc<Held<S::Delivery>>,
    passed: u64,
    /// A delivery that is late, and until when.
    late: Option<(FaultyDelivery<S::Delivery>, Instant)>,
}

impl<S: Source> FaultySource<S>
where
    S::Delivery: 'static,
{
    pub(super) fn new(inner: S, faults: &Faults) -> Self {
        let held = Arc::new(Held::new());
        let unsettled: Weak<dyn Unsettled> = Arc::downgrade(&(Arc::clone(&held) as Arc<dyn Unsettled>));
        faults.line.add(unsettled);
        Self {
            inner,
            line: Arc::clone(&faults.line),
            plan: Arc::clone(&faults.deliveries),
            held,
            passed: 0,
            late: None,
        }
    }

    fn decide(&mut self, delivery: &S::Delivery) -> Option<Fault> {
        self.passed += 1;
        let raw = RawEnvelope::parse(delivery.body()).ok();
        let message_id = raw.as_ref().map_or("", |raw| raw.message_id());
        let key = raw.as_ref().and_then(|raw| raw.partition_key()).unwrap_or("");
        self.line
            .decide(&self.plan, &Passing::new(self.passed, message_id, key))
    }
}

impl<S: Source> Source for FaultySource<S>
where
    S::Delivery: 'static,
{
    type Delivery = FaultyDelivery<S::Delivery>;

    type Error = S::Error;

    async fn recv(&mut self) -> Result<Option<Self::Delivery>, S::Error> {
        loop {
            self.line.up().await;
            if let Some((_, until)) = &self.late {
                clock::sleep_until(*until).await;
                let late = self.late.take().map(|(delivery, _)| delivery);
                match late.filter(|delivery| !delivery.is_gone()) {
                    Some(delivery) => return Ok(Some(delivery)),
                    None => continue,
                }
            }
            let Some(delivery) = self.inner.recv().await? else {
                return Ok(None);
            };
            let fault = self.decide(&delivery);
            let is_ack_lost = fault == Some(Fault::LoseAnswer);
            let delivery = FaultyDelivery::new(delivery, &self.held, is_ack_lost);
            match fault {
                Some(Fault::Delay(time)) => self.late = Some((delivery, clock::after(time))),
                Some(Fault::Cut) => self.line.cut(Duration::ZERO),
                _ => return Ok(Some(delivery)),
            }
        }
    }
}

impl<S: Source> fmt::Debug for FaultySource<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FaultySource")
            .field("line", &self.line)
            .field("passed", &self.passed)
            .finish_non_exhaustive()
    }
}
