//! The generator, through what it generates and through what it refuses.

mod accepted;
mod answers;
mod calls;
mod document;
mod drift;
mod golden;
mod models;
mod refusals;
mod requests;
mod support;
mod unions;
