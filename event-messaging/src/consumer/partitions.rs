use super::ConsumerConfig;
use super::offsets::Offsets;
use crate::Partition;
use std::collections::BTreeMap;

/// Where a record stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) partition: Partition,
    pub(super) offset: u64,
}

/// The partitions of this consumer, how far each is, and which of them are paused. Pure.
#[derive(Debug, Default)]
pub(super) struct Partitions(BTreeMap<Partition, Assigned>);

#[derive(Debug, Default)]
struct Assigned {
    offsets: Offsets,
    is_paused: bool,
}

impl Partitions {
    pub(super) fn assigned(&mut self, partitions: &[Partition]) {
        for partition in partitions {
            self.0.entry(partition.clone()).or_default();
        }
    }

    pub(super) fn gone(&mut self, partitions: &[Partition]) {
        for partition in partitions {
            self.0.remove(partition);
        }
    }

    /// A record came; `false` when it came before.
    pub(super) fn received(&mut self, position: &Position) -> bool {
        let Some(assigned) = self.0.get_mut(&position.partition) else {
            let mut assigned = Assigned::default();
            let is_new = assigned.offsets.received(position.offset);
            self.0.insert(position.partition.clone(), assigned);
            return is_new;
        };
        assigned.offsets.received(position.offset)
    }

    /// A record is done. One of a partition that is gone changes nothing.
    pub(super) fn done(&mut self, position: &Position) {
        if let Some(assigned) = self.0.get_mut(&position.partition) {
            assigned.offsets.done(position.offset);
        }
    }

    /// Whether no more records of the partition should come for now.
    pub(super) fn is_full(&self, partition: &Partition, config: &ConsumerConfig) -> bool {
        self.0
            .get(partition)
            .is_some_and(|assigned| assigned.is_full(config))
    }

    /// Which partitions are to be paused now, and which resumed; it counts as done. One that was full is resumed
    /// when it is half empty, so that it does not flicker.
    pub(super) fn back_pressure(
        &mut self,
        config: &ConsumerConfig,
        is_paused: bool,
    ) -> (Vec<Partition>, Vec<Partition>) {
        let (mut pause, mut resume) = (Vec::new(), Vec::new());
        for (partition, assigned) in &mut self.0 {
            if !assigned.is_paused && (is_paused || assigned.is_full(config)) {
                assigned.is_paused = true;
                pause.push(partition.clone());
            } else if assigned.is_paused && !is_paused && assigned.is_half_empty(config) {
                assigned.is_paused = false;
                resume.push(partition.clone());
            }
        }
        (pause, resume)
    }

    /// How many records are not committed, by what `of` knows of each partition.
    pub(super) fn lag(&self, of: impl Fn(&Partition) -> Option<u64>) -> Option<u64> {
        self.0.keys().map(of).sum()
    }

    /// What is to be committed.
    pub(super) fn to_commit(&self) -> Vec<(Partition, u64)> {
        let offsets = self.0.iter();
        offsets
            .filter_map(|(partition, assigned)| Some((partition.clone(), assigned.offsets.to_commit()?)))
            .collect()
    }

    /// It is committed.
    pub(super) fn committed(&mut self, partition: &Partition, next: u64) {
        if let Some(assigned) = self.0.get_mut(partition) {
            assigned.offsets.committed(next);
        }
    }
}

impl Assigned {
    fn is_full(&self, config: &ConsumerConfig) -> bool {
        self.offsets.unfinished() >= config.prefetch || self.offsets.window() >= config.commit_window
    }

    fn is_half_empty(&self, config: &ConsumerConfig) -> bool {
        self.offsets.unfinished() <= config.prefetch / 2 && self.offsets.window() <= config.commit_window / 2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position(number: u32, offset: u64) -> Position {
        Position {
            partition: Partition::new("t", number),
            offset,
        }
    }

    #[test]
    fn a_full_partition_is_paused_alone_and_resumed_half_empty() {
        let config = ConsumerConfig::new("c").with_prefetch(4);
        let (full, other) = (Partition::new("t", 0), Partition::new("t", 1));
        let mut partitions = Partitions::default();
        partitions.assigned(&[full.clone(), other]);
        for offset in 0..4 {
            partitions.received(&position(0, offset));
        }
        assert_eq!(
            partitions.back_pressure(&config, false),
            (vec![full.clone()], vec![])
        );
        partitions.done(&position(0, 0));
        assert_eq!(partitions.back_pressure(&config, false), (vec![], vec![]));
        partitions.done(&position(0, 3));
        assert_eq!(partitions.back_pressure(&config, false), (vec![], vec![full]));
    }

    #[test]
    fn what_cannot_be_committed_yet_fills_a_partition_too() {
        let config = ConsumerConfig::new("c").with_prefetch(10).with_commit_window(10);
        let mut partitions = Partitions::default();
        for offset in 0..10 {
            partitions.received(&position(0, offset));
        }
        for offset in 1..10 {
            partitions.done(&position(0, offset));
        }
        assert!(partitions.is_full(&Partition::new("t", 0), &config));
        assert!(partitions.to_commit().is_empty());
    }

    #[test]
    fn a_pause_of_the_consumer_pauses_all_and_its_end_resumes_those_that_have_room() {
        let config = ConsumerConfig::new("c").with_prefetch(2);
        let (full, empty) = (Partition::new("t", 0), Partition::new("t", 1));
        let mut partitions = Partitions::default();
        partitions.assigned(&[full.clone(), empty.clone()]);
        partitions.received(&position(0, 0));
        partitions.received(&position(0, 1));
        assert_eq!(
            partitions.back_pressure(&config, true),
            (vec![full, empty.clone()], vec![])
        );
        assert_eq!(partitions.back_pressure(&config, false), (vec![], vec![empty]));
    }

    #[test]
    fn what_is_done_after_its_partition_is_gone_is_not_committed() {
        let mut partitions = Partitions::default();
        partitions.received(&position(0, 0));
        partitions.gone(&[Partition::new("t", 0)]);
        partitions.done(&position(0, 0));
        assert!(partitions.to_commit().is_empty());
    }
}
