use crate::Failure;
use crate::options::{Face, Part, Role};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The processes of a run. Dropped, all are killed.
pub(crate) struct Processes {
    parts: Vec<(Part, Child)>,
}

/// How many there are of each.
const PARTS: [(Role, usize); 4] = [
    (Role::Broker, 1),
    (Role::Writer, 2),
    (Role::Relay, 2),
    (Role::Consumer, 3),
];

impl Processes {
    pub(crate) fn start(face: Face, folder: &Path, seed: u64, events: u64) -> Result<Self, Failure> {
        let mut parts = Vec::new();
        for (role, count) in PARTS {
            for number in 1..=count {
                let part = Part {
                    role,
                    name: format!("{}-{number}", role.name()),
                    face,
                    folder: folder.to_owned(),
                    seed: seed.wrapping_mul(31).wrapping_add(number as u64),
                    events,
                };
                let child = spawn(&part)?;
                parts.push((part, child));
            }
        }
        Ok(Self { parts })
    }

    /// Kills one with -9 and starts it again; its name.
    pub(crate) fn kill_one(&mut self, random: &mut fastrand::Rng) -> Result<String, Failure> {
        let index = random.usize(..self.parts.len());
        let (part, child) = &mut self.parts[index];
        child.kill()?;
        child.wait()?;
        part.seed = random.u64(..);
        *child = spawn(part)?;
        Ok(part.name.clone())
    }

    /// Ends all writers.
    pub(crate) fn end_writers(&mut self) {
        self.parts.retain_mut(|(part, child)| {
            if part.role == Role::Writer {
                end(child);
            }
            part.role != Role::Writer
        });
    }

    /// Says when a part has ended that nobody has killed.
    pub(crate) fn check(&mut self) -> Result<(), Failure> {
        for (part, child) in &mut self.parts {
            if let Some(status) = child.try_wait()?
                && !(part.role == Role::Writer && status.success())
            {
                return Err(format!("{} ended by itself: {status}", part.name).into());
            }
        }
        Ok(())
    }
}

impl Drop for Processes {
    fn drop(&mut self) {
        for (_, child) in &mut self.parts {
            end(child);
        }
    }
}

fn end(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

fn spawn(part: &Part) -> Result<Child, Failure> {
    let (seed, events) = (part.seed.to_string(), part.events.to_string());
    let child = Command::new(std::env::current_exe()?)
        .args(["--part", part.role.name(), "--name", &part.name, "--face", part.face.name()])
        .args(["--seed", &seed, "--events", &events, "--folder"])
        .arg(&part.folder)
        // Its end tells the part that the run is over, whatever ended it.
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()?;
    Ok(child)
}
