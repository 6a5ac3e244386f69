//! The binary: what it prints, and how it ends.

use crate::api::Folder;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::Command;

fn binary(folder: &Folder) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_reference-server"));
    command
        .env("XDG_STATE_HOME", folder.path("state"))
        .env_remove("RUST_LOG")
        .kill_on_drop(true);
    command
}

#[tokio::test]
async fn serve_imports_then_says_where_it_listens_and_accepts_the_tokens_of_token() {
    let folder = Folder::new();
    let categories = folder.path("categories.json");
    let text = r#"[{"id":"c1","name":"Coats","path":[{"id":"c1","name":"Coats"}],"subCategories":[]}]"#;
    std::fs::write(&categories, text).expect("it is written");

    let token = binary(&folder)
        .args(["token", "--role", "admin,editor", "--scope", "products:read"])
        .output();
    let token = token.await.expect("it runs");
    assert!(token.status.success());
    let token = String::from_utf8(token.stdout).expect("text");
    let token = token.lines().last().expect("a line");

    let mut serve = binary(&folder)
        .args([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--database",
            &folder.database(),
            "--import",
        ])
        .arg(&categories)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs");
    let mut lines = BufReader::new(serve.stdout.take().expect("piped")).lines();
    let mut told = Vec::new();
    let url = loop {
        let line = lines
            .next_line()
            .await
            .expect("text")
            .expect("it says where it listens");
        if let Some(url) = line.strip_prefix("Product Service: ") {
            break url.to_owned();
        }
        told.push(line);
    };
    assert!(
        told.iter().any(|line| line.contains("categories: 1 created")),
        "{told:?}"
    );
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    let answer = http
        .get(format!("{url}/categories"))
        .bearer_auth(token)
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 200);
    serve.kill().await.expect("it ends");
}

#[tokio::test]
async fn bad_input_ends_with_one_line_and_not_well() {
    let folder = Folder::new();
    let empty = folder.path("empty.csv");
    std::fs::write(&empty, "").expect("it is written");
    let empty = empty.display().to_string();
    let missing = folder.path("missing.csv").display().to_string();
    let memory = [
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--database",
        "sqlite::memory:",
        "--log-format",
        "json",
    ];
    let cases: Vec<Vec<&str>> = vec![
        vec!["serve", "--listen", "nonsense"],
        vec![
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--database",
            "sqlite:/no/such/folder/x.sqlite",
        ],
        [&memory[..], &["--import", &empty]].concat(),
        [&memory[..], &["--import", &missing]].concat(),
        vec!["token", "--role", "king"],
        vec!["serve", "--fault-rate", "1.5"],
        vec!["serve", "--log-format", "xml"],
        vec!["serve", "--currency", "KWD"],
        vec!["serve", "--keep-going"],
    ];
    for arguments in cases {
        let output = binary(&folder).args(&arguments).output().await.expect("it runs");
        assert!(!output.status.success(), "{arguments:?}");
        let text = String::from_utf8(output.stderr).expect("text");
        // What begins with a brace is the log.
        let said: Vec<&str> = text.lines().filter(|line| !line.starts_with('{')).collect();
        assert!(
            said.len() == 1 && said[0].starts_with("error: "),
            "{arguments:?}: {text}"
        );
        assert!(!text.contains("panicked"), "{text}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_reader_that_has_gone_away_is_no_failure() {
    let folder = Folder::new();
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let token = binary(&folder)
        .args(["token", "--role", "admin"])
        .stdout(writer)
        .stderr(Stdio::piped())
        .output();
    let token = token.await.expect("it runs");
    assert!(
        token.status.success(),
        "{}",
        String::from_utf8_lossy(&token.stderr)
    );
}
