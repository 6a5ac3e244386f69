//! Requests are byte-exact.

use client_core::Operation;
use client_core::http::Method;
use toy_client::{
    AmendBook, BookAmendment, Genre, GetShelf, HasBook, Lend, NewBook, NewLoan, SearchBooks, ShelveBook,
};

#[test]
fn path_parameters_stay_one_segment_whatever_they_hold() {
    let request = GetShelf::new(-7, "A/B?c#d%2F ü").to_request().unwrap();
    assert_eq!(request.uri(), "/branches/-7/shelves/A%2FB%3Fc%23d%252F%20%C3%BC");
    assert_eq!(request.method(), Method::GET);
}

#[test]
fn a_path_parameter_that_would_vanish_is_refused_before_sending() {
    assert!(HasBook::new("").to_request().is_err());
    assert!(HasBook::new("..").to_request().is_err());
}

#[test]
fn optional_arguments_that_are_not_set_are_not_sent() {
    let request = SearchBooks::new("a&b=c+d").to_request().unwrap();
    assert_eq!(request.uri(), "/books?q=a%26b%3Dc%2Bd");
}

#[test]
fn query_lists_are_written_as_the_document_says() {
    let mut search = SearchBooks::new("x");
    search.genre = vec![Genre::NonFiction, Genre::Other("krimi & co".to_owned())];
    search.order = vec!["title,subtitle".to_owned(), "-year".to_owned()];
    search.available = Some(false);
    search.limit = Some(50);
    search.published_after = Some("2020-02-29T12:00:00+01:00".parse().unwrap());
    assert_eq!(
        search.to_request().unwrap().uri(),
        "/books?q=x&genre=non-fiction&genre=krimi%20%26%20co&order=title%2Csubtitle,-year&available=false&limit=50\
         &publishedAfter=2020-02-29T11%3A00%3A00Z"
    );
}

#[test]
fn header_parameters_are_headers() {
    let mut shelf = GetShelf::new(1, "top");
    shelf.accept_language = Some("de, en;q=0.5".to_owned());
    assert_eq!(
        shelf.to_request().unwrap().headers()["accept-language"],
        "de, en;q=0.5"
    );

    let request = ShelveBook::new("1", -3, NewBook::new("T", []))
        .to_request()
        .unwrap();
    assert_eq!(request.headers()["x-branch"], "-3");
}

#[test]
fn a_header_that_can_not_be_sent_is_refused_before_sending() {
    let mut shelf = GetShelf::new(1, "top");
    shelf.accept_language = Some("de\r\nX-Evil: 1".to_owned());
    let error = shelf.to_request().unwrap_err();
    assert!(error.to_string().contains("accept-language"), "{error}");
    assert!(
        !error.to_string().contains("Evil"),
        "the value is not shown: {error}"
    );
}

#[test]
fn bodies_hold_what_was_set_and_nothing_else() {
    let request = Lend::new(NewLoan::new("978", 12)).to_request().unwrap();
    assert_eq!(request.body(), r#"{"isbn":"978","member":12}"#);
    assert_eq!(request.headers()["content-type"], "application/json");

    let book = NewBook::new("T", [Genre::SciFi]).with_keywords(["a", "b"]);
    let request = ShelveBook::new("1", 1, book).to_request().unwrap();
    assert_eq!(
        request.body(),
        r#"{"title":"T","genres":["sci-fi"],"keywords":["a","b"]}"#
    );
}

#[test]
fn a_merge_patch_has_its_own_media_type() {
    let request = AmendBook::new("1", BookAmendment::new().with_title("New"))
        .to_request()
        .unwrap();
    assert_eq!(request.method(), Method::PATCH);
    assert_eq!(request.headers()["content-type"], "application/merge-patch+json");
    assert_eq!(request.body(), r#"{"title":"New"}"#);
}
