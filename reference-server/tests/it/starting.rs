//! Starting: what cannot be is said in one line that tells what to do.

use crate::api::{Folder, url};
use reference_server::{Error, ReferenceServer};
use std::time::Duration;

async fn refused(server: ReferenceServer) -> Error {
    server.start().await.expect_err("it does not start")
}

#[tokio::test]
async fn an_address_that_cannot_be_had() {
    for (address, says) in [
        ("nonsense", "127.0.0.1:8080"),
        ("127.0.0.1", "127.0.0.1:8080"),
        ("127.0.0.1:99999", "127.0.0.1:8080"),
        ("0.0.0.0:8123", "127.0.0.1:8123"),
    ] {
        let error = refused(ReferenceServer::builder().listen(address)).await;
        assert!(error.is_listen() && !error.is_database(), "{error:?}");
        assert!(error.to_string().contains(says), "{error}");
    }
    let first = ReferenceServer::builder().start().await.expect("it starts");
    let error = refused(ReferenceServer::builder().listen(first.addr().to_string())).await;
    assert!(
        error.is_listen() && error.to_string().contains("in use"),
        "{error}"
    );
}

#[tokio::test]
async fn a_database_that_cannot_be_had() {
    let folder = Folder::new();
    let notes = folder.path("notes.txt");
    std::fs::write(&notes, "not a database, but rather a long line of text").expect("it is written");
    let missing = url(&folder.path("missing/catalogue.sqlite"));
    let cases = [
        ("postgres://localhost/x".to_owned(), "sqlite:catalogue.sqlite"),
        ("sqlite:".to_owned(), "sqlite:catalogue.sqlite"),
        (missing, "create it"),
        (url(&std::env::temp_dir()), "is a folder"),
        (url(&notes), "cannot be opened"),
    ];
    for (database, says) in cases {
        let error = refused(ReferenceServer::builder().database(&database)).await;
        assert!(error.is_database(), "{error:?}");
        assert!(error.to_string().contains(says), "{error}");
    }
    assert!(!folder.path("missing").exists());
}

#[tokio::test]
async fn a_key_file_that_is_none() {
    let folder = Folder::new();
    let path = folder.path("development.key");
    std::fs::write(&path, "hello").expect("it is written");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode =
            |mode| std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).expect("a mode");
        mode(0o644);
        let error = refused(ReferenceServer::builder().key_file(&path)).await;
        assert!(
            error.is_key_file() && error.to_string().contains("chmod 600"),
            "{error}"
        );
        mode(0o600);
    }
    let error = refused(ReferenceServer::builder().key_file(&path)).await;
    assert!(
        error.is_key_file() && error.to_string().contains("is no key file"),
        "{error}"
    );
    assert!(!error.to_string().contains("hello"), "{error}");
}

#[tokio::test]
async fn a_setting_out_of_its_range() {
    let settings = [
        ReferenceServer::builder().read_connections(0),
        ReferenceServer::builder().body_limit(0),
        ReferenceServer::builder().request_timeout(Duration::ZERO),
        ReferenceServer::builder().keep_idempotency_keys(Duration::MAX),
    ];
    for server in settings {
        let error = refused(server).await;
        assert!(error.to_string().contains(" must be "), "{error}");
    }
}

#[tokio::test]
async fn a_stopped_server_gives_its_port_back() {
    let first = ReferenceServer::builder().start().await.expect("it starts");
    let address = first.addr().to_string();
    first.shutdown().await.expect("it stops");
    let second = ReferenceServer::builder()
        .listen(&address)
        .start()
        .await
        .expect("the port is free");
    assert_eq!(second.url(), format!("http://{address}"));
}
