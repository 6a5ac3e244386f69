use crate::Failure;
use std::path::PathBuf;
use std::time::Duration;

/// What this process is to do.
pub(crate) enum Command {
    /// The whole of it.
    Run(Options),
    /// The verdict of an earlier run, from its logs.
    Verify { folder: PathBuf, is_json: bool },
    /// One part of a run.
    Part(Part),
}

/// A run.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) face: Face,
    /// How long events are written at most.
    pub(crate) time: Duration,
    /// How many events are written at most.
    pub(crate) events: u64,
    pub(crate) seed: u64,
    pub(crate) is_json: bool,
    pub(crate) log: Option<PathBuf>,
}

/// One process of a run.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) role: Role,
    pub(crate) name: String,
    pub(crate) face: Face,
    pub(crate) folder: PathBuf,
    pub(crate) seed: u64,
    pub(crate) events: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Broker,
    Writer,
    Relay,
    Consumer,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Face {
    Queue,
    Log,
}

impl Role {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Broker => "broker",
            Self::Writer => "writer",
            Self::Relay => "relay",
            Self::Consumer => "consumer",
        }
    }
}

impl Face {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Queue => "queue",
            Self::Log => "log",
        }
    }
}

/// Reads the arguments; those for people are explained by `cargo xtask soak --help`.
pub(crate) fn parse(arguments: impl Iterator<Item = String>) -> Result<Command, Failure> {
    let mut options = Options {
        face: Face::Queue,
        time: Duration::from_secs(60),
        events: u64::MAX,
        seed: 1,
        is_json: false,
        log: None,
    };
    let (mut verify, mut role, mut name, mut folder) = (None, None, String::new(), PathBuf::new());
    let mut arguments = arguments.peekable();
    while let Some(argument) = arguments.next() {
        if argument == "--json" {
            options.is_json = true;
            continue;
        }
        let value = arguments
            .next()
            .ok_or_else(|| format!("{argument} needs a value"))?;
        match argument.as_str() {
            "--broker" if value == "memory" => {}
            "--broker" => {
                return Err(format!(
                    "there is no transport for `{value}` yet: RabbitMQ and Kafka come later, and so far \
                     `--broker memory` is all there is"
                )
                .into());
            }
            "--face" => options.face = face(&value)?,
            "--minutes" => options.time = Duration::try_from_secs_f64(value.parse::<f64>()? * 60.0)?,
            "--events" => options.events = value.parse()?,
            "--seed" => options.seed = value.parse()?,
            "--log" => options.log = Some(value.into()),
            "--verify" => verify = Some(PathBuf::from(value)),
            "--part" => role = Some(self::role(&value)?),
            "--name" => name = value,
            "--folder" => folder = value.into(),
            _ => return Err(format!("`{argument}` is not known").into()),
        }
    }
    Ok(match (role, verify) {
        (Some(role), _) => Command::Part(Part {
            role,
            name,
            face: options.face,
            folder,
            seed: options.seed,
            events: options.events,
        }),
        (None, Some(folder)) => Command::Verify {
            folder,
            is_json: options.is_json,
        },
        (None, None) => Command::Run(options),
    })
}

fn face(name: &str) -> Result<Face, Failure> {
    let known = [Face::Queue, Face::Log]
        .into_iter()
        .find(|face| face.name() == name);
    known.ok_or_else(|| format!("`{name}` is no face; there are `queue` and `log`").into())
}

fn role(name: &str) -> Result<Role, Failure> {
    let all = [Role::Broker, Role::Writer, Role::Relay, Role::Consumer];
    let known = all.into_iter().find(|role| role.name() == name);
    known.ok_or_else(|| format!("no part is called `{name}`").into())
}
