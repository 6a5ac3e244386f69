use super::committed;
use event_contracts::catalogue;
use std::collections::BTreeSet;
use std::path::Path;

fn page() -> String {
    committed("openapi/events.html")
}

/// The values of an attribute.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let opening = format!(" {attribute}=\"");
    let values = page.split(opening.as_str()).skip(1);
    values.map(|rest| rest.split('"').next().unwrap()).collect()
}

#[test]
fn every_event_has_its_place_and_its_routing_key() {
    let page = page();
    for event in catalogue::ALL {
        let id = format!("<article id=\"{}-v{}\"", event.name, event.version.major);
        assert!(page.contains(&id), "{id}");
        assert!(page.contains(&format!("<code>{}</code>", event.routing_key)));
    }
}

#[test]
fn nothing_is_fetched_from_anywhere() {
    let page = page();
    assert_eq!(values(&page, "src"), Vec::<&str>::new());
    for word in ["@import", "url(", "<link", "<img", "fetch(", "XMLHttpRequest"] {
        assert!(!page.contains(word), "{word}");
    }
    assert!(values(&page, "href").iter().all(|target| !target.contains("//")));
}

#[test]
fn every_link_leads_somewhere_and_no_place_has_two() {
    let page = page();
    let ids = values(&page, "id");
    let different: BTreeSet<_> = ids.iter().copied().collect();
    assert_eq!(ids.len(), different.len());
    for target in values(&page, "href") {
        match target.strip_prefix('#') {
            Some(id) => assert!(different.contains(id), "{target}"),
            None => {
                let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi");
                assert!(folder.join(target).is_file(), "{target}");
            }
        }
    }
    let labels = values(&page, "aria-labelledby");
    assert!(labels.iter().all(|id| different.contains(id)));
}

#[test]
fn what_a_fixture_says_is_text_and_never_markup() {
    let page = page();
    assert!(page.contains("&lt;p&gt;Keeps the rain out.&lt;/p&gt;"));
    assert_eq!(page.matches("<script>").count(), 1);
}

#[test]
fn only_a_field_that_is_younger_than_its_type_says_so() {
    let page = page();
    let article = |event: &str| {
        let (_, rest) = page.split_once(&format!("<article id=\"{event}\"")).unwrap();
        rest.split_once("</article>").unwrap().0
    };
    // What version 2 has, it may well have had from the start.
    assert!(!article("DiscountCreated-v2").contains("data-label=\"added\">1"));
    assert!(article("ProductCreated-v1").contains("data-label=\"added\">after 1.0<"));
}
