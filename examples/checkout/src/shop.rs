//! The shop's front: carts arrive, are submitted, some of them twice, until they are answered.

use crate::bare::BareReads;
use crate::failure::Failure;
use crate::order_service::OrderService;
use crate::order_service::order::{Cart, Receipt};
use crate::plan::{Change, Plan, PlannedCart, Submissions};
use crate::progress::Progress;
use crate::stop::Stop;
use crate::verify::orders::Submitted;
use crate::weather::Weather;
use resilience::time;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;

/// Carts arrive this far apart.
const ARRIVAL: Duration = Duration::from_millis(20);

/// Many carts arrive faster, so that all have arrived within about this time.
const OPENING_HOURS: Duration = Duration::from_secs(40);

/// A customer whose submission brought an error tries again so often, this far apart.
const TRIES: u32 = 5;
const PAUSE: Duration = Duration::from_millis(200);

/// Everything that the shop needs while it is open.
#[derive(Debug)]
pub struct Shop {
    /// Who makes orders of carts.
    pub service: OrderService,
    /// Orders in placement at the same time; further carts wait.
    pub concurrency: usize,
    /// Who reads the same prices without the SDK.
    pub bare: BareReads,
    /// Faults and outages, by the carts' positions.
    pub weather: Weather,
    /// To the merchandiser.
    pub changes: mpsc::UnboundedSender<Change>,
    /// Where progress is shown.
    pub progress: Progress,
    /// Who may close the shop early.
    pub stop: Stop,
}

impl Shop {
    /// Takes in the plan's carts, makes its changes due and its weather; returns with every cart that was handed in
    /// once all of them are answered.
    ///
    /// # Errors
    ///
    /// When the weather cannot be made.
    pub async fn open(mut self, plan: &Plan) -> Result<Vec<Submitted>, Failure> {
        let apart = ARRIVAL.min(OPENING_HOURS / u32::try_from(plan.carts.len().max(1)).unwrap_or(u32::MAX));
        let places = Arc::new(Semaphore::new(self.concurrency));
        let mut customers = JoinSet::new();
        let mut comparisons = JoinSet::new();
        let mut changes = plan.changes.iter().peekable();
        let mut arrival = time::now();
        for (index, planned) in plan.carts.iter().enumerate() {
            while let Some(due) = changes.next_if(|planned| planned.due <= index) {
                // A merchandiser who has gone home makes no changes; the report counts those that were made.
                drop(self.changes.send(due.change.clone()));
            }
            let arrives = async {
                self.weather.at(index).await?;
                time::sleep_until(arrival).await;
                Ok(Arc::clone(&places).acquire_owned().await)
            };
            let place = tokio::select! {
                biased;
                () = self.stop.requested() => break,
                place = arrives => place?,
            };
            arrival = arrival.max(time::now()) + apart;
            let (service, planned, progress) = (self.service.clone(), planned.clone(), self.progress.clone());
            if planned.compared {
                for line in planned.cart.lines.clone() {
                    let bare = self.bare.clone();
                    comparisons.spawn(async move { bare.read(&line.variant_id).await });
                }
            }
            customers.spawn(async move {
                let submitted = buy(&service, planned).await;
                progress.step();
                drop(place);
                submitted
            });
        }
        let submitted = customers.join_all().await;
        if !self.stop.is_requested() {
            comparisons.join_all().await;
        }
        Ok(submitted)
    }
}

async fn buy(service: &OrderService, planned: PlannedCart) -> Submitted {
    let cart = planned.cart;
    let receipts = match planned.submissions {
        Submissions::Once => vec![submit(service, &cart).await],
        Submissions::Together => {
            let (one, other) = tokio::join!(submit(service, &cart), submit(service, &cart));
            vec![one, other]
        }
        Submissions::Again => vec![submit(service, &cart).await, submit(service, &cart).await],
    };
    Submitted {
        cart,
        receipts: receipts.into_iter().flatten().collect(),
    }
}

/// Submits a cart until there is a receipt: at least once, which the Order Service makes exactly one order of.
async fn submit(service: &OrderService, cart: &Cart) -> Option<Receipt> {
    for _ in 0..TRIES {
        match service.submit(cart).await {
            Ok(receipt) => return Some(receipt),
            Err(failure) => tracing::warn!(cart = cart.id, failure = failure.one_line(), "submission failed"),
        }
        time::sleep(PAUSE).await;
    }
    None
}
