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
    /// What is left out takes its default. All of it may be left out where the target assumes what is `likely`.
    pub(super) fn resilience(
        &self,
        operation: &'d Node,
        owner: &str,
        likely: Idempotency,
    ) -> Read<Resilience> {
        if self.target.assumes_resilience() && operation.get("x-resilience").is_none() {
            return Ok(by_default(likely));
        }
        let node = self.required(operation, "x-resilience", owner)?;
        for entry in node.entries() {
            if !KEYS.contains(&entry.key.as_str()) {
                let what = format!("`{}` in `x-resilience`", entry.key);
                return Err(self.refuse(entry.line, what, format!("known here are {}", KEYS.join(", "))));
            }
        }
        let default =
            by_default(self.idempotency(self.required(node, "idempotency", "`x-resilience`")?)?);
        let resilience = Resilience {
            idempotency: default.idempotency,
            connect_ms: self.number(node, "connectTimeoutMs", default.connect_ms)?,
            attempt_ms: self.number(node, "attemptTimeoutMs", default.attempt_ms)?,
            overall_ms: self.number(node, "overallTimeoutMs", default.overall_ms)?,
            breaker_group: match self.optional_text(node, "breakerGroup")? {
                "" => default.breaker_group,
                group => group.to_owned(),
            },
            hedging: self.flag(node, "hedging", default.hedging)?,
            cost: self.number(node, "cost", default.cost)?,
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

/// The platform's numbers for calls to a neighbour.
fn by_default(idempotency: Idempotency) -> Resilience {
    Resilience {
        idempotency,
        connect_ms: 1_000,
        attempt_ms: 2_000,
        overall_ms: 5_000,
        breaker_group: "default".to_owned(),
        hedging: false,
        cost: 1,
    }
}

/// What HTTP promises of a method (RFC 9110, section 9.2.2), and what a key adds to it.
pub(super) fn of_method(method: &str, takes_key: bool) -> Idempotency {
    match method {
        _ if takes_key => Idempotency::Key,
        "GET" | "HEAD" | "PUT" | "DELETE" => Idempotency::Idempotent,
        _ => Idempotency::None,
    }
}
