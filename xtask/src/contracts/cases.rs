//! `cargo xtask contracts cases`: the table by which events are compared, beside what Redocly says.

use super::opinion::redocly;
use super::revision::Copy;
use crate::generate::enter_workspace;
use crate::lint::install;
use crate::step::{Outcome, print};
use clap::Args;
use serde_json::{Map, Value, json};
use std::fs;

/// Ask Redocly about every case of the table, and fail where it differs and the table does not say why.
///
/// A schema in a request tells whether the new reader takes what was written; one in an answer, whether the old reader
/// takes what is written anew.
#[derive(Args)]
pub(super) struct Cases;

const TABLE: &str = "event-contracts/tests/it/compat/cases.json";

impl Cases {
    pub(super) fn run(&self) -> Outcome {
        enter_workspace()?;
        install()?;
        let text = fs::read_to_string(TABLE).map_err(|cause| format!("can't read {TABLE}: {cause}"))?;
        let cases: Vec<Value> =
            serde_json::from_str(&text).map_err(|cause| format!("{TABLE} is not JSON: {cause}"))?;
        let older = Copy::of("cases-old", &document(&cases, "old").to_string())?;
        let newer = Copy::of("cases-new", &document(&cases, "new").to_string())?;
        let objections = redocly::ask(older.path(), newer.path())?.ok_or("redocly is not here")?;
        let is_objected = |number: usize, method: &str| {
            let operation = format!("{} {}", method.to_uppercase(), path(number));
            let component = format!("/components/schemas/{}", component(number, method, ""));
            objections.iter().any(|one| {
                one.operation == operation || one.pointers.iter().any(|place| place.starts_with(&component))
            })
        };
        let verdicts = cases.iter().enumerate().flat_map(|(number, case)| {
            [("backward", "post"), ("forward", "get")].map(|(direction, method)| Verdict {
                case,
                direction,
                ours: case[direction].as_array().is_some_and(|found| !found.is_empty()),
                theirs: is_objected(number, method),
            })
        });
        tell(&cases, &verdicts.collect::<Vec<_>>())
    }
}

struct Verdict<'c> {
    case: &'c Value,
    direction: &'static str,
    ours: bool,
    theirs: bool,
}

fn tell(cases: &[Value], verdicts: &[Verdict<'_>]) -> Outcome {
    for direction in ["backward", "forward"] {
        let those = verdicts.iter().filter(|one| one.direction == direction);
        let agreed = those.filter(|one| one.ours == one.theirs).count();
        print(&format!(
            "{direction}: Redocly agrees in {agreed} of {} cases",
            cases.len()
        ))?;
    }
    let mut unexplained = 0;
    for verdict in verdicts.iter().filter(|one| one.ours != one.theirs) {
        let (name, why) = (&verdict.case["name"], &verdict.case["redocly"]);
        let only = if verdict.ours {
            "only we object"
        } else {
            "only Redocly objects"
        };
        let why = why.as_str().unwrap_or_else(|| {
            unexplained += 1;
            "NOT EXPLAINED"
        });
        print(&format!("  {name}, {}: {only}: {why}", verdict.direction))?;
    }
    let is_settled = |case: &&Value| {
        !verdicts
            .iter()
            .any(|one| std::ptr::eq(one.case, *case) && one.ours != one.theirs)
    };
    let explained = cases.iter().filter(|case| case.get("redocly").is_some());
    let settled: Vec<String> = explained
        .filter(is_settled)
        .map(|case| case["name"].to_string())
        .collect();
    match (unexplained, settled.as_slice()) {
        (0, []) => Ok(()),
        (0, settled) => Err(format!(
            "{TABLE} explains where Redocly agrees: {}",
            settled.join(", ")
        )),
        (more, _) => Err(format!(
            "say in {TABLE} why Redocly differs, as `redocly`, in {more} places"
        )),
    }
}

/// All cases as one API, each with its schema in both positions.
fn document(cases: &[Value], side: &str) -> Value {
    let mut paths = Map::new();
    let mut schemas = Map::new();
    for (number, case) in cases.iter().enumerate() {
        let mut content = |method: &str| {
            let mut schema = case[side].clone();
            let definitions = schema.as_object_mut().and_then(|schema| schema.remove("$defs"));
            redirect(&mut schema, number, method);
            if let Some(Value::Object(definitions)) = definitions {
                for (name, mut definition) in definitions {
                    redirect(&mut definition, number, method);
                    schemas.insert(component(number, method, &name), definition);
                }
            }
            json!({ "application/json": { "schema": schema } })
        };
        let (request, response) = (content("post"), content("get"));
        paths.insert(
            path(number),
            json!({
                "post": {
                    "operationId": format!("write{number}"),
                    "requestBody": { "required": true, "content": request },
                    "responses": { "204": { "description": "Read." } },
                },
                "get": {
                    "operationId": format!("read{number}"),
                    "responses": { "200": { "description": "Written.", "content": response } },
                },
            }),
        );
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Cases", "version": "1.0.0" },
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

fn path(number: usize) -> String {
    format!("/case-{number}")
}

/// Each position has definitions of its own: Redocly judges one that both share once.
fn component(number: usize, method: &str, name: &str) -> String {
    format!("case-{number}-{method}-{name}")
}

/// References to definitions of the schema become references to components of the document.
fn redirect(schema: &mut Value, number: usize, method: &str) {
    match schema {
        Value::Object(map) => {
            for (key, value) in map {
                match value.as_str().and_then(|target| target.strip_prefix("#/$defs/")) {
                    Some(name) if key == "$ref" => {
                        *value = format!("#/components/schemas/{}", component(number, method, name)).into();
                    }
                    _ => redirect(value, number, method),
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|value| redirect(value, number, method)),
        _ => {}
    }
}
