use super::{Item, pick};
use crate::order_service::order::{Cart, CartLine};

/// A cart and how it will be handed in.
#[derive(Clone, Debug)]
pub struct PlannedCart {
    /// What the customer buys.
    pub cart: Cart,
    /// How often and how it is submitted.
    pub submissions: Submissions,
    /// Whether the same reads are made with a bare HTTP client too, to compare.
    pub compared: bool,
}

/// How a cart is submitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Submissions {
    /// Once, as most are.
    Once,
    /// Twice at the same time: a double click.
    Together,
    /// Again after the answer: a client that missed it.
    Again,
}

/// One cart in this many is submitted twice.
const SUBMITTED_TWICE: usize = 20;

/// One cart in this many is read with the bare client too.
const COMPARED: usize = 3;

pub(super) fn draw(random: &mut fastrand::Rng, seed: u64, orders: usize, items: &[Item]) -> Vec<PlannedCart> {
    (0..orders)
        .map(|index| PlannedCart {
            cart: Cart {
                id: format!("cart-{seed}-{index:06}"),
                lines: lines(random, items),
            },
            submissions: match random.usize(0..SUBMITTED_TWICE * 2) {
                0 => Submissions::Together,
                1 => Submissions::Again,
                _ => Submissions::Once,
            },
            compared: index % COMPARED == 0,
        })
        .collect()
}

/// One to four lines, each of another variant.
fn lines(random: &mut fastrand::Rng, items: &[Item]) -> Vec<CartLine> {
    let wanted = random.usize(1..=4);
    let mut lines: Vec<CartLine> = Vec::with_capacity(wanted);
    for _ in 0..wanted {
        let item = pick(random, items);
        let quantity = random.u32(1..=3);
        if lines.iter().all(|line| line.variant_id != item.variant_id) {
            lines.push(CartLine {
                variant_id: item.variant_id.clone(),
                quantity,
            });
        }
    }
    lines
}
