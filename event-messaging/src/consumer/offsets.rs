use std::collections::VecDeque;

/// Which records of a partition are done, and up to which offset all are: only that may be committed.
///
/// Pure. Offsets come in ascending order and may have holes, as those of a compacted log have.
#[derive(Debug, Default)]
pub(super) struct Offsets {
    /// The records from the first that is not done on, in order.
    window: VecDeque<Received>,
    unfinished: usize,
    /// Everything below is done.
    done_below: Option<u64>,
    committed: Option<u64>,
    /// The lowest offset that may come next.
    next: u64,
}

#[derive(Debug)]
struct Received {
    offset: u64,
    is_done: bool,
}

impl Offsets {
    /// A record came. `false` when it came before, and is in the window or done.
    pub(super) fn received(&mut self, offset: u64) -> bool {
        if offset < self.next {
            return false;
        }
        self.next = offset + 1;
        self.window.push_back(Received {
            offset,
            is_done: false,
        });
        self.unfinished += 1;
        true
    }

    /// A record is done. One that never came changes nothing.
    pub(super) fn done(&mut self, offset: u64) {
        let Ok(index) = self.window.binary_search_by_key(&offset, |record| record.offset) else {
            return;
        };
        let record = &mut self.window[index];
        if !std::mem::replace(&mut record.is_done, true) {
            self.unfinished -= 1;
        }
        while self.window.front().is_some_and(|first| first.is_done)
            && let Some(first) = self.window.pop_front()
        {
            self.done_below = Some(first.offset + 1);
        }
    }

    /// The offset to commit, if there is more to commit than was.
    pub(super) fn to_commit(&self) -> Option<u64> {
        self.done_below.filter(|below| Some(*below) != self.committed)
    }

    /// Everything below `next` is committed.
    pub(super) fn committed(&mut self, next: u64) {
        self.committed = Some(next);
    }

    /// How many records came and are not done.
    pub(super) fn unfinished(&self) -> usize {
        self.unfinished
    }

    /// How many records came and may not be committed yet, done or not.
    pub(super) fn window(&self) -> usize {
        self.window.len()
    }

    #[cfg(test)]
    fn done_below(&self) -> Option<u64> {
        self.done_below
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn received(offsets: impl IntoIterator<Item = u64>) -> Offsets {
        let mut tracker = Offsets::default();
        for offset in offsets {
            assert!(tracker.received(offset));
        }
        tracker
    }

    #[test]
    fn nothing_is_committed_before_something_is_done() {
        assert_eq!(received([4, 5]).to_commit(), None);
    }

    #[test]
    fn a_record_that_is_not_done_holds_back_those_behind_it() {
        let mut offsets = received(4..=7);
        offsets.done(6);
        offsets.done(5);
        assert_eq!(offsets.to_commit(), None);
        assert_eq!((offsets.unfinished(), offsets.window()), (2, 4));
        offsets.done(4);
        assert_eq!(offsets.to_commit(), Some(7));
        assert_eq!((offsets.unfinished(), offsets.window()), (1, 1));
    }

    #[test]
    fn holes_are_no_obstacle() {
        let mut offsets = received([10, 17, 90]);
        offsets.done(17);
        offsets.done(10);
        assert_eq!(offsets.to_commit(), Some(18));
        offsets.done(90);
        assert_eq!(offsets.to_commit(), Some(91));
    }

    #[test]
    fn what_is_committed_is_not_committed_again() {
        let mut offsets = received(0..=1);
        offsets.done(0);
        offsets.committed(1);
        assert_eq!(offsets.to_commit(), None);
        offsets.done(1);
        assert_eq!(offsets.to_commit(), Some(2));
    }

    #[test]
    fn a_record_that_came_before_is_no_news() {
        let mut offsets = received(3..=4);
        assert!(!offsets.received(3) && !offsets.received(4));
        assert_eq!(offsets.window(), 2);
    }

    #[test]
    fn doing_twice_counts_once() {
        let mut offsets = received(0..=2);
        offsets.done(1);
        offsets.done(1);
        offsets.done(99);
        assert_eq!((offsets.unfinished(), offsets.to_commit()), (2, None));
    }

    #[test]
    fn whatever_the_order_the_committed_offset_is_that_of_the_first_that_is_not_done() {
        let mut random = fastrand::Rng::with_seed(11);
        for _ in 0..200 {
            let mut tracker = received(0..30);
            let mut order: Vec<u64> = (0..30).collect();
            random.shuffle(&mut order);
            for (count, offset) in order.iter().enumerate() {
                tracker.done(*offset);
                let done = &order[..=count];
                let first_open = (0..=30).find(|offset| !done.contains(offset));
                assert_eq!(tracker.done_below().unwrap_or(0), first_open.unwrap());
            }
        }
    }
}
