use super::{committed, full, minimal};
use event_contracts::review::ProductReviewStatsUpdated;
use event_contracts::schema::{self, Contract};
use event_contracts::{Envelope, InventoryEvent, ProductEvent, UserEvent, catalogue};
use jsonschema::Validator;
use serde_json::{Value, json};

fn validator(schema: &Value) -> Validator {
    assert!(jsonschema::meta::is_valid(schema), "{}", schema["$id"]);
    jsonschema::options()
        .should_validate_formats(true)
        .build(schema)
        .unwrap()
}

/// Whether some reader of this crate takes the message for an event that it knows.
fn is_read(message: &Value) -> bool {
    let body = serde_json::to_vec(message).unwrap();
    matches!(ProductEvent::decode(&body), Ok(event) if !matches!(event, ProductEvent::Unknown(_)))
        || matches!(InventoryEvent::decode(&body), Ok(event) if !matches!(event, InventoryEvent::Unknown(_)))
        || matches!(UserEvent::decode(&body), Ok(event) if !matches!(event, UserEvent::Unknown(_)))
        || Envelope::<ProductReviewStatsUpdated>::decode(&body).is_ok()
}

fn names(schema: &Value, keyword: &str) -> Vec<String> {
    match &schema[keyword] {
        Value::Array(names) => names
            .iter()
            .map(|name| name.as_str().unwrap().to_owned())
            .collect(),
        Value::Object(named) => named.keys().cloned().collect(),
        _ => Vec::new(),
    }
}

fn without(message: &Value, field: &str) -> Value {
    let mut without = message.clone();
    without["payload"].as_object_mut().unwrap().remove(field);
    without
}

#[test]
fn there_is_a_contract_for_every_event() {
    let events: Vec<_> = schema::ALL.iter().map(Contract::event).collect();
    assert!(events.into_iter().eq(catalogue::ALL));
}

#[test]
fn what_is_written_is_inside_both_contracts() {
    for contract in schema::ALL {
        let message = full(contract.event());
        for schema in [contract.written(), contract.read()] {
            let found = validator(&schema)
                .validate(&message["payload"])
                .map_err(|e| e.to_string());
            assert_eq!(found, Ok(()), "{}", schema["$id"]);
        }
        for schema in [
            contract.written_message(),
            contract.read_message(),
            schema::written_envelope(),
            schema::read_envelope(),
        ] {
            let found = validator(&schema).validate(&message).map_err(|e| e.to_string());
            assert_eq!(found, Ok(()), "{}", schema["$id"]);
        }
    }
}

#[test]
fn the_least_that_is_read_is_inside_the_readers_contract() {
    for contract in schema::ALL {
        let message = minimal(contract.event());
        let found = validator(&contract.read_message())
            .validate(&message)
            .map_err(|e| e.to_string());
        assert_eq!(found, Ok(()), "{}", contract.event().name);
    }
}

#[test]
fn a_field_is_required_by_the_readers_contract_exactly_when_its_reader_needs_it() {
    for contract in schema::ALL {
        let (event, read) = (contract.event(), contract.read());
        let message = full(event);
        let required = names(&read, "required");
        for field in names(&read, "properties") {
            assert!(
                message["payload"].get(&field).is_some() || !required.contains(&field),
                "the fixture of {} lacks {field}",
                event.name
            );
            assert_eq!(
                is_read(&without(&message, &field)),
                !required.contains(&field),
                "{}: {field}",
                event.name
            );
        }
    }
}

#[test]
fn a_null_is_inside_the_readers_contract_exactly_when_its_reader_takes_it() {
    for contract in schema::ALL {
        let (event, read) = (contract.event(), contract.read());
        let validator = validator(&read);
        for field in names(&read, "properties") {
            let mut null = full(event);
            null["payload"][&field] = Value::Null;
            let is_inside = validator.is_valid(&null["payload"]);
            assert_eq!(is_read(&null), is_inside, "{}: {field}", event.name);
        }
    }
}

/// Every place of a message, as a JSON pointer.
fn places(value: &Value, at: &str) -> Vec<String> {
    let below: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .map(|(index, value)| (index.to_string(), value))
            .collect(),
        _ => Vec::new(),
    };
    let mut places: Vec<String> = below
        .iter()
        .flat_map(|(step, value)| places(value, &format!("{at}/{step}")))
        .collect();
    places.push(at.to_owned());
    places
}

