//! What happens to prices. Keyed by the product, so that one product's events keep one order.

mod cause;
mod changed;
mod effective;
mod foreign;

pub use cause::PriceCause;
pub use changed::{NewPrice, OldPrice, ProductPriceChanged};
pub use effective::ProductPriceEffective;
pub(crate) use foreign::Foreign;
