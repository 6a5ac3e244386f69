use super::{category_id, instant, metadata, text};
use event_contracts::category::{CategoryCreated, CategoryDeleted, CategoryMoved, CategoryUpdated};
use product_types::CategoryPath;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{BoxedStrategy, Strategy, any};

pub(super) fn created() -> BoxedStrategy<CategoryCreated> {
    let names = (category_id(), text(), text(), option::of(category_id()));
    (names, path(), any::<u32>(), metadata(), instant(), text())
        .prop_map(|(names, path, level, metadata, at, by)| {
            let mut event = CategoryCreated::new(names.0, names.1, path, level, at, by);
            (event.description, event.parent_id, event.metadata) = (names.2, names.3, metadata);
            event
        })
        .boxed()
}

pub(super) fn updated() -> BoxedStrategy<CategoryUpdated> {
    let names = (category_id(), vec(text(), 0..3), text(), text());
    let place = (
        option::of(category_id()),
        option::of(path()),
        option::of(any::<u32>()),
    );
    (names, place, metadata(), instant(), text())
        .prop_map(|(names, place, metadata, at, by)| {
            let mut event = CategoryUpdated::new(names.0, names.1, names.2, at, by);
            (event.parent_id, event.path, event.level) = place;
            (event.description, event.metadata) = (names.3, metadata);
            event
        })
        .boxed()
}

pub(super) fn moved() -> BoxedStrategy<CategoryMoved> {
    let parents = (option::of(category_id()), option::of(category_id()));
    (
        category_id(),
        parents,
        path(),
        path(),
        any::<u32>(),
        instant(),
        text(),
    )
        .prop_map(|(id, parents, from, to, level, at, by)| {
            let mut event = CategoryMoved::new(id, from, to, level, at, by);
            (event.old_parent_id, event.new_parent_id) = parents;
            event
        })
        .boxed()
}

pub(super) fn deleted() -> BoxedStrategy<CategoryDeleted> {
    (category_id(), instant(), text())
        .prop_map(|(id, at, by)| CategoryDeleted::new(id, at, by))
        .boxed()
}

fn path() -> BoxedStrategy<CategoryPath> {
    vec("[!-.0-~]{1,20}", 1..6)
        .prop_map(|ids| ids.join("/").parse().unwrap())
        .boxed()
}
