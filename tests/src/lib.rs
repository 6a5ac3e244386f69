//! Contract and end-to-end tests across the crates; everything stands in `tests/it`, but for the README's example,
//! which is compiled here.

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
