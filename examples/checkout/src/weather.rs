//! Faults at random all the time, and one outage in the middle, by the positions of the carts.

use crate::failure::Failure;
use crate::plan::Outage;
use crate::progress::Progress;
use reference_server::faults::{self, FaultPlan, Faults};
use reqwest::{Method, StatusCode};
use resilience::time::{self, Instant};
use std::time::Duration;

/// Each part of the outage lasts so long at least, however fast the carts come: long enough for circuits to open, and
/// for the merchandiser's to close again.
const AT_LEAST: Duration = Duration::from_millis(800);

/// Decides what the Product Service suffers when a cart arrives.
#[derive(Debug)]
pub struct Weather {
    faults: Faults,
    usual: FaultPlan,
    outage: Option<Outage>,
    part: Part,
    since: Instant,
    progress: Progress,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Before,
    NothingAnswers,
    ReadsFail,
    After,
}

impl Weather {
    /// Random faults from now on: of the share `rate` of all requests most get an error, others are cut, hang, come
    /// late or are throttled.
    ///
    /// # Errors
    ///
    /// When the rate is not between 0 and 1.
    pub fn begin(
        faults: Faults,
        rate: f64,
        outage: Option<Outage>,
        progress: Progress,
    ) -> Result<Self, Failure> {
        let weather = Self {
            faults,
            usual: FaultPlan::mixed(rate),
            outage,
            part: Part::Before,
            since: time::now(),
            progress,
        };
        weather.set(weather.usual.clone())?;
        Ok(weather)
    }

    /// Brings about what is due when the cart at `index` arrives, and waits until the part before has lasted long
    /// enough.
    ///
    /// Cancel safe: a part that was not waited for begins with the next cart.
    ///
    /// # Errors
    ///
    /// Never in practice: the plans are of this module's making.
    pub async fn at(&mut self, index: usize) -> Result<(), Failure> {
        let Some(outage) = self.outage else {
            return Ok(());
        };
        match self.part {
            Part::Before if index >= outage.begins => {
                self.faults.begin_outage(faults::Outage::Unavailable);
                self.enter(
                    Part::NothingAnswers,
                    "outage: the Product Service answers nothing",
                );
            }
            Part::NothingAnswers if index >= outage.writes_return => {
                time::sleep_until(self.since + AT_LEAST).await;
                self.set(reads_fail())?;
                self.faults.end_outage();
                self.enter(
                    Part::ReadsFail,
                    "outage: writes work again, reads do not; prices change meanwhile",
                );
            }
            Part::ReadsFail if index >= outage.ends => {
                time::sleep_until(self.since + AT_LEAST).await;
                self.set(self.usual.clone())?;
                self.enter(Part::After, "the outage is over; random faults go on");
            }
            _ => {}
        }
        Ok(())
    }

    fn set(&self, plan: FaultPlan) -> Result<(), Failure> {
        self.faults
            .set(plan)
            .map_err(|cause| Failure::because("cannot set the faults", cause))
    }

    fn enter(&mut self, part: Part, what: &str) {
        self.part = part;
        self.since = time::now();
        self.progress.say(what);
    }
}

/// Fair weather again when the shop closes, however it closes.
impl Drop for Weather {
    fn drop(&mut self) {
        self.faults.clear();
    }
}

/// Every read of a variant is answered 503, everything else is well.
fn reads_fail() -> FaultPlan {
    let mut plan = FaultPlan::errors(1.0).only_at(Method::GET, "/products/variants/");
    plan.statuses = vec![StatusCode::SERVICE_UNAVAILABLE];
    plan
}
