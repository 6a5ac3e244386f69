//! A group of consumers of one topic: who has which partition, and how far each is done. Pure; takes `now`.

use super::super::sharing::share_out;
use crate::clock::{self, Instant};
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

#[derive(Debug)]
pub(super) struct Group {
    slots: Vec<Slot>,
    members: BTreeMap<u64, Member>,
    /// How many members ever came, which numbers them. A member that was thrown out comes back under a new number,
    /// so whatever it still says under the old one is fenced off.
    came: u64,
    limits: Limits,
}

/// How long a group is patient.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// With a member that says nothing.
    pub(super) session: Duration,
    /// With a member that does not release what was revoked.
    pub(super) release: Duration,
}

/// A partition, as the group sees it.
#[derive(Debug)]
struct Slot {
    owner: Option<u64>,
    /// Whether the owner has heard of it. What it says before that is about an earlier time when it was the owner.
    is_known: bool,
    heir: Option<u64>,
    /// Until when the owner may release it, once it was asked to.
    release_by: Option<Instant>,
    committed: u64,
    /// The next offset that the owner gets.
    read: u64,
    /// What is below was handed out before.
    seen: u64,
}

#[derive(Debug)]
struct Member {
    heard: Instant,
    news: VecDeque<News>,
}

/// What a member is told of its partitions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum News {
    Assigned(Vec<usize>),
    Revoked(Vec<usize>),
    Lost(Vec<usize>),
}

/// Why a commit is refused.
#[derive(Debug)]
pub(super) enum Refusal {
    NotOwner,
    Ahead { read: u64 },
}

impl Group {
    /// A group that begins at these offsets, one for each partition.
    pub(super) fn new(starts: impl IntoIterator<Item = u64>, limits: Limits) -> Self {
        let slot = |start| Slot {
            owner: None,
            is_known: false,
            heir: None,
            release_by: None,
            committed: start,
            read: start,
            seen: start,
        };
        Self {
            slots: starts.into_iter().map(slot).collect(),
            members: BTreeMap::new(),
            came: 0,
            limits,
        }
    }

    pub(super) fn committed(&self, partition: usize) -> u64 {
        self.slots[partition].committed
    }

    pub(super) fn join(&mut self, now: Instant) -> u64 {
        let id = self.came;
        self.came += 1;
        let news = VecDeque::new();
        self.members.insert(id, Member { heard: now, news });
        self.share(now);
        id
    }

    /// Notes that a member lives. False when it is none any more.
    pub(super) fn hear(&mut self, id: u64, now: Instant) -> bool {
        self.expire(now);
        match self.members.get_mut(&id) {
            Some(member) => {
                member.heard = now;
                true
            }
            None => false,
        }
    }

    pub(super) fn news(&mut self, id: u64) -> Option<News> {
        let news = self.members.get_mut(&id)?.news.pop_front()?;
        if let News::Assigned(partitions) = &news {
            for partition in partitions {
                let slot = &mut self.slots[*partition];
                slot.is_known |= slot.owner == Some(id);
            }
        }
        Some(news)
    }

    /// Takes a member out, and everything that it has.
    pub(super) fn leave(&mut self, id: u64, now: Instant) {
        if self.members.remove(&id).is_some() {
            self.disown(|slot| slot.owner == Some(id));
            self.share(now);
        }
    }

    /// Takes everybody out: their sessions are gone.
    pub(super) fn clear(&mut self) {
        self.members.clear();
        for slot in &mut self.slots {
            (slot.owner, slot.heir, slot.release_by) = (None, None, None);
        }
    }

    /// Gives up what was revoked of a member.
    pub(super) fn release(&mut self, id: u64, partition: usize) {
        let slot = &mut self.slots[partition];
        if slot.owner == Some(id) && slot.release_by.take().is_some() {
            slot.owner = None;
            self.hand_over();
        }
    }

    pub(super) fn commit(&mut self, id: u64, partition: usize, next: u64) -> Result<(), Refusal> {
        let slot = &mut self.slots[partition];
        if slot.owner != Some(id) || !slot.is_known {
            return Err(Refusal::NotOwner);
        }
        if next > slot.read {
            return Err(Refusal::Ahead { read: slot.read });
        }
        slot.committed = slot.committed.max(next);
        Ok(())
    }

