use allocation_counter::measure;

use super::Batch;

/// How often a call allocates, once it is warm.
pub(crate) fn allocations(mut batch: Batch) -> f64 {
    // A multiple of what is done in one go where calls are not made one by one.
    const CALLS: u64 = 1_024;
    batch(CALLS);
    measure(|| batch(CALLS)).count_total as f64 / CALLS as f64
}
