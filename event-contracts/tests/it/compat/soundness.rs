//! The law: what is found compatible is read. Random schemas and values, judged by the crate `jsonschema`.

use event_contracts::compat::compare;
use jsonschema::Validator;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Map, Value, json};

const NAMES: [&str; 3] = ["a", "b", "c"];

/// Values of all types, small and near to the limits that the schemas have.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-3..7_i64).prop_map(Value::from),
        prop::sample::select(vec![0.5, 1.0, 2.5, -1.5, 1e30]).prop_map(Value::from),
        prop::sample::select(vec![
            "",
            "x",
            "y",
            "xx",
            "xyz",
            "2026-03-03",
            "2026-03-03T08:00:00Z"
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(prop::sample::select(NAMES.to_vec()), inner, 0..4)
                .prop_map(|map| map.into_iter().collect::<Value>()),
        ]
    })
}

/// Regular expressions that both we and the crate `jsonschema` know.
fn pattern() -> impl Strategy<Value = String> {
    let atoms = vec![
        "x", "y", "z", "[xy]", "[^x]", "\\d", "\\D", "\\w", ".", "[0-4]", "[^\\dz]", "\\n",
    ];
    let body = prop::sample::select(atoms)
        .prop_map(str::to_owned)
        .prop_recursive(3, 12, 3, |inner| {
            let times = prop::sample::select(vec!["", "*", "+", "?", "{2}", "{1,}", "{0,2}", "*?"]);
            prop_oneof![
                (inner.clone(), times).prop_map(|(one, times)| format!("(?:{one}){times}")),
                prop::collection::vec(inner.clone(), 1..4).prop_map(|all| all.concat()),
                prop::collection::vec(inner, 1..3).prop_map(|all| format!("({})", all.join("|"))),
            ]
        });
    let ends = prop::sample::select(vec![("^", "$"), ("^", ""), ("", "$"), ("", "")]);
    let one = (body, ends).prop_map(|(body, (start, end))| format!("{start}{body}{end}"));
    prop::collection::vec(one, 1..3).prop_map(|all| all.join("|"))
}

