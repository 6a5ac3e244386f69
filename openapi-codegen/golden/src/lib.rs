//! Every construct that `openapi-codegen` accepts, as the code that it becomes.
//!
//! `constructs.yaml` is the document; `cargo xtask generate` writes this crate anew, and the difference is what a change of
//! the generator does to its users. Nothing depends on this crate: that it compiles is the point.

#[allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "what is generated is compiled here, and used by nobody"
)]
mod generated;

pub use generated::GoldenClient;
