//! A binary range coder with adaptive probabilities, as in LZMA: a likely bit costs a fraction of a bit. Integers
//! only, so that every device writes the same link.

/// Bits of a probability.
const SCALE: u32 = 11;
/// How fast a probability adapts: by one sixteenth of the difference.
const PACE: u32 = 4;
/// Below this a byte is written.
const TOP: u32 = 1 << 24;

/// The probability that the next bit of a kind is `false`, in 1/2048.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BitModel(u16);

impl Default for BitModel {
    fn default() -> BitModel {
        BitModel(1 << (SCALE - 1))
    }
}

impl BitModel {
    fn bound(self, range: u32) -> u32 {
        (range >> SCALE) * u32::from(self.0)
    }

    fn learn(&mut self, bit: bool) {
        if bit {
            self.0 -= self.0 >> PACE;
        } else {
            self.0 += ((1 << SCALE) - self.0) >> PACE;
        }
    }
}

/// Writes bits, or reads them: the same calls do both.
pub(super) trait Coder {
    /// Writes `bit` and gives it back, or reads a bit.
    fn code(&mut self, model: &mut BitModel, bit: bool) -> bool;
}

/// Writes.
pub(super) struct Writer {
    low: u64,
    range: u32,
    bytes: Vec<u8>,
}

impl Default for Writer {
    fn default() -> Writer {
        Writer { low: 0, range: u32::MAX, bytes: Vec::new() }
    }
}

impl Writer {
    /// Propagates a carry into the bytes that were written.
    fn carry(&mut self) {
        for byte in self.bytes.iter_mut().rev() {
            let (sum, over) = byte.overflowing_add(1);
            *byte = sum;
            if !over {
                break;
            }
        }
    }

    fn shift(&mut self) {
        if self.low >= 1 << 32 {
            self.carry();
        }
        self.bytes.push((self.low >> 24) as u8);
        self.low = (self.low & 0x00FF_FFFF) << 8;
    }

    /// The bytes, without trailing zeros, which a reader supplies by itself.
    pub(super) fn finish(mut self) -> Vec<u8> {
        // Of all numbers in the final interval, the one with the most trailing zeros.
        let end = self.low + u64::from(self.range);
        let rounded = (0..32).rev().find_map(|zeros| {
            let up = self.low.div_ceil(1 << zeros) << zeros;
            (up < end).then_some(up)
        });
        self.low = rounded.unwrap_or(self.low);
        for _ in 0..4 {
            self.shift();
        }
        while self.bytes.last() == Some(&0) {
            self.bytes.pop();
        }
        self.bytes
    }
}

impl Coder for Writer {
    fn code(&mut self, model: &mut BitModel, bit: bool) -> bool {
        let bound = model.bound(self.range);
        if bit {
            self.low += u64::from(bound);
            self.range -= bound;
        } else {
            self.range = bound;
        }
        model.learn(bit);
        while self.range < TOP {
            self.range <<= 8;
            self.shift();
        }
        bit
    }
}

/// Reads; after the last byte come zeros without end.
pub(super) struct Reader<'a> {
    code: u32,
    range: u32,
    bytes: std::slice::Iter<'a, u8>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Reader<'a> {
        let mut reader = Reader { code: 0, range: u32::MAX, bytes: bytes.iter() };
        for _ in 0..4 {
            reader.shift();
        }
        reader
    }

    fn shift(&mut self) {
        let next = self.bytes.next().copied().unwrap_or_default();
        self.code = self.code << 8 | u32::from(next);
    }
}

impl Coder for Reader<'_> {
    fn code(&mut self, model: &mut BitModel, _: bool) -> bool {
        let bound = model.bound(self.range);
        let bit = self.code >= bound;
        if bit {
            self.code -= bound;
            self.range -= bound;
        } else {
            self.range = bound;
        }
        model.learn(bit);
        while self.range < TOP {
            self.range <<= 8;
            self.shift();
        }
        bit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bits that are set as often as asked, the same for the same seed.
    fn bits(seed: u32, count: usize, one_in: u32) -> Vec<bool> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8).is_multiple_of(one_in)
        };
        (0..count).map(|_| next()).collect()
    }

    #[test]
    fn what_is_written_is_read() {
        for one_in in [1, 2, 3, 10, 1000] {
            for count in [0, 1, 2, 7, 100, 5000] {
                let all = bits(count as u32 + one_in, count, one_in);
                let mut writer = Writer::default();
                let mut models = [BitModel::default(); 3];
                for (index, bit) in all.iter().enumerate() {
                    writer.code(&mut models[index % 3], *bit);
                }
                let bytes = writer.finish();
                let mut reader = Reader::new(&bytes);
                let mut models = [BitModel::default(); 3];
                let read = (0..count).map(|index| reader.code(&mut models[index % 3], false));
                assert_eq!(read.collect::<Vec<_>>(), all, "{one_in} {count}");
            }
        }
    }

    #[test]
    fn what_is_likely_costs_little() {
        let mut writer = Writer::default();
        let mut model = BitModel::default();
        for _ in 0..1000 {
            writer.code(&mut model, true);
        }
        assert!(writer.finish().len() < 16);
    }
}
