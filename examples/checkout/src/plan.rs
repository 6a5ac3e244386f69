//! What a run will do, drawn from a seed before it begins: carts, the merchandiser's changes, the outage.

mod carts;
mod changes;

pub use carts::{PlannedCart, Submissions};
pub use changes::{Change, PlannedChange};

use product_types::{Money, ProductId, VariantId};

/// One thing that can be bought when the run begins.
#[derive(Clone, Debug)]
pub struct Item {
    /// The stock keeping unit; the order of the assortment, since ids differ from import to import.
    pub sku: String,
    /// The variant.
    pub variant_id: VariantId,
    /// Its product.
    pub product_id: ProductId,
    /// Its price.
    pub price: Money,
}

/// A run: the same seed over the same catalogue gives the same plan.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The carts, in the order of their arrival.
    pub carts: Vec<PlannedCart>,
    /// The changes, in order.
    pub changes: Vec<PlannedChange>,
    /// The outage; none when there are too few carts for one.
    pub outage: Option<Outage>,
}

/// The outage, as positions among the carts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outage {
    /// From this cart on nothing is answered.
    pub begins: usize,
    /// From this cart on writes work again and reads do not: the merchandiser catches up, prices drift.
    pub writes_return: usize,
    /// From this cart on everything works again.
    pub ends: usize,
}

/// So few carts that an outage among them would show nothing.
const TOO_FEW_FOR_AN_OUTAGE: usize = 10;

impl Plan {
    /// Draws the plan of a run over `items`.
    ///
    /// # Panics
    ///
    /// When `items` is empty: there is nothing to sell.
    #[must_use]
    pub fn draw(seed: u64, orders: usize, mut items: Vec<Item>) -> Self {
        assert!(!items.is_empty(), "a plan needs something to sell");
        items.sort_by(|a, b| a.sku.cmp(&b.sku));
        let mut random = fastrand::Rng::with_seed(seed);
        // Forked, so that a change to how carts are drawn leaves the merchandiser's draws alone.
        let (mut of_carts, mut of_changes, mut of_page) = (random.fork(), random.fork(), random.fork());
        of_page.shuffle(&mut items);
        Self {
            carts: carts::draw(&mut of_carts, seed, orders, &items),
            changes: changes::draw(&mut of_changes, orders, &items),
            outage: Outage::within(orders),
        }
    }
}

impl Outage {
    fn within(orders: usize) -> Option<Self> {
        (orders >= TOO_FEW_FOR_AN_OUTAGE).then_some(Self {
            begins: orders * 45 / 100,
            writes_return: orders * 52 / 100,
            ends: orders * 60 / 100,
        })
    }
}

/// How many items the front page shows: what most customers buy and what the merchandiser mostly touches.
const FRONT_PAGE: usize = 60;

/// Draws an item: of three, two come from the front page.
fn pick<'a>(random: &mut fastrand::Rng, shuffled: &'a [Item]) -> &'a Item {
    let shown = if random.u8(0..3) < 2 {
        shuffled.len().min(FRONT_PAGE)
    } else {
        shuffled.len()
    };
    &shuffled[random.usize(0..shown)]
}
