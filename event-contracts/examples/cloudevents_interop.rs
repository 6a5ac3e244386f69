//! Our side of an exchange with other SDKs: requests as JSON lines on stdin, one answer for each on stdout.
//!
//! `{"write": envelope, "format": …, "binding": …}` is answered by a message, and `{"read": message}` by its event, or by
//! the reason why it is refused. A message's body is in hexadecimal digits, because it may be anything.
//! `cargo xtask interop` speaks to it.

use event_contracts::cloudevents::{AttributeValue, Binding, CloudEvent, Data, Message};
use event_contracts::{Error, RawEnvelope};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;
use std::io::{BufRead as _, Write as _};

#[derive(Deserialize)]
#[serde(untagged)]
enum Request {
    Write {
        write: Value,
        format: String,
        binding: String,
    },
    Read {
        read: Received,
    },
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Received {
    binding: String,
    content_type: Option<String>,
    headers: Vec<(String, String)>,
    body: String,
}

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let mut output = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let answer = match serde_json::from_str(&line?)? {
            Request::Write {
                write,
                format,
                binding,
            } => {
                let envelope = write.to_string();
                let envelope = RawEnvelope::parse(envelope.as_bytes())?;
                message(&envelope.to_message(format.parse()?, binding_of(&binding)?)?)
            }
            Request::Read { read } => event(&read)?,
        };
        writeln!(output, "{answer}")?;
    }
    Ok(())
}

fn message(message: &Message) -> Value {
    json!({
        "contentType": message.content_type,
        "headers": message.headers,
        "body": to_hex(&message.body),
    })
}

fn event(received: &Received) -> Result<Value, Failure> {
    let body = from_hex(&received.body)?;
    let headers = received
        .headers
        .iter()
        .map(|(name, value)| (&**name, value.as_bytes()));
    let binding = binding_of(&received.binding)?;
    Ok(
        match CloudEvent::from_message(binding, received.content_type.as_deref(), headers, &body) {
            Ok(event) => json!({"attributes": attributes(&event), "data": event.data().map(data)}),
            Err(refusal) => json!({"refused": reason(&refusal)}),
        },
    )
}

fn attributes(event: &CloudEvent<'_>) -> Map<String, Value> {
    let known = [
        ("specversion", Some("1.0")),
        ("id", Some(event.id())),
        ("source", Some(event.source())),
        ("type", Some(event.event_type())),
        ("time", event.time().map(|time| time.to_string()).as_deref()),
        ("subject", event.subject()),
        ("datacontenttype", event.data_content_type()),
        ("dataschema", event.data_schema()),
    ]
    .map(|(name, text)| Some((name.to_owned(), Value::from(text?))));
    let extensions = event.extensions().map(|(name, value)| {
        let value = match value {
            AttributeValue::Boolean(value) => Value::from(*value),
            AttributeValue::Integer(value) => Value::from(*value),
            other => Value::from(other.to_text()),
        };
        (name.to_owned(), value)
    });
    known.into_iter().flatten().chain(extensions).collect()
}

fn data(data: &Data<'_>) -> Value {
    match data {
        Data::Json(json) => json!({"json": serde_json::from_str::<Value>(json).unwrap_or_default()}),
        Data::Text(text) => json!({"text": text}),
        Data::Bytes(bytes) => json!({"bytes": to_hex(bytes)}),
        other => json!({"unknown": format!("{other:?}")}),
    }
}

fn reason(error: &Error) -> String {
    let cause = std::error::Error::source(error);
    cause.map_or_else(|| error.to_string(), ToString::to_string)
}

fn binding_of(name: &str) -> Result<Binding, Failure> {
    match name {
        "amqp" => Ok(Binding::Amqp),
        "kafka" => Ok(Binding::Kafka),
        "http" => Ok(Binding::Http),
        other => Err(format!("no binding is called {other}").into()),
    }
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn from_hex(text: &str) -> Result<Vec<u8>, Failure> {
    let pair = |at| {
        let digits = text.get(at..at + 2).ok_or("an odd number of digits")?;
        Ok(u8::from_str_radix(digits, 16)?)
    };
    (0..text.len()).step_by(2).map(pair).collect()
}
