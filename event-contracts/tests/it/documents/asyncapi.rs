use super::{committed, full};
use event_contracts::asyncapi::{Document, consumers, producer, product_service};
use event_contracts::product::ProductDeleted;
use event_contracts::schema::Contract;
use event_contracts::{Event, Version, catalogue};
use serde_json::{Value, json};

fn document() -> Value {
    serde_json::from_str(&committed("openapi/product-events.asyncapi.json")).unwrap()
}

#[test]
fn what_goes_over_its_exchange_is_sent_and_what_it_consumes_is_received() {
    let document = product_service().to_json();
    for event in catalogue::ALL {
        let id = format!("{}V{}", event.name, event.version.major);
        let is_sent = document["operations"].get(format!("send{id}")).is_some();
        let is_received = document["operations"].get(format!("receive{id}")).is_some();
        assert_eq!(is_sent, producer(event) == "product-service", "{id}");
        assert_eq!(is_received, consumers(event).contains(&"product-service"), "{id}");
        if is_sent || is_received {
            let channel = &document["channels"][&id];
            assert_eq!(channel["address"], event.routing_key);
            assert_eq!(channel["bindings"]["amqp"]["exchange"]["name"], event.exchange);
            assert_eq!(channel["bindings"]["kafka"]["topic"], event.topic);
        }
    }
}

#[test]
fn every_event_has_a_producer_and_somebody_who_consumes_it() {
    for event in catalogue::ALL {
        assert!(!consumers(event).is_empty(), "{}", event.name);
        assert!(!consumers(event).contains(&producer(event).as_str()) || event.name == "ProductViewed");
    }
}

#[test]
fn every_message_shows_an_example_that_fits_and_the_payload_alone_does_not() {
    let document = document();
    let messages = document["components"]["messages"].as_object().unwrap();
    for (id, message) in messages {
        let mut schema = message["payload"].clone();
        schema["components"] = document["components"].clone();
        let validator = jsonschema::draft7::options()
            .should_validate_formats(true)
            .build(&schema)
            .unwrap();
        let examples = message["examples"].as_array().unwrap();
        assert_eq!(examples.len(), 1, "{id}");
        let example = &examples[0]["payload"];
        let found = validator.validate(example).map_err(|error| error.to_string());
        assert_eq!(found, Ok(()), "{id}");
        assert!(!validator.is_valid(&example["payload"]), "{id}");
    }
}

#[test]
fn every_reference_leads_somewhere() {
    fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        match value {
            Value::Object(fields) => {
                found.extend(fields.get("$ref").and_then(Value::as_str));
                fields.values().for_each(|value| references(value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| references(value, found)),
            _ => {}
        }
    }
    let document = document();
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(found.len() > 200);
    for reference in found {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

/// An event of a consumer's own, whose schema asks to stand where it is used.
#[derive(serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(inline)]
struct WishlistShared {
    /// The wishlist.
    wishlist_id: String,
}

impl Event for WishlistShared {
    const TYPE: &'static str = "WishlistShared";
    const VERSION: Version = Version::new(1, 0);
    const AGGREGATE: &'static str = "wishlist";
    const ROUTING_KEY: &'static str = "user.wishlist.shared.v1";
    const EXCHANGE: &'static str = "user.events";
    const KEY: &'static str = "wishlistId";

    fn key(&self) -> &str {
        &self.wishlist_id
    }
}

#[test]
fn a_document_of_ones_own_holds_what_it_was_given() {
    let deleted = Contract::of::<ProductDeleted>();
    let foreign = json!({ "messageType": "OrderShipped", "messageVersion": "1.0" });
    let document = Document::new("Wishlists", "0.3.0")
        .with_info("description", json!("What wishlists say and listen to."))
        .sends(Contract::of::<WishlistShared>())
        .receives(deleted)
        .with_example(full(deleted.event()))
        .with_example(foreign)
        .to_json();
    assert_eq!(document["info"]["title"], "Wishlists");
    let operations = document["operations"].as_object().unwrap();
    let names: Vec<_> = operations.keys().collect();
    assert_eq!(names, ["receiveProductDeletedV1", "sendWishlistSharedV1"]);
    let schemas = &document["components"]["schemas"];
    assert_eq!(
        schemas["WishlistSharedV1"]["properties"]["wishlistId"]["type"],
        "string"
    );
    let message = &document["components"]["messages"]["ProductDeletedV1"];
    assert_eq!(message["examples"].as_array().unwrap().len(), 1);
}
