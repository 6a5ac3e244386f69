//! A client of a lending library: an API of its own, generated from `lending-library.yaml`.
//!
//! It exists to hold `openapi-codegen` to its word that nothing in it knows the Product Service. The generator's tests
//! exercise it.

mod generated;

pub use generated::models::{
    Book, BookAmendment, Contact, Genre, Loan, LoanPage, MailAddress, NewBook, NewLoan, Notice,
    OverdueNotice, PostalAddress, RecallNotice, Shelf, Size,
};
pub use generated::operations::{
    AmendBook, GetBook, GetBookAnswer, GetShelf, GetShelfHeaders, GetStatistics, HasBook, Lend, ListLoans,
    ListNotices, SearchBooks, SetContact, SetContactAnswer, ShelveBook,
};
pub use generated::{Call, LibraryClient};
