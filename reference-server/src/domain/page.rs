use serde::Serialize;

/// Which part of a list is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PageRequest {
    /// Counted from 1.
    pub(crate) page: u32,
    /// How many items at most.
    pub(crate) limit: u32,
}

impl PageRequest {
    /// How many items stand before the page.
    pub(crate) fn offset(self) -> i64 {
        i64::from(self.page.saturating_sub(1)) * i64::from(self.limit)
    }
}

/// One page of a list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    /// How many there are on all pages.
    pub(crate) total: i64,
    pub(crate) page: u32,
    pub(crate) limit: u32,
}

impl<T> Page<T> {
    pub(crate) fn new(items: Vec<T>, total: i64, request: PageRequest) -> Self {
        Self {
            items,
            total,
            page: request.page,
            limit: request.limit,
        }
    }
}
