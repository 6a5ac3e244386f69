//! Lists that are answered a page at a time.

use crate::Operation;

/// An operation that answers one page of a list, counted from 1: what a walk over all pages needs to know.
///
/// Implementations are generated for operations that the contract marks as paged.
pub trait Paged: Operation {
    /// What the list holds.
    type Item: Send + 'static;

    /// Asks for this page, counted from 1.
    fn set_page(&mut self, page: u32);

    /// The answer as a page.
    fn page(output: Self::Output) -> Page<Self::Item>;
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// What the page holds.
    pub items: Vec<T>,
    /// How many items there are on all pages.
    pub total: u64,
    /// Which page this is, counted from 1.
    pub page: u32,
    /// How many items a page holds at most.
    pub limit: u32,
}

impl<T> Page<T> {
    /// The number of the page after this one; `None` when this is the last.
    ///
    /// An empty page is the last one whatever the total says, so that a walk always ends.
    #[must_use]
    pub fn next(&self) -> Option<u32> {
        let seen = u64::from(self.page) * u64::from(self.limit);
        let ends = self.items.is_empty() || seen >= self.total;
        if ends { None } else { self.page.checked_add(1) }
    }
}
