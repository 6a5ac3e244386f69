//! What a caller may choose about an import.

use std::fmt;
use std::str::FromStr;

use product_types::CurrencyCode;

use super::progress::{Listener, Progress};

/// What a caller may choose about an import. The default: US dollars, all or nothing, no word of progress.
#[derive(Clone)]
pub struct ImportOptions {
    currency: PriceCurrency,
    keep_going: bool,
    progress: Option<Listener>,
}

/// A currency that prices can be in: one whose amounts have at most two decimals, as the API carries no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceCurrency(CurrencyCode);

/// The text is not a currency that prices can be in; `Display` says why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownCurrency(String);

impl ImportOptions {
    /// The currency of all prices, as a Shopify CSV names none. Default: `USD`.
    #[must_use]
    pub fn with_currency(mut self, currency: PriceCurrency) -> Self {
        self.currency = currency;
        self
    }

    /// Imports what the rules accept and leaves out what they refuse. Default: any refusal stops the whole import.
    #[must_use]
    pub fn keep_going(mut self, keep_going: bool) -> Self {
        self.keep_going = keep_going;
        self
    }

    /// Tells how far the import has come, for example to [`bar`](super::bar).
    #[must_use]
    pub fn on_progress(mut self, listener: Listener) -> Self {
        self.progress = Some(listener);
        self
    }

    pub(crate) fn currency(&self) -> CurrencyCode {
        self.currency.0
    }

    pub(crate) fn keeps_going(&self) -> bool {
        self.keep_going
    }

    pub(crate) fn tell(&self, progress: Progress) {
        if let Some(listener) = &self.progress {
            listener(progress);
        }
    }
}

impl Default for ImportOptions {
    fn default() -> Self {
        Self {
            currency: PriceCurrency(CurrencyCode::USD),
            keep_going: false,
            progress: None,
        }
    }
}

impl fmt::Debug for ImportOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ImportOptions")
            .field("currency", &self.currency)
            .field("keep_going", &self.keep_going)
            .finish_non_exhaustive()
    }
}

impl TryFrom<CurrencyCode> for PriceCurrency {
    type Error = UnknownCurrency;

    fn try_from(code: CurrencyCode) -> Result<Self, UnknownCurrency> {
        match code.minor_units() {
            Some(0..=2) => Ok(Self(code)),
            Some(decimals) => Err(UnknownCurrency(format!(
                "amounts in {code} have {decimals} decimals, and prices here have at most 2; choose another currency"
            ))),
            None => Err(UnknownCurrency(format!(
                "{code} is not a currency of ISO 4217; name one such as EUR"
            ))),
        }
    }
}

impl FromStr for PriceCurrency {
    type Err = UnknownCurrency;

    fn from_str(text: &str) -> Result<Self, UnknownCurrency> {
        let code: CurrencyCode = text
            .to_ascii_uppercase()
            .parse()
            .map_err(|_| UnknownCurrency(format!("“{text}” is not a currency code; name one such as EUR")))?;
        Self::try_from(code)
    }
}

impl fmt::Display for UnknownCurrency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for UnknownCurrency {}