#[test]
fn what_is_inside_the_readers_contract_is_read() {
    let values = [
        Value::Null,
        json!(true),
        json!(0),
        json!(-1),
        json!(7),
        json!(1.5),
        json!(4_294_967_296_u64),
        json!(i64::MAX),
        json!(""),
        json!("a"),
        json!("1"),
        json!("1.0"),
        json!("-12.50"),
        json!("EUR"),
        json!("/a/b"),
        json!("2026-03-02T09:15:00Z"),
        json!([]),
        json!([1]),
        json!(["a"]),
        json!({}),
        json!({ "a": 1 }),
    ];
    let mut wrong = std::collections::BTreeSet::new();
    for contract in schema::ALL {
        let message = full(contract.event());
        let validator = validator(&contract.read_message());
        // Another type or version is for another reader. What a benefit has to say depends on its type, which no schema
        // tells that the comparison of versions understands.
        let elsewhere = ["/messageType", "/messageVersion", "/payload/benefit"];
        let mut places = places(&message, "");
        places.retain(|place| !elsewhere.iter().any(|other| place.starts_with(other)));
        for place in places {
            for value in &values {
                let mut changed = message.clone();
                *changed.pointer_mut(&place).unwrap() = value.clone();
                if validator.is_valid(&changed) && !is_read(&changed) {
                    wrong.insert(format!("{} {place} {value}", contract.event().name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_missing_field_and_a_null_are_no_contract_of_a_writer() {
    for contract in schema::ALL {
        let written = contract.written();
        let (validator, message) = (validator(&written), full(contract.event()));
        for field in names(&written, "required") {
            assert!(
                !validator.is_valid(&without(&message, &field)["payload"]),
                "{field}"
            );
        }
        for field in names(&written, "properties") {
            let mut null = message.clone();
            null["payload"][&field] = Value::Null;
            assert!(!validator.is_valid(&null["payload"]), "{field}");
        }
    }
}

#[test]
fn planted_violations_are_refused_by_both_sides() {
    let contract = contract("ProductPriceEffective");
    for (field, value) in [
        ("productId", json!("")),
        ("baseAmount", json!("12,50")),
        ("baseAmount", json!("1e3")),
        ("currency", json!("eur")),
        ("effectiveFrom", json!("2026-02-30T00:00:00Z")),
        ("effectiveFrom", json!("tomorrow")),
        ("cause", json!(7)),
    ] {
        let mut message = full(contract.event());
        message["payload"][field] = value;
        assert!(
            !validator(&contract.written_message()).is_valid(&message),
            "{field}"
        );
        assert!(!validator(&contract.read_message()).is_valid(&message), "{field}");
        assert!(!is_read(&message), "{field}");
    }
}

#[test]
fn a_number_is_a_decimal_for_readers_alone() {
    let contract = contract("ProductPriceEffective");
    let mut message = full(contract.event());
    message["payload"]["baseAmount"] = json!(12.5);
    assert!(!validator(&contract.written()).is_valid(&message["payload"]));
    assert!(validator(&contract.read()).is_valid(&message["payload"]));
    assert!(is_read(&message));
}

#[test]
fn both_sides_are_open() {
    let contract = contract("ProductPriceEffective");
    let mut message = full(contract.event());
    message["payload"]["cause"] = json!("fullMoon");
    message["payload"]["moonPhase"] = json!({ "of": 4 });
    message["x-new"] = json!([1]);
    assert!(validator(&contract.written_message()).is_valid(&message));
    assert!(validator(&contract.read_message()).is_valid(&message));
    assert!(is_read(&message));
}

#[test]
fn the_envelope_requires_what_its_reader_needs_and_names_its_event() {
    let contract = contract("ProductDeleted");
    let (written, read) = (contract.written_message(), contract.read_message());
    let message = full(contract.event());
    for field in names(&read, "properties") {
        let mut without = message.clone();
        without.as_object_mut().unwrap().remove(&field);
        let is_required = names(&read, "required").contains(&field);
        assert_eq!(is_read(&without), !is_required, "{field}");
        assert_eq!(validator(&written).is_valid(&without), !is_required, "{field}");
    }
    for (field, other) in [
        ("messageType", "ProductCreated"),
        ("messageVersion", "2.0"),
        ("messageId", ""),
        ("timestamp", "soon"),
    ] {
        let mut changed = message.clone();
        changed[field] = json!(other);
        assert!(!validator(&written).is_valid(&changed), "{field}");
    }
}

#[test]
fn a_schema_has_an_identity_a_title_and_words_for_every_field() {
    let mut seen = std::collections::BTreeSet::new();
    for contract in schema::ALL {
        for schema in [contract.written(), contract.read()] {
            assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
            assert_eq!(schema["title"], contract.event().name);
            assert!(seen.insert(schema["$id"].to_string()), "{} twice", schema["$id"]);
            let definitions = schema["$defs"].as_object().into_iter().flatten();
            for object in definitions.map(|(_, definition)| definition).chain([&schema]) {
                assert!(object["description"].is_string(), "{} {object}", schema["$id"]);
                for (field, property) in object["properties"].as_object().into_iter().flatten() {
                    assert!(property["description"].is_string(), "{} {field}", schema["$id"]);
                }
            }
        }
    }
}

#[test]
fn the_committed_schemas_are_those_of_the_types() {
    for contract in schema::ALL {
        let event = contract.event();
        for (side, schema) in [("written", contract.written()), ("read", contract.read())] {
            let path = format!(
                "event-contracts/schemas/{}/{}.{side}.json",
                event.name, event.version
            );
            let committed: Value = serde_json::from_str(&committed(&path)).unwrap();
            // Not `assert_eq!`: two schemas side by side tell nobody anything.
            assert!(committed == schema, "{path}: run `cargo xtask contracts export`");
        }
    }
}

fn contract(name: &str) -> &'static Contract {
    schema::ALL
        .iter()
        .find(|contract| contract.event().name == name)
        .unwrap()
}
