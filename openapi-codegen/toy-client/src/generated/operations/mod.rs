// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The operations, each with the facts of its contract.

mod amend_book;
mod get_shelf;
mod has_book;
mod lend;
mod search_books;
mod shelve_book;

pub use amend_book::AmendBook;
pub use get_shelf::GetShelf;
pub use has_book::HasBook;
pub use lend::Lend;
pub use search_books::SearchBooks;
pub use shelve_book::ShelveBook;
