//! The rules of ours, each tried on documents that break it: a rule that finds nothing proves nothing.

use super::tools::Tools;
use openapi_codegen::Document;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const RULES: &str = ".spectral.yaml";
const SOUND: &str = "openapi/lint/sound.yaml";
const DEFECTS: &str = "openapi/lint/defects.yaml";

/// The rules without those of Spectral, which are not ours to try, and take twice as long as ours.
const OURS: &str = "openapi/lint/ours.yaml";

/// Where the broken documents are written, to be looked at.
const FOLDER: &str = ".tools/defects";

pub(super) fn try_all(tools: &Tools) -> Result<String, String> {
    let (sound, defects) = (mapping(SOUND)?, mapping(DEFECTS)?);
    let planted = plant(&Value::Object(sound), &defects).map_err(|cause| format!("{FOLDER}: {cause}"))?;
    let rules = own_rules()?;
    let tried: BTreeSet<&String> = planted.values().collect();
    if let Some(rule) = rules.iter().find(|rule| !tried.contains(rule)) {
        return Err(format!(
            "the rule `{rule}` is never broken in {DEFECTS}: show what it finds"
        ));
    }

    let found = findings(tools)?;
    let none = BTreeSet::new();
    let mut wrong = String::new();
    for (file, rule) in &planted {
        let found = found.get(file).unwrap_or(&none);
        if found.len() != 1 || !found.contains(rule) {
            wrong.push_str(&format!(
                "\n{FOLDER}/{file}: {rule} should find it, and found it was by {found:?}"
            ));
        }
    }
    if wrong.is_empty() {
        Ok(format!("{} found, by {} rules", planted.len(), rules.len()))
    } else {
        Err(wrong)
    }
}

/// The rules that are written out in the file; one that is only switched on or off is not ours.
fn own_rules() -> Result<Vec<String>, String> {
    let rules = mapping(RULES)?;
    let rules = rules.get("rules").and_then(Value::as_object);
    let rules = rules.ok_or_else(|| format!("{RULES} has no rules"))?;
    let ours = rules.iter().filter(|(_, rule)| rule.is_object());
    Ok(ours.map(|(name, _)| name.clone()).collect())
}

/// Writes every broken document, and tells by its file which rule should find it.
fn plant(sound: &Value, defects: &Map<String, Value>) -> std::io::Result<BTreeMap<String, String>> {
    // What an earlier run left may be there or not.
    let _ = fs::remove_dir_all(FOLDER);
    fs::create_dir_all(FOLDER)?;
    let mut planted = BTreeMap::new();
    for (rule, patches) in defects {
        for (at, patch) in patches.as_array().into_iter().flatten().enumerate() {
            let file = format!("{rule}.{}.json", at + 1);
            let broken = patched(sound.clone(), patch);
            fs::write(Path::new(FOLDER).join(&file), format!("{broken:#}"))?;
            planted.insert(file, rule.clone());
        }
    }
    Ok(planted)
}

/// Which rules found something in which file.
fn findings(tools: &Tools) -> Result<BTreeMap<String, BTreeSet<String>>, String> {
    let everything = format!("{FOLDER}/*.json");
    let output = tools
        .spectral(&["lint", "--quiet", "--format=json", "--ruleset", OURS, &everything])
        .output()
        .map_err(|cause| format!("could not be run: {cause}"))?;
    let all: Vec<Value> = serde_json::from_slice(&output.stdout)
        .map_err(|_| String::from_utf8_lossy(&output.stderr).trim().to_owned())?;
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for one in &all {
        let text = |key: &str| one[key].as_str().unwrap_or_default();
        let file = Path::new(text("source")).file_name().unwrap_or_default();
        let rules = found.entry(file.to_string_lossy().into_owned()).or_default();
        rules.insert(text("code").to_owned());
    }
    Ok(found)
}

/// A JSON merge patch, RFC 7396.
fn patched(target: Value, patch: &Value) -> Value {
    let Value::Object(patch) = patch else {
        return patch.clone();
    };
    let mut whole = match target {
        Value::Object(whole) => whole,
        _ => Map::new(),
    };
    for (key, change) in patch {
        let old = whole.remove(key).unwrap_or(Value::Null);
        if !change.is_null() {
            whole.insert(key.clone(), patched(old, change));
        }
    }
    Value::Object(whole)
}

fn mapping(file: &str) -> Result<Map<String, Value>, String> {
    match Document::load(file).map_err(|error| error.to_string())?.to_json() {
        Value::Object(mapping) => Ok(mapping),
        _ => Err(format!("{file} is no mapping")),
    }
}
