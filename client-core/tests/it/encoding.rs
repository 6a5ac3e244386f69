//! Arguments arrive as they were given, whatever they hold.

use std::error::Error as _;

use client_core::{OperationInfo, RequestBuilder, http};
use proptest::prelude::*;

static ONE: OperationInfo = OperationInfo::new("one", http::Method::GET, "/items/{id}");
static TWO: OperationInfo = OperationInfo::new("two", http::Method::GET, "/a/{first}/b/{second}");
static EMBEDDED: OperationInfo = OperationInfo::new("embedded", http::Method::GET, "/files/{name}.json");
static ODD: OperationInfo = OperationInfo::new("odd", http::Method::GET, "/odd path/{id}");

fn path_of(value: &str) -> String {
    RequestBuilder::new(&ONE)
        .path_parameter("id", value)
        .build()
        .unwrap()
        .uri()
        .to_string()
}

#[test]
fn a_path_parameter_is_one_segment_byte_for_byte() {
    let table = [
        ("abc-._~019", "/items/abc-._~019"),
        ("a/b", "/items/a%2Fb"),
        ("a?b", "/items/a%3Fb"),
        ("a#b", "/items/a%23b"),
        ("50%", "/items/50%25"),
        ("%2F", "/items/%252F"),
        ("a b", "/items/a%20b"),
        ("a+b", "/items/a%2Bb"),
        ("a;v=1", "/items/a%3Bv%3D1"),
        ("a:b@c", "/items/a%3Ab%40c"),
        ("a&b=c", "/items/a%26b%3Dc"),
        ("!$'()*,", "/items/%21%24%27%28%29%2A%2C"),
        ("[]{}|\\^`\"<>", "/items/%5B%5D%7B%7D%7C%5C%5E%60%22%3C%3E"),
        ("größe", "/items/gr%C3%B6%C3%9Fe"),
        ("靴", "/items/%E9%9D%B4"),
        ("👟", "/items/%F0%9F%91%9F"),
        ("a\u{0}\r\n", "/items/a%00%0D%0A"),
        ("...", "/items/..."),
        (".a", "/items/.a"),
        ("{id}", "/items/%7Bid%7D"),
    ];
    for (value, expected) in table {
        assert_eq!(path_of(value), expected, "of {value:?}");
    }
}

#[test]
fn a_segment_that_would_vanish_is_refused() {
    for value in [".", ".."] {
        let error = RequestBuilder::new(&ONE)
            .path_parameter("id", value)
            .build()
            .unwrap_err();
        assert!(error.to_string().contains("`{id}`"), "{error}");
    }
    let request = RequestBuilder::new(&EMBEDDED)
        .path_parameter("name", "..")
        .build()
        .unwrap();
    assert_eq!(request.uri(), "/files/...json");
}

#[test]
fn a_missing_empty_or_unknown_path_parameter_is_named() {
    let missing = RequestBuilder::new(&TWO)
        .path_parameter("first", "1")
        .build()
        .unwrap_err();
    assert_eq!(missing.to_string(), "path parameter `second` is missing");
    let empty = RequestBuilder::new(&ONE)
        .path_parameter("id", "")
        .build()
        .unwrap_err();
    assert_eq!(empty.to_string(), "path parameter `id` is empty");
    let unknown = RequestBuilder::new(&ONE)
        .path_parameter("id", "1")
        .path_parameter("ip", "2")
        .build();
    assert_eq!(unknown.unwrap_err().to_string(), "path has no parameter `ip`");
}

#[test]
fn path_parameters_do_not_fill_each_other() {
    let request = RequestBuilder::new(&TWO)
        .path_parameter("second", &2)
        .path_parameter("first", "{second}")
        .build()
        .unwrap();
    assert_eq!(request.uri(), "/a/%7Bsecond%7D/b/2");
}

#[test]
fn the_template_itself_is_encoded_where_no_uri_may_hold_it() {
    let request = RequestBuilder::new(&ODD)
        .path_parameter("id", &1)
        .build()
        .unwrap();
    assert_eq!(request.uri(), "/odd%20path/1");
}

#[test]
fn a_query_is_encoded_and_keeps_its_order() {
    let request = RequestBuilder::new(&ONE)
        .path_parameter("id", &1)
        .query("q", "Schuhe & Stiefel + 50 %")
        .query_opt("limit", Some(&20))
        .query_opt("page", None::<&u32>)
        .query("tag[]", "")
        .query_each("status", &["ACTIVE", "DRAFT"])
        .query_list("sort", &["-name", "a,b"])
        .build()
        .unwrap();
    assert_eq!(
        request.uri(),
        "/items/1?q=Schuhe%20%26%20Stiefel%20%2B%2050%20%25&limit=20&tag%5B%5D=\
         &status=ACTIVE&status=DRAFT&sort=-name,a%2Cb"
    );
}

#[test]
fn a_header_that_can_not_be_sent_is_named_and_its_value_is_not_shown() {
    for value in ["secret\r\ninjected: yes", "secret: ü"] {
        let error = RequestBuilder::new(&ONE)
            .path_parameter("id", &1)
            .header("if-match", value)
            .build()
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "header `if-match` holds what no header may hold"
        );
        assert!(!format!("{error:?}").contains("secret"));
    }
}

#[test]
fn a_body_has_its_media_type() {
    let json = RequestBuilder::new(&ONE)
        .path_parameter("id", &1)
        .json(&[1, 2])
        .build()
        .unwrap();
    assert_eq!(json.headers()["content-type"], "application/json");
    assert_eq!(json.body(), "[1,2]");
    let patch = RequestBuilder::new(&ONE)
        .path_parameter("id", &1)
        .merge_patch(&[0; 0])
        .build()
        .unwrap();
    assert_eq!(patch.headers()["content-type"], "application/merge-patch+json");
}

#[test]
fn a_body_that_is_not_json_fails_with_its_cause() {
    let keys_are_not_text = std::collections::BTreeMap::from([((1, 2), 3)]);
    let error = RequestBuilder::new(&ONE)
        .path_parameter("id", &1)
        .json(&keys_are_not_text)
        .build()
        .unwrap_err();
    assert_eq!(error.to_string(), "body can't be written as JSON");
    assert!(error.source().is_some());
}

#[test]
fn a_target_beyond_the_limit_is_refused() {
    let error = RequestBuilder::new(&ONE)
        .path_parameter("id", &"x".repeat(70_000))
        .build()
        .unwrap_err();
    assert_eq!(error.to_string(), "path and query are too long");
}

proptest! {
    #[test]
    fn what_is_encoded_decodes_to_the_same_and_stays_one_segment(value in any::<String>()) {
        prop_assume!(!value.is_empty() && value != "." && value != "..");
        let path = path_of(&value);
        let segment = path.strip_prefix("/items/").unwrap();
        prop_assert!(!segment.contains(['/', '?', '#']));
        prop_assert_eq!(percent_encoding::percent_decode_str(segment).decode_utf8().unwrap(), value);
    }

    #[test]
    fn a_query_pair_decodes_to_the_same(name in any::<String>(), value in any::<String>()) {
        let request =
            RequestBuilder::new(&ONE).path_parameter("id", &1).query(&name, &value).build().unwrap();
        let (encoded_name, encoded_value) = request.uri().query().unwrap().split_once('=').unwrap();
        let decoded = |text| percent_encoding::percent_decode_str(text).decode_utf8().unwrap().into_owned();
        prop_assert_eq!(decoded(encoded_name), name);
        prop_assert_eq!(decoded(encoded_value), value);
    }
}
