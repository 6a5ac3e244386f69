use super::fields::{fields, table};
use super::html::{self, code, escape, list, paragraphs, title};
use super::shapes::Shapes;
use super::{Group, anchor};
use crate::fixtures::Fixtures;
use crate::schemas;
use event_contracts::asyncapi::{consumers, producer};
use event_contracts::catalogue::EventType;
use event_contracts::schema::{self, Contract};
use serde_json::Value;

pub(super) fn group(group: &Group, shapes: &mut Shapes, fixtures: &Fixtures) -> String {
    let events: String = group
        .contracts
        .iter()
        .map(|contract| event(contract, shapes, fixtures))
        .collect();
    let id = format!("{}-{}", group.producer, group.aggregate);
    format!(
        "<section class=\"group\" aria-labelledby=\"{id}\">\n<h2 id=\"{id}\"><small>{}</small> {}</h2>\n{events}</section>\n",
        escape(&title(&group.producer)),
        escape(&title(group.aggregate)),
    )
}

fn event(contract: &Contract, shapes: &mut Shapes, fixtures: &Fixtures) -> String {
    let event = contract.event();
    let (written, read) = (contract.written(), contract.read());
    let rows = fields(&written, &read, shapes);
    let about = written["description"].as_str().unwrap_or_default();
    let name = escape(event.name);
    format!(
        "<article id=\"{anchor}\" data-words=\"{words}\">\n\
         <h3><a href=\"#{anchor}\">{title}</a> <span class=\"version\">{version}</span></h3>\n\
         {about}{facts}\
         <h4>Payload</h4>\n{table}\
         {example}</article>\n",
        anchor = anchor(event),
        title = html::name(event.name),
        words = escape(&words(event, &written)),
        version = event.version,
        about = paragraphs(about),
        facts = facts(event),
        table = table(&rows, &format!("Fields of {name}")),
        example = example(fixtures.text(event)),
    )
}

/// What the filter looks at.
fn words(event: &EventType, written: &Value) -> String {
    let mut words = vec![event.name, event.routing_key, event.exchange, event.aggregate];
    words.extend(event.aliases);
    words.extend(consumers(event));
    let fields = written["properties"].as_object().into_iter().flatten();
    words.extend(fields.map(|(field, _)| field.as_str()));
    words.join(" ").to_lowercase()
}

fn facts(event: &EventType) -> String {
    let consumers = consumers(event);
    let mut facts = vec![
        ("Published by", escape(&title(&producer(event)))),
        (
            "Consumed by",
            match consumers.as_slice() {
                [] => "nobody that is documented".to_owned(),
                services => list(services.iter().map(|service| escape(&title(service)))),
            },
        ),
        ("Routing key", code(event.routing_key)),
        (
            "Exchange, topic",
            if event.exchange == event.topic {
                code(event.exchange)
            } else {
                list([code(event.exchange), code(event.topic)])
            },
        ),
        ("Order is kept by", code(event.key)),
        ("Versions", versions(event)),
        ("JSON Schema", links(event)),
    ];
    if !event.aliases.is_empty() {
        facts.push((
            "Also read as",
            list(event.aliases.iter().map(|alias| code(alias))),
        ));
    }
    let facts: String = facts
        .iter()
        .map(|(term, what)| format!("<div><dt>{term}</dt><dd>{what}</dd></div>\n"))
        .collect();
    format!("<dl class=\"facts\">\n{facts}</dl>\n")
}

/// What is written, what is read, and which other majors there are.
fn versions(event: &EventType) -> String {
    let major = event.version.major;
    let mut versions = format!("{} is written; every {major}.x is read", event.version);
    if event.oldest_major < major {
        let older: Vec<String> = (event.oldest_major..major)
            .map(|older| format!("{older}.x"))
            .collect();
        versions += &format!(", and {} by upcasting", older.join(" and "));
    }
    let newer = schema::ALL
        .iter()
        .map(Contract::event)
        .find(|other| other.name == event.name && other.version.major > major);
    if let Some(newer) = newer {
        versions += &format!(
            "; <a href=\"#{}\">{}</a> follows it",
            anchor(newer),
            newer.version
        );
    }
    versions
}

fn links(event: &EventType) -> String {
    let link = |side: &str| {
        let path = schemas::path(event.name, event.version, side);
        format!("<a href=\"../{path}\">as {side}</a>")
    };
    list(["written", "read"].map(link))
}

fn example(message: &str) -> String {
    format!(
        "<details class=\"example\">\n<summary>Example message</summary>\n\
         <pre tabindex=\"0\"><code>{}</code></pre>\n</details>\n",
        escape(message)
    )
}