/// Some of the entries, in one object.
fn some(entries: Vec<(&'static str, BoxedStrategy<Value>)>) -> BoxedStrategy<Value> {
    let entries: Vec<_> = entries
        .into_iter()
        .map(|(keyword, value)| prop::option::weighted(0.35, value.prop_map(move |value| (keyword, value))))
        .collect();
    let object = |entries: Vec<Option<(&str, Value)>>| entries.into_iter().flatten().collect::<Value>();
    entries.prop_map(object).boxed()
}

fn with_type(name: &'static str, schema: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    schema
        .prop_map(move |mut schema| {
            schema["type"] = name.into();
            schema
        })
        .boxed()
}

fn number(range: std::ops::Range<i64>) -> BoxedStrategy<Value> {
    prop_oneof![4 => range.prop_map(Value::from), 1 => Just(json!(0.5))].boxed()
}

fn scalar() -> BoxedStrategy<Value> {
    let numeric = || {
        some(vec![
            ("minimum", number(-2..4)),
            ("maximum", number(0..6)),
            ("exclusiveMinimum", number(-2..4)),
            ("exclusiveMaximum", number(0..6)),
            ("multipleOf", (1..4_i64).prop_map(Value::from).boxed()),
        ])
    };
    let text = some(vec![
        ("minLength", (0..3_i64).prop_map(Value::from).boxed()),
        ("maxLength", (0..3_i64).prop_map(Value::from).boxed()),
        (
            "pattern",
            prop::sample::select(vec![
                "^x",
                "y$",
                "^[xy]{1,2}$",
                "x+|^.?$",
                "^(?:x|y)*z?$",
                "[^x]",
                "^$",
            ])
            .prop_map(Value::from)
            .boxed(),
        ),
        (
            "format",
            prop::sample::select(vec!["date", "date-time"])
                .prop_map(Value::from)
                .boxed(),
        ),
    ]);
    let types = prop::sample::subsequence(vec!["null", "boolean", "integer", "number", "string"], 1..4);
    prop_oneof![
        with_type("integer", numeric()),
        with_type("number", numeric()),
        with_type("string", text),
        types.prop_map(|types| json!({ "type": types })),
        prop::collection::vec(value(), 1..3).prop_map(|values| json!({ "enum": values })),
        value().prop_map(|value| json!({ "const": value })),
        any::<bool>().prop_map(Value::from),
        Just(json!({})),
        Just(json!({ "$ref": "#/$defs/Recursive" })),
        Just(json!({ "$ref": "#/$defs/Plain" })),
    ]
    .boxed()
}

fn schema() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(3, 24, 4, |inner| {
        let inner = inner.boxed();
        let count = || (0..4_i64).prop_map(Value::from).boxed();
        let list = |least: usize| {
            prop::collection::vec(inner.clone(), least..3)
                .prop_map(Value::from)
                .boxed()
        };
        let names = prop::sample::subsequence(NAMES.to_vec(), 0..3)
            .prop_map(Value::from)
            .boxed();
        let properties =
            prop::collection::btree_map(prop::sample::select(NAMES.to_vec()), inner.clone(), 0..4)
                .prop_map(|map| map.into_iter().collect::<Value>())
                .boxed();
        let object = some(vec![
            ("properties", properties.clone()),
            ("properties", properties),
            ("required", names),
            (
                "additionalProperties",
                prop_oneof![Just(json!(false)), inner.clone()].boxed(),
            ),
            ("minProperties", count()),
            ("maxProperties", count()),
            (
                "patternProperties",
                inner
                    .clone()
                    .prop_map(|schema| json!({ "^[ab]$": schema }))
                    .boxed(),
            ),
            (
                "propertyNames",
                prop::sample::select(vec!["a", "b"])
                    .prop_map(|name| json!({ "pattern": name }))
                    .boxed(),
            ),
        ]);
        let array = some(vec![
            ("items", inner.clone()),
            ("prefixItems", list(1)),
            ("minItems", count()),
            ("maxItems", count()),
            ("uniqueItems", any::<bool>().prop_map(Value::from).boxed()),
            ("contains", inner.clone()),
        ]);
        let combined = some(vec![
            ("anyOf", list(1)),
            ("oneOf", list(1)),
            ("allOf", list(1)),
            ("not", inner.clone()),
            (
                "$ref",
                prop::sample::select(vec!["#/$defs/Recursive", "#/$defs/Plain"])
                    .prop_map(Value::from)
                    .boxed(),
            ),
        ]);
        let tagged = prop::collection::vec((prop::sample::select(vec!["x", "y"]), inner.clone()), 1..3)
            .prop_map(|kinds| {
                let kind = |(tag, schema): (&str, Value)| json!({
                    "type": "object", "properties": { "a": { "const": tag }, "b": schema }, "required": ["a"]
                });
                json!({ "oneOf": kinds.into_iter().map(kind).collect::<Vec<_>>() })
            });
        prop_oneof![
            3 => with_type("object", object),
            2 => with_type("array", array),
            2 => combined,
            1 => tagged,
            1 => list(1).prop_map(|list| json!({ "anyOf": list })),
        ]
    })
}

fn document() -> impl Strategy<Value = Value> {
    (schema(), schema()).prop_map(|(root, plain)| {
        // References stand below the root only, and `Recursive` goes through a property, so that no schema refers to
        // itself without end.
        let mut root = json!({ "allOf": [root] });
        root["$defs"] = json!({
            "Recursive": {
                "type": "object",
                "properties": { "a": { "$ref": "#/$defs/Recursive" }, "b": { "type": ["string", "null"] } }
            },
            "Plain": without_references(plain),
        });
        root
    })
}

fn without_references(schema: Value) -> Value {
    match schema {
        Value::Object(map) => {
            let entries = map.into_iter().filter(|(key, _)| key != "$ref");
            entries
                .map(|(key, value)| (key, without_references(value)))
                .collect()
        }
        Value::Array(list) => list.into_iter().map(without_references).collect(),
        other => other,
    }
}

