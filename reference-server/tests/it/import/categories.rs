//! The JSON list of categories.

use super::{read_text, refusals};
use reference_server::import::{Batch, NoteKind};

/// One entry of the list; the path is of `id:name` pairs.
fn entry(id: &str, name: &str, path: &[&str], links: &[&str]) -> String {
    let named = |pairs: &[&str]| -> String {
        let objects: Vec<String> = pairs
            .iter()
            .map(|pair| {
                let (id, name) = pair.split_once(':').expect("a pair");
                format!("{{\"id\":\"{id}\",\"name\":\"{name}\"}}")
            })
            .collect();
        format!("[{}]", objects.join(","))
    };
    format!(
        "{{\"id\":\"{id}\",\"name\":\"{name}\",\"path\":{},\"subCategories\":{}}}",
        named(path),
        named(links)
    )
}

#[track_caller]
fn read_list(entries: &[String]) -> Batch {
    read_text("tree.json", &format!("[{}]", entries.join(",\n")))
}

fn names(batch: &Batch) -> Vec<&str> {
    batch
        .categories
        .iter()
        .map(|category| category.name.as_str())
        .collect()
}

fn noted(batch: &Batch) -> Vec<NoteKind> {
    let drafts = batch.categories.iter().flat_map(|category| &category.notes);
    drafts.chain(&batch.report.notes).map(|note| note.kind).collect()
}

#[test]
fn a_path_makes_the_tree_and_parents_come_first_whatever_the_order() {
    let batch = read_list(&[
        entry(
            "pans",
            "Pans",
            &["kitchen:Kitchen", "cookware:Cookware", "pans:Pans"],
            &[],
        ),
        entry(
            "cookware",
            "Cookware",
            &["kitchen:Kitchen", "cookware:Cookware"],
            &["pans:Pans"],
        ),
        entry("kitchen", "Kitchen", &["kitchen:Kitchen"], &["cookware:Cookware"]),
        entry("garden", "Garden", &[], &[]),
    ]);
    assert_eq!(refusals(&batch), [""; 0]);
    assert_eq!(names(&batch), ["Kitchen", "Garden", "Cookware", "Pans"]);
    let [kitchen, garden, cookware, pans] = &batch.categories[..] else {
        panic!()
    };
    assert_eq!((&kitchen.parent, &garden.parent), (&None, &None));
    assert_eq!(
        (cookware.parent.as_ref(), pans.parent.as_ref()),
        (Some(&kitchen.id), Some(&cookware.id))
    );
    assert_eq!(pans.place.to_string(), "entry 1 (line 1)");
    assert_eq!(kitchen.place.to_string(), "entry 3 (line 3)");
    assert!(kitchen.id.is_uuid());
}

#[test]
fn the_sixth_level_is_refused_with_its_position_and_the_fifth_is_not() {
    let path = ["a:A", "b:B", "c:C", "d:D", "e:E", "f:F"];
    let entries: Vec<String> = (1..=6)
        .map(|level| entry(&path[level - 1][..1], &path[level - 1][2..], &path[..level], &[]))
        .collect();
    let batch = read_list(&entries);
    assert_eq!(
        refusals(&batch),
        ["entry 6 (line 6), f (F), path: it is on level 6; at most 5 levels are allowed"]
    );
    assert_eq!(names(&batch), ["A", "B", "C", "D", "E"]);
    assert_eq!(batch.report.categories.refused, 1);
}

#[test]
fn an_ancestor_without_an_entry_is_created_from_the_paths_and_a_link_alone_is_not() {
    let batch = read_list(&[
        entry(
            "pans",
            "Pans",
            &["kitchen:Kitchen", "cookware:Cookware", "pans:Pans"],
            &["woks:Woks", "lids:Lids"],
        ),
        entry(
            "knives",
            "Knives",
            &["kitchen:Kitchen", "cookware:Cookware", "knives:Knives"],
            &["woks:Woks"],
        ),
    ]);
    assert_eq!(refusals(&batch), [""; 0]);
    assert_eq!(names(&batch), ["Kitchen", "Cookware", "Pans", "Knives"]);
    assert_eq!(
        noted(&batch),
        [
            NoteKind::AncestorCreated,
            NoteKind::AncestorCreated,
            NoteKind::SubcategoriesLeftOut
        ]
    );
    assert!(
        batch.report.notes[0]
            .what
            .starts_with("2 of them, such as woks (Woks)"),
        "{:?}",
        batch.report.notes
    );
}

