use std::time::Duration;

/// Latencies below this many microseconds have a bucket each.
const EXACT: u64 = 16;
/// Above, each power of two is cut in eight, so that a bucket is at most an eighth of its value wide.
const PARTS_BITS: u32 = 3;
const PARTS: usize = 1 << PARTS_BITS;
/// Up to 2^37 microseconds, which is a day and a half; longer ones share the last bucket.
const OCTAVES: usize = 33;
const BUCKETS: usize = EXACT as usize + OCTAVES * PARTS;
/// So many latencies are one age; the quantile is that of this age and the one before.
const AGE: u32 = 1_000;
/// Fewer say too little about a quantile.
const ENOUGH: u32 = 100;

/// The latencies of the recent calls, in buckets: recording one costs the same however many there are, and so does
/// a quantile.
#[derive(Debug)]
pub(super) struct Sketch {
    present: Box<Age>,
    previous: Box<Age>,
}

#[derive(Debug)]
struct Age {
    counts: [u32; BUCKETS],
    total: u32,
}

impl Age {
    fn new() -> Box<Self> {
        Box::new(Self {
            counts: [0; BUCKETS],
            total: 0,
        })
    }
}

impl Sketch {
    pub(super) fn new() -> Self {
        Self {
            present: Age::new(),
            previous: Age::new(),
        }
    }

    /// Adds one, and tells how many there are in this age.
    pub(super) fn record(&mut self, latency: Duration) -> u32 {
        if self.present.total == AGE {
            std::mem::swap(&mut self.present, &mut self.previous);
            *self.present = Age {
                counts: [0; BUCKETS],
                total: 0,
            };
        }
        self.present.counts[bucket(latency)] += 1;
        self.present.total += 1;
        self.present.total
    }

    /// The latency that `quantile` of the calls did not exceed, rounded up by at most an eighth; `None` while fewer
    /// than a hundred are known.
    pub(super) fn quantile(&self, quantile: f64) -> Option<Duration> {
        let total = self.present.total + self.previous.total;
        if total < ENOUGH {
            return None;
        }
        let rank = (f64::from(total) * quantile).ceil() as u32;
        let mut seen = 0;
        let counts = self.present.counts.iter().zip(&self.previous.counts);
        let bucket = counts
            .map(|(present, previous)| present + previous)
            .position(|count| {
                seen += count;
                seen >= rank
            });
        bucket.map(upper_end)
    }
}

fn bucket(latency: Duration) -> usize {
    let micros = u64::try_from(latency.as_micros()).unwrap_or(u64::MAX);
    if micros < EXACT {
        return micros as usize;
    }
    let octave = micros.ilog2();
    let part = (micros >> (octave - PARTS_BITS)) as usize & (PARTS - 1);
    let index = EXACT as usize + (octave - EXACT.ilog2()) as usize * PARTS + part;
    index.min(BUCKETS - 1)
}

/// The longest latency of a bucket.
fn upper_end(bucket: usize) -> Duration {
    let Some(above) = bucket.checked_sub(EXACT as usize) else {
        return Duration::from_micros(bucket as u64);
    };
    let shift = (above / PARTS) as u32 + EXACT.ilog2() - PARTS_BITS;
    let next = (PARTS + above % PARTS + 1) as u64;
    Duration::from_micros((next << shift) - 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Strategy, prop_oneof, proptest};
    use proptest::{collection, prop_assert};

    use super::*;

    fn latency() -> impl Strategy<Value = u64> {
        prop_oneof![0..40_u64, 0..100_000_u64, 0..60_000_000_u64]
    }

    proptest! {
        #[test]
        fn a_quantile_is_that_of_the_sorted_latencies_and_at_most_an_eighth_more(
            latencies in collection::vec(latency(), 100..2_000),
            permille in 500..1_000_u32,
        ) {
            let mut sketch = Sketch::new();
            for micros in &latencies {
                sketch.record(Duration::from_micros(*micros));
            }
            let mut sorted = latencies;
            sorted.sort_unstable();
            let quantile = f64::from(permille) / 1_000.0;
            let rank = (sorted.len() as f64 * quantile).ceil() as usize;
            let exact = sorted[rank - 1];
            let told = sketch.quantile(quantile).unwrap().as_micros() as u64;
            prop_assert!(exact <= told && told <= exact + exact / 8, "{told} for {exact}");
        }
    }

    #[test]
    fn too_few_latencies_say_nothing() {
        let mut sketch = Sketch::new();
        for _ in 0..99 {
            sketch.record(Duration::from_millis(1));
        }
        assert_eq!(sketch.quantile(0.95), None);
        sketch.record(Duration::from_millis(1));
        assert!(sketch.quantile(0.95).is_some());
    }

    #[test]
    fn what_was_long_ago_is_forgotten() {
        let mut sketch = Sketch::new();
        for _ in 0..1_000 {
            sketch.record(Duration::from_secs(10));
        }
        for _ in 0..2_000 {
            sketch.record(Duration::from_millis(1));
        }
        assert!(sketch.quantile(0.999).unwrap() < Duration::from_millis(2));
    }

    #[test]
    fn the_longest_latency_has_a_bucket() {
        let mut sketch = Sketch::new();
        for _ in 0..100 {
            sketch.record(Duration::MAX);
        }
        assert!(sketch.quantile(0.5).unwrap() > Duration::from_secs(24 * 60 * 60));
    }
}
