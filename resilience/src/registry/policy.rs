use crate::invalid::{InvalidPolicy, Problems};

/// How much a registry keeps. A plain value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RegistryPolicy {
    /// So many keys have an entry of their own; one more entry is shared by all keys beyond. At least 1.
    ///
    /// Default 1,024 (ours: more peers than a service calls, fewer than an attacker can name).
    pub max_entries: usize,
}

impl Default for RegistryPolicy {
    fn default() -> Self {
        Self { max_entries: 1_024 }
    }
}

impl RegistryPolicy {
    /// Sets [`max_entries`](Self::max_entries).
    #[must_use]
    pub fn with_max_entries(mut self, count: usize) -> Self {
        self.max_entries = count;
        self
    }

    /// Checks every value.
    ///
    /// # Errors
    ///
    /// Names each value that is out of its range.
    pub fn validate(&self) -> Result<(), InvalidPolicy> {
        let mut problems = Problems::new();
        problems.require(
            self.max_entries > 0,
            &["registry.max_entries"],
            "registry.max_entries must be at least 1",
        );
        problems.into_result()
    }
}