    /// Sets how far a partition is done, before anybody has joined.
    #[cfg(all(feature = "process", unix))]
    pub(super) fn restore(&mut self, partition: usize, committed: u64) {
        if let Some(slot) = self.slots.get_mut(partition) {
            (slot.committed, slot.read) = (committed, committed);
            slot.seen = slot.seen.max(committed);
        }
    }

    /// The next offset of a partition that a member may read, and what it is at least.
    pub(super) fn next(&mut self, id: u64, partition: usize, start: u64) -> Option<u64> {
        let slot = &mut self.slots[partition];
        if slot.owner != Some(id) || slot.release_by.is_some() {
            return None;
        }
        slot.read = slot.read.max(start);
        Some(slot.read)
    }

    /// Notes that the next record was read; whether it may have been read before.
    pub(super) fn advance(&mut self, partition: usize) -> bool {
        let slot = &mut self.slots[partition];
        slot.read += 1;
        let is_again = slot.read <= slot.seen;
        slot.seen = slot.seen.max(slot.read);
        is_again
    }

    fn expire(&mut self, now: Instant) {
        let session = self.limits.session;
        let before = self.members.len();
        self.members
            .retain(|_, member| now < clock::later(member.heard, session));
        let members = &self.members;
        for slot in &mut self.slots {
            if slot.owner.is_some_and(|owner| !members.contains_key(&owner)) {
                (slot.owner, slot.release_by) = (None, None);
            }
        }
        let late = |slot: &Slot| slot.release_by.is_some_and(|by| by <= now);
        let lost: Vec<(u64, usize)> = self
            .slots
            .iter()
            .enumerate()
            .filter(|(_, slot)| late(slot))
            .filter_map(|(partition, slot)| Some((slot.owner?, partition)))
            .collect();
        for (owner, partition) in &lost {
            self.tell(*owner, News::Lost(vec![*partition]));
        }
        self.disown(late);
        if self.members.len() < before {
            self.share(now);
        } else if !lost.is_empty() {
            self.hand_over();
        }
    }

    fn disown(&mut self, of: impl Fn(&Slot) -> bool) {
        for slot in self.slots.iter_mut().filter(|slot| of(slot)) {
            (slot.owner, slot.release_by) = (None, None);
        }
    }

    /// Decides anew who is to have what, asks for what has to move, and hands over what is free.
    fn share(&mut self, now: Instant) {
        let held: Vec<_> = self.slots.iter().map(|slot| slot.heir).collect();
        let members: Vec<u64> = self.members.keys().copied().collect();
        let release_by = clock::later(now, self.limits.release);
        let mut revoked: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        let shares = share_out(&held, &members);
        for ((partition, slot), heir) in self.slots.iter_mut().enumerate().zip(shares) {
            slot.heir = heir;
            match slot.owner {
                Some(owner) if slot.heir != Some(owner) && slot.release_by.is_none() => {
                    slot.release_by = Some(release_by);
                    revoked.entry(owner).or_default().push(partition);
                }
                _ => {}
            }
        }
        for (owner, partitions) in revoked {
            self.tell(owner, News::Revoked(partitions));
        }
        self.hand_over();
    }

    /// Gives what nobody has to its heir, which begins where the group has committed.
    fn hand_over(&mut self) {
        let mut assigned: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        for (partition, slot) in self.slots.iter_mut().enumerate() {
            if let (None, Some(heir)) = (slot.owner, slot.heir) {
                (slot.owner, slot.is_known) = (Some(heir), false);
                slot.read = slot.committed;
                assigned.entry(heir).or_default().push(partition);
            }
        }
        for (heir, partitions) in assigned {
            self.tell(heir, News::Assigned(partitions));
        }
    }

    fn tell(&mut self, id: u64, news: News) {
        if let Some(member) = self.members.get_mut(&id) {
            member.news.push_back(news);
        }
    }
}
