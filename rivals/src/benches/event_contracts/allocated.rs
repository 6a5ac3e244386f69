use super::{PLAIN, messages, owned, route, view};
use crate::harness::{Bar, Effort, Row, allocations};

/// How often reading a message allocates.
pub(super) fn decode(_: Effort) -> Vec<Row> {
    let body = messages::canonical_1k4;
    let plain = allocations(owned::rivals(body()));
    vec![
        Row::allocations(
            "decode_owned_allocs",
            allocations(owned::ours(body())),
            PLAIN,
            plain,
        )
        .with_bar(Bar::Ratio(1.1)),
        Row::allocations(
            "decode_view_allocs",
            allocations(view::ours(body())),
            PLAIN,
            plain,
        )
        .with_bar(Bar::Figure(2.0 + messages::lists(&body()) as f64)),
        Row::allocations(
            "route_only_allocs",
            allocations(route::ours(body())),
            PLAIN,
            plain,
        )
        .with_bar(Bar::Figure(2.0)),
    ]
}
