// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The models: what requests and answers carry.

mod book;
mod book_amendment;
mod contact;
mod genre;
mod loan;
mod loan_page;
mod mail_address;
mod new_book;
mod new_loan;
mod notice;
mod overdue_notice;
mod postal_address;
mod recall_notice;
mod shelf;
mod size;

pub use book::Book;
pub use book_amendment::BookAmendment;
pub use contact::Contact;
pub use genre::Genre;
pub use loan::Loan;
pub use loan_page::LoanPage;
pub use mail_address::MailAddress;
pub use new_book::NewBook;
pub use new_loan::NewLoan;
pub use notice::Notice;
pub use overdue_notice::OverdueNotice;
pub use postal_address::PostalAddress;
pub use recall_notice::RecallNotice;
pub use shelf::Shelf;
pub use size::Size;
