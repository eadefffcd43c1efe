//! What the cells of a code say (ISO/IEC 18004): which of them are data, what was lost of it, and its text.

use crate::scan::grid::lines;
use crate::scan::mend::mend;

/// Codewords for mending in each block, by level as the format says it (M, L, H, Q) and by version from 1 (table 9).
const MENDING: [[u8; 40]; 4] = [
    [
        10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28,
        28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
    ],
    [
        7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30,
        30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
    [
        17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28, 30, 24, 30,
        30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
    [
        13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30, 30,
        30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
];
/// Blocks, by level and version likewise.
const BLOCKS: [[u8; 40]; 4] = [
    [
        1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23,
        25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
    ],
    [
        1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13,
        14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25,
    ],
    [
        1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25, 25, 34, 30, 32, 35,
        37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81,
    ],
    [
        1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23, 25, 27, 29,
        34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68,
    ],
];
/// The characters of the alphanumeric mode.
const CHARACTERS: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// The cells of a code: a square of them.
#[derive(Clone, Debug)]
pub(super) struct Cells {
    side: usize,
    dark: Vec<bool>,
}

impl Cells {
    /// Cells by what a function says of each column and row.
    pub(super) fn new(side: usize, dark: impl Fn(usize, usize) -> bool) -> Cells {
        let places = (0..side).flat_map(|y| (0..side).map(move |x| (x, y)));
        Cells {
            side,
            dark: places.map(|(x, y)| dark(x, y)).collect(),
        }
    }

    fn at(&self, x: usize, y: usize) -> bool {
        self.dark[y * self.side + x]
    }

    /// The bytes of the text; `None` where the cells are no code, or too much of it is lost.
    pub(super) fn read(&self) -> Option<Vec<u8>> {
        let version = self.side.checked_sub(17)? / 4;
        let is_code = (1..=40).contains(&version) && version * 4 + 17 == self.side;
        let (level, mask) = is_code.then(|| self.format())??;
        let data = blocks(version, level, &self.codewords(version, mask))?;
        text(version, &data)
    }

    /// The level and the mask, of which each code tells twice.
    fn format(&self) -> Option<(usize, usize)> {
        let side = self.side;
        let first: [(usize, usize); 15] = std::array::from_fn(|bit| match bit {
            0..6 => (8, bit),
            6..8 => (8, bit + 1),
            8 => (7, 8),
            _ => (14 - bit, 8),
        });
        let second: [(usize, usize); 15] = std::array::from_fn(|bit| match bit {
            0..8 => (side - 1 - bit, 8),
            _ => (8, side + bit - 15),
        });
        let read = |places: [(usize, usize); 15]| {
            let bits = places.iter().enumerate();
            bits.fold(0u32, |word, (bit, (x, y))| {
                word | u32::from(self.at(*x, *y)) << bit
            })
        };
        let words = [read(first), read(second)];
        // Two of them differ in seven bits or more: up to three wrong ones are mended.
        let off = |format: u32| words.map(|word| (word ^ word_of(format)).count_ones());
        let off = |format: &u32| off(*format).into_iter().min().unwrap_or(u32::MAX);
        let best = (0..32).min_by_key(off).filter(|best| off(best) <= 3)?;
        Some((best as usize >> 3, best as usize & 7))
    }

    /// The codewords as they lie in the code, from the lower right corner up and down in columns of two.
    fn codewords(&self, version: usize, mask: usize) -> Vec<u8> {
        let side = self.side;
        let squares = if version > 1 { lines(side) } else { Vec::new() };
        let is_fixed = |x: usize, y: usize| {
            let near = |at: usize| squares.iter().position(|square| at.abs_diff(*square) <= 2);
            let small = match (near(x), near(y)) {
                (Some(column), Some(row)) => {
                    let last = squares.len() - 1;
                    ![(0, 0), (0, last), (last, 0)].contains(&(column, row))
                }
                _ => false,
            };
            let large = (x < 9 && (y < 9 || y >= side - 8)) || (x >= side - 8 && y < 9);
            let is_told = |a: usize, b: usize| a < 6 && (side - 11..side - 8).contains(&b);
            let of_version = version >= 7 && (is_told(x, y) || is_told(y, x));
            small || large || x == 6 || y == 6 || of_version
        };
        let (mut words, mut word, mut bits) = (Vec::new(), 0u8, 0);
        let columns = (8..side).rev().step_by(2).chain([5, 3, 1]);
        for right in columns {
            for step in 0..side {
                let is_upward = (right + 1) & 2 == 0;
                let y = if is_upward { side - 1 - step } else { step };
                for x in [right, right - 1] {
                    if is_fixed(x, y) {
                        continue;
                    }
                    word = word << 1 | u8::from(self.at(x, y) != is_masked(mask, x, y));
                    bits += 1;
                    if bits == 8 {
                        words.push(word);
                        (word, bits) = (0, 0);
                    }
                }
            }
        }
        words
    }
}

/// The fifteen bits that stand for a level and a mask.
fn word_of(format: u32) -> u32 {
    let rest = (0..10).fold(format, |rest, _| (rest << 1) ^ ((rest >> 9) * 0x537));
    (format << 10 | rest) ^ 0x5412
}

fn is_masked(mask: usize, x: usize, y: usize) -> bool {
    0 == match mask {
        0 => (x + y) % 2,
        1 => y % 2,
        2 => x % 3,
        3 => (x + y) % 3,
        4 => (x / 3 + y / 2) % 2,
        5 => x * y % 2 + x * y % 3,
        6 => (x * y % 2 + x * y % 3) % 2,
        _ => ((x + y) % 2 + x * y % 3) % 2,
    }
}

/// The data of all blocks, mended; they lie in the code a codeword of each after the other.
fn blocks(version: usize, level: usize, words: &[u8]) -> Option<Vec<u8>> {
    let count = usize::from(*BLOCKS.get(level)?.get(version - 1)?);
    let mending = usize::from(*MENDING.get(level)?.get(version - 1)?);
    let short = words.len() / count;
    let shorts = count - words.len() % count;
    let data = short.checked_sub(mending)?;
    let mut blocks = vec![Vec::new(); count];
    let mut words = words.iter();
    // The last codeword of data is missing in the short blocks.
    let places = (0..=data).flat_map(|place| (0..count).map(move |block| (place, block)));
    for (_, block) in places.filter(|(place, block)| *place < data || *block >= shorts) {
        blocks[block].push(*words.next()?);
    }
    for _ in 0..mending {
        for block in &mut blocks {
            block.push(*words.next()?);
        }
    }
    let mut all = Vec::new();
    for mut block in blocks {
        mend(&mut block, mending)?;
        block.truncate(block.len() - mending);
        all.append(&mut block);
    }
    Some(all)
}

/// Reads bits, the highest of each byte first.
struct Stream<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Stream<'_> {
    fn left(&self) -> usize {
        (self.bytes.len() * 8).saturating_sub(self.at)
    }

    fn take(&mut self, count: usize) -> Option<usize> {
        let until = self.at + count;
        let mut value = 0;
        for at in self.at..until {
            let byte = *self.bytes.get(at / 8)?;
            value = value << 1 | usize::from(byte >> (7 - at % 8) & 1);
        }
        self.at = until;
        Some(value)
    }
}

/// The bytes of a text from its data; `None` where it is in a way that no code of ours is.
fn text(version: usize, data: &[u8]) -> Option<Vec<u8>> {
    let mut bits = Stream { bytes: data, at: 0 };
    let mut text = Vec::new();
    let length = |small: usize, middle: usize, large: usize| match version {
        ..=9 => small,
        10..=26 => middle,
        _ => large,
    };
    let character = |value: usize| CHARACTERS.get(value).copied();
    while bits.left() >= 4 {
        match bits.take(4)? {
            0 => break,
            1 => {
                let mut left = bits.take(length(10, 12, 14))?;
                while left > 0 {
                    let digits = left.min(3);
                    let value = bits.take(digits * 3 + 1)?;
                    for place in (0..digits).rev() {
                        let own = value / [1, 10, 100][place];
                        text.push(character(own % 10)?);
                    }
                    left -= digits;
                }
            }
            2 => {
                let mut left = bits.take(length(9, 11, 13))?;
                while left > 1 {
                    let pair = bits.take(11)?;
                    text.extend([character(pair / 45)?, character(pair % 45)?]);
                    left -= 2;
                }
                if left == 1 {
                    text.push(character(bits.take(6)?)?);
                }
            }
            4 => {
                for _ in 0..bits.take(length(8, 16, 16))? {
                    text.push(bits.take(8)? as u8);
                }
            }
            // Which letters the bytes are (ECI): where they are no ASCII the text is passed over anyway.
            7 => {
                let more = match bits.take(8)? {
                    0..0x80 => 0,
                    0x80..0xC0 => 8,
                    _ => 16,
                };
                bits.take(more)?;
            }
            _ => return None,
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};

    const LEVELS: [QrCodeEcc; 4] = [
        QrCodeEcc::Low,
        QrCodeEcc::Medium,
        QrCodeEcc::Quartile,
        QrCodeEcc::High,
    ];

    fn cells(code: &QrCode, is_wrong: impl Fn(usize, usize) -> bool) -> Cells {
        Cells::new(code.size() as usize, |x, y| {
            code.get_module(x as i32, y as i32) != is_wrong(x, y)
        })
    }

    /// Every version, level and mask, with one cell in 250 wrong: each level mends that.
    #[test]
    fn every_kind_of_code_is_read() {
        for version in 1..=40u8 {
            for (place, level) in LEVELS.into_iter().enumerate() {
                for text in ["0123456", "ABC $%/:9", "chữ"] {
                    let own = Version::new(version);
                    let mask = Some(Mask::new((version + place as u8) % 8));
                    let segments = QrSegment::make_segments(text);
                    let code =
                        QrCode::encode_segments_advanced(&segments, level, own, own, mask, false);
                    let code = code.unwrap();
                    let sound = cells(&code, |_, _| false).read();
                    assert_eq!(sound.as_deref(), Some(text.as_bytes()), "{version} {place}");
                    let dust =
                        |x: usize, y: usize| (x * 7 + y * 13 + place).is_multiple_of(250) && x > 8;
                    let dusty = cells(&code, dust).read();
                    assert_eq!(dusty.as_deref(), Some(text.as_bytes()), "{version} {place}");
                }
            }
        }
    }

    #[test]
    fn what_is_no_code_is_none() {
        for side in [0, 1, 16, 17, 20, 21, 23, 25, 177, 181] {
            for dark in [true, false] {
                let read = Cells::new(side, |_, _| dark).read();
                assert!(read.is_none_or(|text| text.is_empty()), "{side} {dark}");
            }
        }
        let code = QrCode::encode_text("BT1:1/1:", QrCodeEcc::Medium).unwrap();
        // More is lost than the level mends.
        let torn = cells(&code, |x, y| x > 9 && y > 9 && (x + y) % 2 == 0);
        assert_eq!(torn.read(), None);
    }
}
