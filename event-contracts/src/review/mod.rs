//! What the Review Service says of products, on the exchange `review.events`.

mod stats_updated;

pub use stats_updated::ProductReviewStatsUpdated;
