use event_messaging::memory::process::Server;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The broker's process: this test program once more. Dropped, it is killed.
pub(crate) struct ServerProcess(Child);

pub(crate) fn socket(folder: &Path) -> PathBuf {
    folder.join("broker.sock")
}

impl ServerProcess {
    pub(crate) fn start(folder: &Path) -> Self {
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "rig::server::part_server", "--ignored", "--nocapture"])
            .env("CONFORMANCE_BROKER", folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn();
        Self(child.unwrap())
    }

    pub(crate) fn freeze(&self, is_frozen: bool) {
        let signal = if is_frozen { "-STOP" } else { "-CONT" };
        let sent = Command::new("kill")
            .args([signal, &self.0.id().to_string()])
            .status();
        assert!(sent.unwrap().success(), "kill {signal} works on our own child");
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
#[ignore = "a part of other tests, in a process of its own"]
async fn part_server() {
    let Some(folder) = std::env::var_os("CONFORMANCE_BROKER").map(PathBuf::from) else {
        return;
    };
    // The input ends with the process that started this one.
    std::thread::spawn(|| {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        std::process::exit(1);
    });
    let server = Server::bind(&socket(&folder), Some(&folder.join("broker.journal"))).unwrap();
    server.run(std::future::pending()).await.unwrap();
}
