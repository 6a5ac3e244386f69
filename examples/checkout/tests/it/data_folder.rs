use checkout::data_folder::DataFolder;
use checkout::product_service::ProductService;
use event_messaging::memory::Broker;
use std::fs;

#[test]
fn a_temporary_folder_goes_with_its_run() {
    let folder = DataFolder::temporary().unwrap();
    let orders = folder.orders();
    fs::write(&orders, "").unwrap();
    assert_eq!(folder.kept(), None);
    drop(folder);
    assert!(!orders.parent().unwrap().exists());
}

#[test]
fn a_run_that_did_not_begin_leaves_a_users_folder_as_it_was() {
    let outer = DataFolder::temporary().unwrap();
    let path = outer.orders().with_file_name("mine");
    fs::create_dir(&path).unwrap();
    fs::write(path.join("note.txt"), "keep me").unwrap();

    let folder = DataFolder::at(&path).unwrap();
    fs::write(folder.orders(), "").unwrap();
    fs::write(folder.catalogue(), "").unwrap();
    drop(folder);

    let left: Vec<_> = fs::read_dir(&path)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left, ["note.txt"]);
}

#[test]
fn a_committed_run_leaves_its_databases_and_the_next_one_does_not_touch_them() {
    let outer = DataFolder::temporary().unwrap();
    let path = outer.orders().with_file_name("kept");
    let mut folder = DataFolder::at(&path).unwrap();
    folder.commit();
    fs::write(folder.orders(), "").unwrap();
    drop(folder);
    assert!(path.join("orders.sqlite").exists());

    let refusal = DataFolder::at(&path).unwrap_err().one_line();
    assert!(refusal.contains("earlier run"), "{refusal}");
    assert!(path.join("orders.sqlite").exists());
}

#[test]
fn a_missing_parent_is_refused_and_not_made() {
    let outer = DataFolder::temporary().unwrap();
    let parent = outer.orders().with_file_name("missing");
    let refusal = DataFolder::at(&parent.join("data")).unwrap_err().one_line();
    assert!(refusal.contains("make its parent first"), "{refusal}");
    assert!(!parent.exists());
}

#[cfg(unix)]
#[tokio::test]
async fn a_folder_whose_path_begins_with_two_slashes_is_that_folder() {
    let folder = DataFolder::temporary().unwrap();
    let path = std::path::PathBuf::from(format!("/{}", folder.catalogue().display()));
    let service = ProductService::start(&path, 1, Broker::new()).await.unwrap();
    service.shutdown().await.unwrap();
    assert!(folder.catalogue().exists());
}
