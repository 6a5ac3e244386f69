use product_types::CategoryPath;

#[test]
fn a_path_is_read_with_or_without_its_leading_slash_and_written_with_it() {
    for text in ["/a/b", "a/b"] {
        let path: CategoryPath = text.parse().unwrap();
        assert_eq!(path.to_string(), "/a/b");
        assert_eq!(path.ids().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(serde_json::to_string(&path).unwrap(), "\"/a/b\"");
    }
}

#[test]
fn a_path_with_a_hole_is_refused() {
    for text in ["", "/", "//", "a//b", "/a/", "//a"] {
        assert!(text.parse::<CategoryPath>().is_err(), "{text:?} was accepted");
    }
}
