//! The page for people: one file, no network, readable without JavaScript.

mod contents;
mod event;
mod fields;
mod html;
mod intro;
mod shapes;

use crate::fixtures::Fixtures;
use event_contracts::asyncapi::producer;
use event_contracts::catalogue::EventType;
use event_contracts::schema::{self, Contract};
use shapes::Shapes;

const STYLE: &str = include_str!("style.css");
const FILTER: &str = include_str!("filter.js");

pub(crate) fn page(fixtures: &Fixtures) -> String {
    let groups = groups();
    let mut shapes = Shapes::default();
    let events: String = groups
        .iter()
        .map(|group| event::group(group, &mut shapes, fixtures))
        .collect();
    let (header, contents) = (intro::header(), contents::contents(&groups));
    let intro = intro::intro(&groups, &mut shapes);
    let shapes = shapes.into_html();
    format!(
        r##"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Product Service events</title>
<style>
{STYLE}</style>
</head>
<body>
<a class="skip" href="#events">Skip to the events</a>
{header}{contents}<main>
{intro}<div id="events">
{events}</div>
{shapes}</main>
<script>
{FILTER}</script>
</body>
</html>
"##
    )
}

/// Events of one producer about one kind of thing.
struct Group {
    producer: String,
    aggregate: &'static str,
    contracts: Vec<&'static Contract>,
}

impl Group {
    fn is_of(&self, event: &EventType) -> bool {
        self.producer == producer(event) && self.aggregate == event.aggregate
    }
}

/// In the order of the catalogue; producers stand together, and so do aggregates.
fn groups() -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for contract in schema::ALL {
        let event = contract.event();
        match groups.iter_mut().find(|group| group.is_of(event)) {
            Some(group) => group.contracts.push(contract),
            None => groups.push(Group {
                producer: producer(event),
                aggregate: event.aggregate,
                contracts: vec![contract],
            }),
        }
    }
    groups
}

/// The name of an event's place in the page.
fn anchor(event: &EventType) -> String {
    format!("{}-v{}", event.name, event.version.major)
}
