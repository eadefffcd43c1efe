//! A portable random number generator: SplitMix64, seeded by a digest.

use crate::value::Digest;

/// A stream of numbers. Not for secrets: the seed is public.
///
/// SplitMix64 (Steele, Lea, Flood: *Fast splittable pseudorandom number generators*, 2014): a
/// counter that grows by the golden ratio, each value of it mixed by two multiplications.
pub(super) struct Generator {
    start: Digest,
    state: u64,
}

impl Generator {
    /// The stream of one part of one sample.
    pub(super) fn new(pack: &Digest, seed: u64, number: u64, part: &str) -> Generator {
        let start =
            Digest::of_bytes(format!("bontot sample {pack} {seed} {number} {part}").as_bytes());
        let state =
            start.bytes().iter().take(8).fold(0, |state, byte| state << 8 | u64::from(*byte));
        Generator { start, state }
    }

    /// The 32 bytes of the seed, for ids and for the keys of samples.
    pub(super) fn bytes(&self) -> [u8; 32] {
        *self.start.bytes()
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`; 0 where `end` is 0.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        // The high half of the product spreads the 64 bits over the range without a division.
        ((u128::from(self.next()) * u128::from(end)) >> 64) as u64
    }

    /// A number from `min` to `max`, both included; `min` where `max` is smaller.
    pub(super) fn between(&mut self, min: i64, max: i64) -> i64 {
        let numbers = max.saturating_sub(min).saturating_add(1);
        let step = self.below(u64::try_from(numbers).unwrap_or(0));
        min.saturating_add(i64::try_from(step).unwrap_or(0))
    }

    /// True with this probability, in per cent.
    pub(super) fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of some values; `None` where there are none.
    pub(super) fn pick<'a, T>(&mut self, values: &'a [T]) -> Option<&'a T> {
        let index = self.below(values.len() as u64);
        values.get(usize::try_from(index).ok()?)
    }

    /// One of some phrases.
    pub(super) fn phrase(&mut self, phrases: &[&str]) -> String {
        self.pick(phrases).copied().unwrap_or_default().to_owned()
    }

    /// Puts values into a random order (Fisher and Yates).
    pub(super) fn shuffle<T>(&mut self, values: &mut [T]) {
        for last in (1..values.len()).rev() {
            let index = self.below(last as u64 + 1);
            values.swap(last, usize::try_from(index).unwrap_or(last));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_splitmix64() {
        let start = Digest::of_bytes(b"");
        let mut generator = Generator { start, state: 1_234_567 };
        let first: Vec<_> = (0..3).map(|_| generator.next()).collect();
        assert_eq!(
            first,
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }

    #[test]
    fn a_range_is_never_left() {
        let mut generator = Generator::new(&Digest::of_bytes(b""), 1, 1, "test");
        for _ in 0..1000 {
            assert!((3..=5).contains(&generator.between(3, 5)));
            assert_eq!(generator.between(7, 7), 7);
            assert_eq!(generator.between(7, 3), 7);
            assert_eq!(generator.below(0), 0);
        }
        assert_eq!(generator.pick::<u8>(&[]), None);
    }
}
