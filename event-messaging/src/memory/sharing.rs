//! Which part a key belongs to, and which consumer a part. Pure.

use std::collections::BTreeMap;

/// The part, of `parts` (at least one), that a key belongs to: a jump consistent hash, so that growing from n parts
/// to n + 1 moves one key of n + 1 and no other.
pub(super) fn part_of(key: &str, parts: usize) -> usize {
    let parts = i64::try_from(parts).unwrap_or(i64::MAX);
    let mut hash = fnv(key.as_bytes());
    let (mut part, mut next) = (0, 0);
    while next < parts {
        part = next;
        hash = hash.wrapping_mul(2_862_933_555_777_941_757).wrapping_add(1);
        let share = (1_u64 << 31) as f64 / ((hash >> 33) + 1) as f64;
        next = ((part + 1) as f64 * share) as i64;
    }
    usize::try_from(part).unwrap_or(0)
}

/// FNV-1a: the same on every machine and in every version, which `std`'s hasher does not promise.
pub(super) fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Shares parts out among members, so that no two members differ by more than one part, and as few parts as
/// possible change hands. `held` says whose each part was; more members than parts leave some with none.
pub(super) fn share_out(held: &[Option<u64>], members: &[u64]) -> Vec<Option<u64>> {
    if members.is_empty() {
        return vec![None; held.len()];
    }
    let fair = held.len() / members.len();
    // So many members have one part more than the others.
    let mut larger = held.len() % members.len();
    let mut counts: BTreeMap<u64, usize> = members.iter().map(|member| (*member, 0)).collect();
    let mut shares: Vec<Option<u64>> = Vec::with_capacity(held.len());
    for holder in held {
        let kept = holder.filter(|holder| match counts.get_mut(holder) {
            Some(count) if *count < fair => {
                *count += 1;
                true
            }
            Some(count) if *count == fair && larger > 0 => {
                *count += 1;
                larger -= 1;
                true
            }
            _ => false,
        });
        shares.push(kept);
    }
    for share in shares.iter_mut().filter(|share| share.is_none()) {
        let (member, count) = counts
            .iter_mut()
            .min_by_key(|(_, count)| **count)
            .expect("there is a member, as was seen above");
        *count += 1;
        *share = Some(*member);
    }
    shares
}
