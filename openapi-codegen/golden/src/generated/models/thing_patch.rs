// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `ThingPatch`.

use client_core::Patch;
use product_types::Decimal;
use serde::{Deserialize, Serialize};

/// What is to be changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ThingPatch {
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Null removes it.
    #[serde(default, skip_serializing_if = "Patch::is_absent")]
    pub note: Patch<String>,
    /// Null removes it.
    #[serde(default, skip_serializing_if = "Patch::is_absent")]
    pub amount: Patch<Decimal>,
}

impl ThingPatch {
    /// Changes nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets `name`.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets `note`.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<Patch<String>>) -> Self {
        self.note = note.into();
        self
    }

    /// Sets `amount`.
    #[must_use]
    pub fn with_amount(mut self, amount: impl Into<Patch<Decimal>>) -> Self {
        self.amount = amount.into();
        self
    }
}
