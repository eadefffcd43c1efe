//! QR codes in pictures: photos, scanned sheets, frames of a camera. Knows pixels and characters, not what they say.
//!
//! rxing finds the codes, sees how the paper lies and mends what was lost; what is ours is which picture it is shown. Of
//! its reading of texts only the alphanumeric one is taken: the others bring the tables of all character sets with them.

mod picture;
mod text;

use std::fmt;

use rxing::common::{DetectorRXingResult, HybridBinarizer};
use rxing::qrcode::cpp_port::detector::{FindFinderPatterns, GenerateFinderPatternSets, SampleQR};
use rxing::{Binarizer, Luma8Source};

pub use picture::{PIXELS_LIMIT, Picture, grey};

/// How much time a picture is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// A frame of a camera: the next one comes at once.
    Quick,
    /// A photo or a scanned sheet, of which there is only the one.
    Thorough,
}

/// Why a picture is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScanError {
    /// It has no pixels, or not as many as its sides say.
    NoPicture,
}

impl fmt::Display for ScanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ScanError::NoPicture => "the picture has not as many pixels as its sides say",
        })
    }
}

impl std::error::Error for ScanError {}

/// The texts of all codes in a picture, each once, in the order in which they were found. A code that holds anything but
/// one alphanumeric text (ISO/IEC 18004, 7.4.4) is passed over; no code of ours does.
///
/// A thorough look is taken at the picture, at its half, where noise and the dots of a copy even out, and at its
/// quarter. Uses less than six times [`PIXELS_LIMIT`] bytes.
pub fn codes(picture: &Picture, care: Care) -> Vec<String> {
    let mut found = Vec::new();
    look(picture, care, &mut found);
    if care == Care::Thorough {
        let half = picture.half();
        look(&half, care, &mut found);
        look(&half.half(), care, &mut found);
    }
    found
}

fn look(picture: &Picture, care: Care, found: &mut Vec<String>) {
    let (grey, width, height) = picture.parts();
    let Ok(source) = Luma8Source::new_with_slice(grey, width, height) else {
        return;
    };
    let binarizer = HybridBinarizer::new(source);
    let Ok(cells) = binarizer.get_black_matrix() else {
        return;
    };
    let mut squares = FindFinderPatterns(cells, care == Care::Thorough, 0);
    let mut used = Vec::new();
    for set in GenerateFinderPatternSets(&mut squares) {
        let own = [set.bl, set.tl, set.tr];
        if own.iter().any(|square| used.contains(square)) {
            continue;
        }
        let Some(text) = SampleQR(cells, &set)
            .ok()
            .and_then(|code| text::read(code.getBits()))
        else {
            continue;
        };
        used.extend(own);
        if !found.contains(&text) {
            found.push(text);
        }
    }
}