/// A value that `schema` may well accept, by as many choices as there are; the rest is the first of each.
fn sample(root: &Value, schema: &Value, choices: &mut std::vec::IntoIter<u8>, depth: usize) -> Value {
    let mut choose = |count: usize| usize::from(choices.next().unwrap_or(0)) % count.max(1);
    let Value::Object(map) = schema else {
        return [Value::Null, json!(1), json!("x"), json!({})][choose(4)].clone();
    };
    if let Some(place) = map.get("$ref").and_then(Value::as_str).filter(|_| depth > 0) {
        return sample(root, root.pointer(&place[1..]).unwrap(), choices, depth - 1);
    }
    let branches = ["allOf", "anyOf", "oneOf", "enum"]
        .iter()
        .find_map(|keyword| map.get(*keyword)?.as_array());
    if let (Some(branches), true) = (branches, depth > 0) {
        let branch = &branches[choose(branches.len())];
        return if map.contains_key("enum") {
            branch.clone()
        } else {
            sample(root, branch, choices, depth - 1)
        };
    }
    if let Some(value) = map.get("const") {
        return value.clone();
    }
    let types: Vec<&str> = match map.get("type") {
        Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).collect(),
        Some(one) => one.as_str().into_iter().collect(),
        None => vec!["null", "integer", "string", "object", "array"],
    };
    match types[choose(types.len())] {
        "boolean" => (choose(2) == 0).into(),
        "integer" => (i64::try_from(choose(10)).unwrap() - 3).into(),
        "number" => [0.5, 1.0, 2.5, 3.0, -1.5, 4.0][choose(6)].into(),
        "string" => [
            "",
            "x",
            "y",
            "xx",
            "xy",
            "xyz",
            "2026-03-03",
            "2026-03-03T08:00:00Z",
        ][choose(8)]
        .into(),
        "array" => {
            let count = choose(4);
            let element = |index: usize| {
                map.get("prefixItems")
                    .and_then(|prefix| prefix.get(index))
                    .or(map.get("items"))
            };
            (0..if depth == 0 { 0 } else { count })
                .map(|index| {
                    sample(
                        root,
                        element(index).unwrap_or(&Value::Bool(true)),
                        choices,
                        depth - 1,
                    )
                })
                .collect()
        }
        "object" if depth > 0 => {
            let properties = map
                .get("properties")
                .and_then(Value::as_object)
                .cloned()
                .unwrap_or_default();
            let mut object = Map::new();
            for name in NAMES {
                let is_required = map
                    .get("required")
                    .is_some_and(|names| names.as_array().unwrap().contains(&name.into()));
                let schema = properties
                    .get(name)
                    .or(map.get("additionalProperties"))
                    .unwrap_or(&Value::Bool(true));
                let is_left = !choices.next().unwrap_or(0).is_multiple_of(3);
                if is_required || is_left && schema != &Value::Bool(false) {
                    object.insert(name.to_owned(), sample(root, schema, choices, depth - 1));
                }
            }
            object.into()
        }
        "object" => json!({}),
        _ => Value::Null,
    }
}

/// A schema, and another that differs from it by a few steps; or one that has nothing to do with it.
fn pair() -> impl Strategy<Value = (Value, Value)> {
    let near =
        (document(), any::<prop::sample::Index>(), schema(), 0..6_u8).prop_map(|(one, place, new, how)| {
            let mut other = one.clone();
            let mut places = pointers(&one, String::new());
            places.retain(|place| place.starts_with("/allOf") || place.starts_with("/$defs/Plain"));
            let place = place.get(&places).clone();
            let there = other.pointer_mut(&place).unwrap();
            match (how, there) {
                (0, Value::Object(map)) => {
                    let key = map.keys().next().cloned();
                    key.map(|key| map.remove(&key));
                }
                (1, Value::Object(map)) => {
                    let key = map.keys().next_back().cloned();
                    key.map(|key| map.remove(&key));
                }
                (2, Value::Array(list)) if list.len() > 1 => {
                    list.pop();
                }
                (3, Value::Number(number)) => *number = (number.as_i64().unwrap_or(0) + 1).into(),
                (4, there) if there.is_object() => *there = json!({ "anyOf": [there.clone(), new] }),
                (_, there) if is_schema(&place) => *there = new,
                _ => {}
            }
            (one, other)
        });
    prop_oneof![4 => near, 1 => (document(), document())]
}

fn is_schema(place: &str) -> bool {
    let mut steps = place.rsplit('/');
    let last = steps.next().unwrap_or_default();
    matches!(last, "items" | "contains" | "not" | "additionalProperties")
        || steps.next() == Some("properties")
        || last.parse::<usize>().is_ok() && !place.contains("enum") && !place.contains("const")
}

fn pointers(value: &Value, at: String) -> Vec<String> {
    let below: Vec<(String, &Value)> = match value {
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| (key.replace('~', "~0").replace('/', "~1"), value))
            .collect(),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .map(|(index, value)| (index.to_string(), value))
            .collect(),
        _ => Vec::new(),
    };
    let mut all: Vec<String> = below
        .into_iter()
        .flat_map(|(step, value)| pointers(value, format!("{at}/{step}")))
        .collect();
    all.push(at);
    all
}

