// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The models: what requests and answers carry.

mod book;
mod book_amendment;
mod genre;
mod loan;
mod new_book;
mod new_loan;
mod shelf;
mod size;

pub use book::Book;
pub use book_amendment::BookAmendment;
pub use genre::Genre;
pub use loan::Loan;
pub use new_book::NewBook;
pub use new_loan::NewLoan;
pub use shelf::Shelf;
pub use size::Size;
