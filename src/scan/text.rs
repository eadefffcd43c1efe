//! Decodes the cells of a code.

use rxing::common::{BitMatrix, BitSource};
use rxing::qrcode::cpp_port::decoder::{CorrectErrors, ToAlphaNumericChar};
use rxing::qrcode::decoder::{BitMatrixParser, DataBlock};

/// The alphanumeric mode, and the end of the text (ISO/IEC 18004, table 2).
const ALPHANUMERIC: u32 = 0b0010;
const END: u32 = 0;
/// Bits of a mode.
const MODE: usize = 4;

/// The text of a code; `None` where it is beyond correction or in another mode.
pub(super) fn read(cells: &BitMatrix) -> Option<String> {
    let mut parser = BitMatrixParser::new(cells.clone()).ok()?;
    let version = parser.readVersion().ok()?;
    let level = parser.readFormatInformation().ok()?.error_correction_level;
    let codewords = parser.readCodewords().ok()?;
    let blocks = DataBlock::getDataBlocks(&codewords, version, level).ok()?;
    let mut data = Vec::new();
    for block in &blocks {
        let mut codewords = block.getCodewords().to_vec();
        let count = block.getNumDataCodewords();
        CorrectErrors(&mut codewords, count).ok()?;
        data.extend_from_slice(codewords.get(..usize::try_from(count).ok()?)?);
    }
    // Bits of a count of characters (table 3).
    let bits = match version.getVersionNumber() {
        ..10 => 9,
        10..27 => 11,
        _ => 13,
    };
    let mut source = BitSource::new(&data);
    let mut text = String::new();
    while source.available() >= MODE {
        match source.readBits(MODE).ok()? {
            ALPHANUMERIC => characters(&mut source, bits, &mut text)?,
            END => break,
            _ => return None,
        }
    }
    (!text.is_empty()).then_some(text)
}

/// Characters in pairs of eleven bits, and the last one alone in six (7.4.4).
fn characters(source: &mut BitSource, bits: usize, text: &mut String) -> Option<()> {
    let mut left = source.readBits(bits).ok()?;
    while left >= 2 {
        let pair = source.readBits(11).ok()?;
        text.push(ToAlphaNumericChar(pair / 45).ok()?);
        text.push(ToAlphaNumericChar(pair % 45).ok()?);
        left -= 2;
    }
    if left == 1 {
        text.push(ToAlphaNumericChar(source.readBits(6).ok()?).ok()?);
    }
    Some(())
}
