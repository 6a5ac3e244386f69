//! Parts of a test in processes of their own, which can be killed. Each is the test program itself, run anew.

use super::brake::Place;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::Duration;
use tokio::sync::mpsc;

/// What stands before all that a part says; the test program says other things too.
pub(crate) const SAYS: &str = "conformance: ";

/// How long a part may take to say something.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a part does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Writes events into the outbox.
    Writer,
    /// Sends what the outbox holds.
    Relay,
    /// Handles what comes.
    Consumer,
}

impl Role {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Writer => "writer",
            Self::Relay => "relay",
            Self::Consumer => "consumer",
        }
    }
}

/// A part that runs. Dropped, it is killed.
pub(crate) struct Part {
    child: Child,
    /// Gone when it was told to end: a part ends with its input.
    input: Option<ChildStdin>,
    said: mpsc::UnboundedReceiver<String>,
}

impl Part {
    /// Starts a part of the suite whose tests are in `module`. It stops at `hold` until it is told to go.
    pub(crate) fn start(module: &str, folder: &Path, role: Role, name: &str, hold: Option<Place>) -> Self {
        // The first word is the test program, which is no part of the names of its tests.
        let test = match module.split_once("::") {
            Some((_, rest)) => format!("{rest}::part"),
            None => "part".to_owned(),
        };
        let program = std::env::current_exe().expect("a test program knows where it is");
        let mut child = Command::new(program)
            .args(["--exact", &test, "--ignored", "--nocapture"])
            .env("CONFORMANCE_FOLDER", folder)
            .env("CONFORMANCE_ROLE", role.name())
            .env("CONFORMANCE_NAME", name)
            .env("CONFORMANCE_HOLD", hold.map_or("", Place::name))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a test program can be run again");
        let output = child.stdout.take().expect("its output is piped, as said above");
        let (say, said) = mpsc::unbounded_channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if let Some((_, words)) = line.split_once(SAYS)
                    && say.send(words.to_owned()).is_err()
                {
                    return;
                }
            }
        });
        Self {
            input: child.stdin.take(),
            child,
            said,
        }
    }

    /// Waits until it says something that begins with `words`, and gives the rest.
    ///
    /// # Panics
    ///
    /// When it ends, or takes too long.
    pub(crate) async fn said(&mut self, words: &str) -> String {
        let deadline = event_messaging::clock::now() + PATIENCE;
        loop {
            let line = event_messaging::clock::until(deadline, self.said.recv()).await;
            let Some(line) = line.unwrap_or_else(|| panic!("a part did not say `{words}` in time")) else {
                panic!(
                    "a part ended before it said `{words}`: {:?}",
                    self.child.try_wait()
                );
            };
            if let Some(rest) = line.strip_prefix(words) {
                return rest.trim().to_owned();
            }
        }
    }

    /// Tells it to go on from where it was stopped.
    pub(crate) fn go(&mut self) {
        if let Some(input) = &mut self.input {
            // One that has ended meanwhile will be missed by what it was to say.
            let _ = input.write_all(b"go\n");
        }
    }

    /// Tells it to end in good order.
    pub(crate) fn stop(&mut self) {
        if let Some(input) = &mut self.input {
            let _ = input.write_all(b"stop\n");
        }
    }

    /// Kills it, as with -9.
    pub(crate) fn kill(mut self) {
        self.end();
    }

    /// Freezes it where it is, or lets it go on: its connections and transactions stay open meanwhile.
    pub(crate) fn freeze(&self, is_frozen: bool) {
        let signal = if is_frozen { "-STOP" } else { "-CONT" };
        let sent = Command::new("kill")
            .args([signal, &self.child.id().to_string()])
            .status();
        assert!(
            sent.is_ok_and(|status| status.success()),
            "kill {signal} works on our own child"
        );
    }

    fn end(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        self.end();
    }
}
