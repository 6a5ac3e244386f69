//! The generator, through what it generates and through what it refuses.

mod accepted;
mod answers;
mod calls;
mod compare;
mod document;
mod drift;
mod fuzz;
mod golden;
mod models;
mod refusals;
mod requests;
mod strangers;
mod support;
mod unions;
