//! Where an operation is found.

use std::collections::BTreeMap;

use super::comparer::Comparer;
use super::parameter::Inherited;
use super::place::Place;
use super::rule;
use super::twin::{Twin, twins};

impl<'d> Comparer<'d> {
    pub(super) fn servers(&mut self, inherited: &Inherited<'d>, before: &Place<'d>, after: &Place<'d>) {
        let nearest = |own: &Place<'d>, path: Option<&Place<'d>>, root: Place<'d>| {
            let list = |place: &Place<'d>| place.child("servers");
            list(own).or_else(|| path.and_then(list)).or_else(|| list(&root))
        };
        let older = nearest(before, inherited.before.as_ref(), self.before.root());
        let newer = nearest(after, inherited.after.as_ref(), self.after.root());
        let (before_list, after_list) = self.lists(older.as_ref(), newer.as_ref());
        let before_urls = urls(older.unwrap_or_else(|| before.clone()), before_list);
        let after_urls = urls(newer.unwrap_or_else(|| after.clone()), after_list);
        for (url, field) in twins(before_urls, after_urls) {
            match field {
                Twin::Removed(place) => self.report(rule::SERVER_REMOVED, &place, format!("`{url}` removed")),
                Twin::Added(place) => self.report(rule::SERVER_ADDED, &place, format!("`{url}` added")),
                Twin::Both(before, after) => self.server(&before, &after),
            }
        }
    }

    fn server(&mut self, before: &Place<'d>, after: &Place<'d>) {
        // No list of servers stands for the one server `/`, and has no keys of its own.
        if before.text("url").is_none() || after.text("url").is_none() {
            return;
        }
        for (key, field) in self.fields(Some(before), Some(after)) {
            self.other(key, &field);
        }
    }
}

fn urls<'d>(list: Place<'d>, servers: Vec<Place<'d>>) -> BTreeMap<String, Place<'d>> {
    if servers.is_empty() {
        return BTreeMap::from([("/".to_owned(), list)]);
    }
    let url = |place: Place<'d>| {
        let url = place.text("url").map_or_else(|| place.json(), str::to_owned);
        (url, place)
    };
    servers.into_iter().map(url).collect()
}