/// The same schema, in which an open object rules out what it does not tell: the reading of openness by which an
/// optional property may be added.
fn without_untold_properties(schema: &Value, is_place: bool) -> Value {
    let Value::Object(map) = schema else {
        return schema.clone();
    };
    let mut told = Map::new();
    for (keyword, value) in map {
        let of_all = |is_place| match value {
            Value::Object(map) => map
                .iter()
                .map(|(key, value)| (key.clone(), without_untold_properties(value, is_place)))
                .collect(),
            Value::Array(list) => list
                .iter()
                .map(|value| without_untold_properties(value, is_place))
                .collect(),
            other => other.clone(),
        };
        let value = match keyword.as_str() {
            "properties" | "patternProperties" | "prefixItems" => of_all(true),
            // What is said elsewhere about the same value counts there too, and `false` in each would rule it out.
            "allOf" => of_all(false),
            "anyOf" | "oneOf" => of_all(true),
            "$defs" => of_all(true),
            "additionalProperties" if *value == json!({}) || *value == json!(true) => continue,
            "items" | "additionalProperties" => without_untold_properties(value, true),
            _ => value.clone(),
        };
        told.insert(keyword.clone(), value);
    }
    if is_place {
        told.entry("unevaluatedProperties").or_insert(json!(false));
    }
    Value::Object(told)
}

fn validator(schema: &Value) -> Option<Validator> {
    jsonschema::options()
        .should_validate_formats(true)
        .build(schema)
        .ok()
}

/// A few thousand cases, or as many as `PROPTEST_CASES` asks for.
fn config() -> ProptestConfig {
    let asked = ProptestConfig::default();
    ProptestConfig {
        cases: asked.cases.max(2_000),
        max_global_rejects: u32::MAX,
        rng_seed: RngSeed::Fixed(asked.cases.into()),
        failure_persistence: None,
        ..asked
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_found_compatible_is_read((writer, reader) in pair(), choices in prop::collection::vec(prop::collection::vec(any::<u8>(), 24), 24)) {
        if compare(&writer, &reader).is_empty() && writer != reader {
            let (Some(writes), Some(reads)) = (validator(&without_untold_properties(&writer, true)), validator(&reader)) else {
                return Ok(());
            };
            for choices in choices {
                let value = sample(&writer, &writer, &mut choices.into_iter(), 6);
                prop_assert!(
                    !writes.is_valid(&value) || reads.is_valid(&value),
                    "the writer {writer} writes {value}, and the reader {reader} refuses it"
                );
            }
        }
    }

    #[test]
    fn a_pattern_that_is_found_wider_matches_all_that_the_other_does(
        writer in pattern(), reader in pattern(), texts in prop::collection::vec("[xyz0-9\\n]{0,5}", 16)
    ) {
        let of = |pattern: &str| json!({ "type": "string", "pattern": pattern });
        let (writer, reader) = (of(&writer), of(&reader));
        let is_wider = compare(&writer, &reader).is_empty();
        let (writes, reads) = (validator(&writer).unwrap(), validator(&reader).unwrap());
        for text in texts {
            let text = Value::from(text);
            prop_assert!(!is_wider || !writes.is_valid(&text) || reads.is_valid(&text), "{writer} {reader} {text}");
            // One text is among what is read, by our own reading of the pattern and by another.
            let is_read = compare(&json!({ "const": text }), &reader).is_empty();
            prop_assert_eq!(is_read, reads.is_valid(&text), "{} {}", reader, text);
        }
    }

    #[test]
    fn a_schema_is_compatible_with_itself(schema in document()) {
        // Where alternatives or patterns of names overlap, what fits at once is not followed.
        let text = schema.to_string();
        prop_assume!(!text.contains("oneOf") && !text.contains("patternProperties"));
        // As another document, so that rules decide, and not that both are the same.
        let mut again = schema.clone();
        again["title"] = "Again".into();
        let found = compare(&schema, &again);
        prop_assert!(found.iter().all(|one| one.is_undecided()), "{found:#?}");
    }

    #[test]
    fn any_json_is_taken_for_a_schema(writer in value(), reader in value(), (one, other) in pair()) {
        for (writer, reader) in [(&writer, &reader), (&writer, &other), (&one, &reader)] {
            for found in compare(writer, reader) {
                prop_assert!(found.path.is_empty() || found.path.starts_with('/'));
            }
        }
    }
}