#[test]
fn a_name_is_unique_within_its_parent_and_only_there() {
    let batch = read_list(&[
        entry("kitchen", "Kitchen", &[], &[]),
        entry("garden", "Garden", &[], &[]),
        entry("k-sale", "Sale", &["kitchen:Kitchen", "k-sale:Sale"], &[]),
        entry("g-sale", "Sale", &["garden:Garden", "g-sale:Sale"], &[]),
        entry("g-sale-2", " Sale ", &["garden:Garden", "g-sale-2:Sale"], &[]),
        entry(
            "below",
            "Below",
            &["garden:Garden", "g-sale-2:Sale", "below:Below"],
            &[],
        ),
    ]);
    assert_eq!(
        refusals(&batch),
        [
            "entry 5 (line 5), g-sale-2 (Sale), name: entry 4 (line 4) has the same name and parent; a name is unique within its parent",
            "entry 6 (line 6), below (Below), path: its parent g-sale-2 was refused, or stands elsewhere in the tree",
        ]
    );
    assert_eq!(names(&batch), ["Kitchen", "Garden", "Sale", "Sale"]);
}

#[test]
fn an_entry_that_is_no_category_is_refused_and_the_others_are_not() {
    let long = "n".repeat(101);
    let batch = read_list(&[
        "{\"id\":\"nameless\",\"name\":null,\"path\":[],\"subCategories\":[]}".to_owned(),
        "{\"name\":\"No id\"}".to_owned(),
        "17".to_owned(),
        "{\"id\":\"a\",\"name\":\"A\",\"path\":\"root\"}".to_owned(),
        entry("good", "Good", &[], &[]),
        entry("good", "Twin", &[], &[]),
        entry("long", &long, &[], &[]),
        entry("astray", "Astray", &["good:Good"], &[]),
        "{\"id\":\" \",\"name\":\"Blank\"}".to_owned(),
        entry("trimmed", " Trimmed ", &[], &[]),
    ]);
    let refused = refusals(&batch);
    let begins = [
        "entry 1 (line 1), nameless, name: it has no name",
        "entry 2 (line 2), an entry: it is not a category: missing field `id`",
        "entry 3 (line 3), an entry: it is not a category: invalid type: integer",
        "entry 4 (line 4), an entry: it is not a category: invalid type: string",
        "entry 6 (line 6), good (Twin), id: entry 5 (line 5) has the same id",
        "entry 7 (line 7), long (nnn",
        "entry 8 (line 8), astray (Astray), path: the path does not end in the category itself",
        "entry 9 (line 9),   (Blank), id: it has no id",
    ];
    assert_eq!(refused.len(), begins.len(), "{refused:#?}");
    for (refusal, begin) in refused.iter().zip(begins) {
        assert!(refusal.starts_with(begin), "{refusal}");
    }
    assert_eq!(names(&batch), ["Good", "Trimmed"]);
    assert_eq!(noted(&batch), [NoteKind::CategoryNameTrimmed]);
    assert_eq!(batch.report.categories.refused, 8);
}

#[test]
fn a_path_that_runs_in_a_circle_or_disagrees_with_the_parents_is_refused() {
    let batch = read_list(&[
        entry("a", "A", &["b:B", "a:A"], &[]),
        entry("b", "B", &["a:A", "b:B"], &[]),
        entry("c", "C", &["c:C", "c:C"], &[]),
        entry("root", "Root", &[], &[]),
        entry("mid", "Mid", &["root:Root", "mid:Mid"], &[]),
        entry("leaf", "Leaf", &["mid:Mid", "leaf:Leaf"], &[]),
    ]);
    assert_eq!(names(&batch), ["Root", "Mid"]);
    let places: Vec<_> = batch
        .report
        .refusals
        .iter()
        .map(|refusal| refusal.place.entry)
        .collect();
    assert_eq!(places, [Some(1), Some(2), Some(3), Some(6)]);
}

#[test]
fn ids_are_the_same_in_each_import() {
    let list = [entry("kitchen", "Kitchen", &[], &[])];
    assert_eq!(read_list(&list).categories, read_list(&list).categories);
    assert_ne!(
        read_list(&list).categories[0].id,
        read_list(&[entry("garden", "Garden", &[], &[])]).categories[0].id
    );
}
