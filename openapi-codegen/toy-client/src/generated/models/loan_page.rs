// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `LoanPage`.

use serde::{Deserialize, Serialize};

use super::Loan;

/// One page of loans.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LoanPage {
    /// The loans of this page.
    pub items: Vec<Loan>,
    /// How many there are on all pages. Range: at least 0.
    pub total: u32,
    /// Which page this is. Range: at least 1.
    pub page: u32,
    /// How many a page holds. Range: at least 1.
    pub limit: u32,
}
