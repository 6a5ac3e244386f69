//! What a team needs to know before it looks at a single event.

use super::Group;
use super::fields::{fields, table};
use super::html::{code, escape, list, title};
use super::shapes::Shapes;
use crate::schemas;
use event_contracts::schema;
use std::collections::BTreeSet;

pub(super) fn header() -> String {
    let types: BTreeSet<_> = schema::ALL.iter().map(|contract| contract.event().name).collect();
    format!(
        "<header id=\"top\">\n<h1>Product Service events</h1>\n\
         <p class=\"lead\">What the Product Service says when something happens, and what it and its neighbours listen \
         to: {} events, each with its meaning, its fields and a message to look at.</p>\n\
         <p>Machines read the same from <a href=\"product-events.asyncapi.json\">the AsyncAPI document</a> and from the \
         JSON Schemas that each event links to. All three are written from the Rust types of the crate {}, \
         so they cannot disagree.</p>\n</header>\n",
        types.len(),
        code("event-contracts"),
    )
}

pub(super) fn intro(groups: &[Group], shapes: &mut Shapes) -> String {
    let rows = fields(&schema::written_envelope(), &schema::read_envelope(), shapes);
    let schema = |side: &str| {
        let path = schemas::path("StandardMessage", schema::ENVELOPE_VERSION, side);
        format!("<a href=\"../{path}\">as {side}</a>")
    };
    format!(
        "<section aria-labelledby=\"rules\">\n<h2 id=\"rules\">Five rules</h2>\n<ol class=\"rules\">\n\
         <li><b>One envelope.</b> Every message is JSON in UTF-8: the envelope below, and the event as its {}. The body \
         is the same on RabbitMQ and on Kafka.</li>\n\
         <li><b>At least once.</b> A message may come twice: remember {}, and do nothing the second time.</li>\n\
         <li><b>Order by key.</b> Messages with the same {} reach you in the order in which they were written; {} counts \
         them, so that you can drop what is stale and notice what is missing.</li>\n\
         <li><b>Read forgivingly.</b> Ignore fields that you do not know, keep words that you do not know, pass over \
         types that you do not know. Ids are opaque text.</li>\n\
         <li><b>Versions.</b> Within a major version every reader reads what every writer writes, so upgrade in any \
         order. A new major version has a routing key of its own, and the one before it is still published for a \
         time.</li>\n</ol>\n</section>\n\
         <section aria-labelledby=\"subscribe\">\n<h2 id=\"subscribe\">Subscribe</h2>\n\
         <p>On RabbitMQ bind your durable queue to a topic exchange, by a routing key or by a pattern such as {}; on \
         Kafka read the topic of the same name.</p>\n<dl class=\"facts\">\n{}</dl>\n</section>\n\
         <section aria-labelledby=\"envelope\">\n<h2 id=\"envelope\">The envelope</h2>\n\
         <p>{} in version {}. Schemas: {}.</p>\n{}</section>\n",
        code("payload"),
        code("messageId"),
        code("partitionKey"),
        code("sequence"),
        code("product.price.#"),
        exchanges(groups),
        code("StandardMessage"),
        schema::ENVELOPE_VERSION,
        list(["written", "read"].map(schema)),
        table(&rows, "Fields of the envelope"),
    )
}

fn exchanges(groups: &[Group]) -> String {
    let mut seen = BTreeSet::new();
    let exchanges = groups.iter().flat_map(|group| {
        let events = group.contracts.iter();
        events.map(move |contract| (contract.event().exchange, &group.producer))
    });
    exchanges
        .filter(|(exchange, _)| seen.insert(*exchange))
        .map(|(exchange, producer)| {
            format!(
                "<div><dt>{}</dt><dd>{}</dd></div>\n",
                code(exchange),
                escape(&title(producer))
            )
        })
        .collect()
}
