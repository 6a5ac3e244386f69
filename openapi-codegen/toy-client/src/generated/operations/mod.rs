// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The operations, each with the facts of its contract.

mod amend_book;
mod get_book;
mod get_shelf;
mod get_statistics;
mod has_book;
mod lend;
mod list_loans;
mod list_notices;
mod search_books;
mod set_contact;
mod shelve_book;

pub use amend_book::AmendBook;
pub use get_book::{GetBook, GetBookAnswer};
pub use get_shelf::{GetShelf, GetShelfHeaders};
pub use get_statistics::GetStatistics;
pub use has_book::HasBook;
pub use lend::Lend;
pub use list_loans::ListLoans;
pub use list_notices::ListNotices;
pub use search_books::SearchBooks;
pub use set_contact::{SetContact, SetContactAnswer};
pub use shelve_book::ShelveBook;
