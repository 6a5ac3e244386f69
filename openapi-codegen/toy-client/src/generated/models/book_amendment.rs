// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `BookAmendment`.

use client_core::Patch;
use product_types::Decimal;
use serde::{Deserialize, Serialize};

/// What is to be changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct BookAmendment {
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What stands below the title; null removes it.
    #[serde(default, skip_serializing_if = "Patch::is_absent")]
    pub subtitle: Patch<String>,
    /// What a day costs; null makes it free.
    #[serde(default, skip_serializing_if = "Patch::is_absent")]
    pub daily_fee: Patch<Decimal>,
}

impl BookAmendment {
    /// Changes nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets `title`.
    #[must_use]
    pub fn with_title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Sets `subtitle`.
    #[must_use]
    pub fn with_subtitle(mut self, subtitle: impl Into<Patch<String>>) -> Self {
        self.subtitle = subtitle.into();
        self
    }

    /// Sets `dailyFee`.
    #[must_use]
    pub fn with_daily_fee(mut self, daily_fee: impl Into<Patch<Decimal>>) -> Self {
        self.daily_fee = daily_fee.into();
        self
    }
}
