//! Who calls, and what they may do.

mod allowed;
mod authenticate;
mod caller;
mod key;
mod role;
mod token;

pub(crate) use allowed::{Allowed, EditCatalogue, ManageCatalogue, Permission, ReadBatches, SetPrices};
pub(crate) use authenticate::authenticate;
pub(crate) use caller::Caller;
pub(crate) use key::{KeyFileError, SigningKey};
pub use role::{Role, UnknownRole};
pub(crate) use token::Tokens;
