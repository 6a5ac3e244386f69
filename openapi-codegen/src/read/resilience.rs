//! `x-resilience`: how an operation is protected, as part of its contract.

use super::{Read, Reader};
use crate::api::{Idempotency, Resilience};
use crate::document::Node;

const KEYS: [&str; 7] = [
    "idempotency",
    "connectTimeoutMs",
    "attemptTimeoutMs",
    "overallTimeoutMs",
    "breakerGroup",
    "hedging",
    "cost",
];

impl<'d> Reader<'d> {
    /// What is left out takes the platform's numbers for calls to a neighbour: 1 s, 2 s, 5 s.
    pub(super) fn resilience(&self, operation: &'d Node, owner: &str) -> Read<Resilience> {
        let node = self.required(operation, "x-resilience", owner)?;
        for entry in node.entries() {
            if !KEYS.contains(&entry.key.as_str()) {
                let what = format!("`{}` in `x-resilience`", entry.key);
                return Err(self.refuse(entry.line, what, format!("known here are {}", KEYS.join(", "))));
            }
        }
        let resilience = Resilience {
            idempotency: self.idempotency(self.required(node, "idempotency", "`x-resilience`")?)?,
            connect_ms: self.number(node, "connectTimeoutMs", 1_000)?.into(),
            attempt_ms: self.number(node, "attemptTimeoutMs", 2_000)?.into(),
            overall_ms: self.number(node, "overallTimeoutMs", 5_000)?.into(),
            breaker_group: match self.optional_text(node, "breakerGroup")? {
                "" => "default".to_owned(),
                group => group.to_owned(),
            },
            hedging: self.flag(node, "hedging", false)?,
            cost: self.number(node, "cost", 1)?,
        };
        self.timeouts_nest(node, &resilience)?;
        if resilience.hedging && resilience.idempotency != Idempotency::Idempotent {
            let what = format!("hedging of {owner}, which is not idempotent");
            return Err(self.refuse(node.line, what, "write `hedging: false`"));
        }
        Ok(resilience)
    }

    fn idempotency(&self, node: &Node) -> Read<Idempotency> {
        match node.as_text() {
            Some("idempotent") => Ok(Idempotency::Idempotent),
            Some("key") => Ok(Idempotency::Key),
            Some("none") => Ok(Idempotency::None),
            _ => Err(self.refuse(
                node.line,
                "an `idempotency` of no known kind",
                "write `idempotent`, `key` or `none`",
            )),
        }
    }

    fn number(&self, node: &Node, key: &str, default: u32) -> Read<u32> {
        let Some(value) = node.get(key) else {
            return Ok(default);
        };
        let number = value
            .as_integer()
            .and_then(|number| u32::try_from(number).ok())
            .filter(|number| *number > 0);
        number.ok_or_else(|| {
            let what = format!("`{key}` that is not a whole number above zero");
            self.refuse(value.line, what, "write a number, without a unit")
        })
    }

    /// An attempt that may take as long as the call is cut off by the call, and the breaker never learns of it.
    fn timeouts_nest(&self, node: &Node, resilience: &Resilience) -> Read<()> {
        if resilience.connect_ms <= resilience.attempt_ms && resilience.attempt_ms < resilience.overall_ms {
            return Ok(());
        }
        let what = format!(
            "timeouts of {}, {} and {} ms",
            resilience.connect_ms, resilience.attempt_ms, resilience.overall_ms
        );
        Err(self.refuse(node.line, what, "let connect <= attempt < overall"))
    }
}
