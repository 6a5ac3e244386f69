//! The one number of a rate limit.

#[path = "../../src/rate_limit/gcra.rs"]
mod gcra;
mod models;
#[path = "../../src/rate_limit/policy.rs"]
mod policy;

use policy::RateLimitPolicy;
