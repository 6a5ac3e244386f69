// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The client, with a method for each operation.

use client_core::{Client, Operation, OperationInfo};

use super::call::Call;
use super::models::{BookAmendment, Contact, NewBook, NewLoan};
use super::operations::{
    AmendBook, GetBook, GetShelf, GetStatistics, HasBook, Lend, ListLoans, ListNotices, SearchBooks,
    SetContact, ShelveBook,
};

/// A client of the Lending Library.
///
/// Cloning is cheap; the clones share connections, circuit breakers and counters.
#[derive(Clone, Debug)]
pub struct LibraryClient {
    core: Client,
}

impl LibraryClient {
    /// The facts of all operations, in the document's order.
    pub const OPERATIONS: &'static [&'static OperationInfo] = &[
        SearchBooks::INFO,
        GetShelf::INFO,
        GetBook::INFO,
        HasBook::INFO,
        ShelveBook::INFO,
        AmendBook::INFO,
        SetContact::INFO,
        ListNotices::INFO,
        GetStatistics::INFO,
        ListLoans::INFO,
        Lend::INFO,
    ];

    /// A client over `core`, whose base URL is where the document's paths begin.
    #[must_use]
    pub fn new(core: Client) -> Self {
        Self { core }
    }

    /// The client underneath, which makes the calls and counts them.
    #[must_use]
    pub fn core(&self) -> &Client {
        &self.core
    }

    /// Finds books.
    ///
    /// `GET /books`. Needs no token. Repeated after a passing failure; at most 2 s an attempt and 5 s in
    /// all.
    ///
    /// Answers 200; otherwise 400.
    pub fn search_books(&self, q: impl Into<String>) -> Call<SearchBooks> {
        Call::new(self.core.call(SearchBooks::new(q)))
    }

    /// Reads what stands on a shelf.
    ///
    /// `GET /branches/{branchId}/shelves/{shelf-name}`. Needs no token; what is answered may depend on one.
    /// Repeated after a passing failure; at most 400 ms an attempt and 1.25 s in all.
    ///
    /// Answers 200; otherwise 404.
    pub fn get_shelf(&self, branch_id: i64, shelf_name: impl Into<String>) -> Call<GetShelf> {
        Call::new(self.core.call(GetShelf::new(branch_id, shelf_name)))
    }

    /// Reads a book, unless the caller's copy is still the current one.
    ///
    /// `GET /books/{isbn}`. Needs no token. Repeated after a passing failure; at most 2 s an attempt and 5
    /// s in all.
    ///
    /// Answers 200 or 304; otherwise 404.
    pub fn get_book(&self, isbn: impl Into<String>) -> Call<GetBook> {
        Call::new(self.core.call(GetBook::new(isbn)))
    }

    /// Tells whether the library has a book.
    ///
    /// `HEAD /books/{isbn}`. Needs no token. Repeated after a passing failure; at most 2 s an attempt and 5
    /// s in all.
    ///
    /// Answers 200; otherwise 404.
    pub fn has_book(&self, isbn: impl Into<String>) -> Call<HasBook> {
        Call::new(self.core.call(HasBook::new(isbn)))
    }

    /// Adds a book, or replaces it.
    ///
    /// The list of `genres` is replaced as a whole, see \<RFC 9110\> and \[the rules\].
    ///
    /// `PUT /books/{isbn}`. Needs a token. Repeated after a passing failure; at most 2 s an attempt and 5 s
    /// in all.
    ///
    /// Answers 204; otherwise 403.
    pub fn shelve_book(&self, isbn: impl Into<String>, x_branch: i32, body: NewBook) -> Call<ShelveBook> {
        Call::new(self.core.call(ShelveBook::new(isbn, x_branch, body)))
    }

    /// Changes what is known about a book.
    ///
    /// `PATCH /books/{isbn}`. Needs a token with one of the roles librarian. Repeated only when the service
    /// provably did not see it; at most 2 s an attempt and 5 s in all.
    ///
    /// Answers 200; otherwise 404.
    pub fn amend_book(&self, isbn: impl Into<String>, body: BookAmendment) -> Call<AmendBook> {
        Call::new(self.core.call(AmendBook::new(isbn, body)))
    }

    /// Tells how a member is reached.
    ///
    /// `PUT /members/{memberId}/contact`. Needs a token. Repeated after a passing failure; at most 2 s an
    /// attempt and 5 s in all.
    ///
    /// Answers 200 or 201; otherwise 400.
    pub fn set_contact(&self, member_id: u64, body: Contact) -> Call<SetContact> {
        Call::new(self.core.call(SetContact::new(member_id, body)))
    }

    /// Lists what a member has to be told.
    ///
    /// `GET /members/{memberId}/notices`. Needs a token. Repeated after a passing failure; at most 2 s an
    /// attempt and 5 s in all.
    ///
    /// Answers 200; otherwise nothing that is documented.
    #[deprecated = "deprecated by the API"]
    pub fn list_notices(&self, member_id: u64) -> Call<ListNotices> {
        Call::new(self.core.call(ListNotices::new(member_id)))
    }

    /// Reads how many books were lent, a line each.
    ///
    /// `GET /statistics`. Needs no token. Repeated after a passing failure; at most 2 s an attempt and 5 s
    /// in all.
    ///
    /// Answers 200; otherwise nothing that is documented.
    pub fn get_statistics(&self) -> Call<GetStatistics> {
        Call::new(self.core.call(GetStatistics::new()))
    }

    /// Lists what is lent, a page at a time.
    ///
    /// `GET /loans`. Needs a token. Repeated after a passing failure; at most 2 s an attempt and 5 s in
    /// all.
    ///
    /// Answers 200; otherwise nothing that is documented.
    pub fn list_loans(&self) -> Call<ListLoans> {
        Call::new(self.core.call(ListLoans::new()))
    }

    /// Lends a book.
    ///
    /// `POST /loans`. Needs a token with one of the roles librarian, volunteer. Repeated after a passing
    /// failure, with the same `Idempotency-Key`; at most 3 s an attempt and 8 s in all.
    ///
    /// Answers 201; otherwise 409.
    pub fn lend(&self, body: NewLoan) -> Call<Lend> {
        Call::new(self.core.call(Lend::new(body)))
    }
}
