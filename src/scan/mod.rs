//! QR codes in pictures: photos, scanned sheets, frames of a camera, pages of PDF documents. Knows pixels and characters, not their meaning.
//!
//! rxing finds the codes, corrects the perspective and the errors; this room chooses the pictures to search. Texts are
//! decoded in alphanumeric mode only: the other modes would add the tables of all character sets.

#[cfg(feature = "pdf")]
pub mod pdf;
mod picture;
mod text;

use rxing::common::{DetectorRXingResult, HybridBinarizer};
use rxing::qrcode::cpp_port::detector::{FindFinderPatterns, GenerateFinderPatternSets, SampleQR};
use rxing::{Binarizer, Luma8Source};

pub use picture::{PIXELS_LIMIT, Picture, grey};

/// How thoroughly a picture is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// For a frame of a camera: the next one comes at once.
    Quick,
    /// For a single photo or scanned sheet.
    Thorough,
}

/// Why a picture is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScanError {
    /// It has no pixels, or their number does not fit width and height.
    #[error("the picture has not as many pixels as its sides say")]
    NoPicture,
}

/// The texts of all codes in a picture, each once, in the order in which they were found. A code that holds anything but
/// one alphanumeric text (ISO/IEC 18004, 7.4.4) is passed over; no code of ours does.
///
/// A thorough search looks at the picture, and at half and a quarter of its size, where noise and raster dots even
/// out. Uses less than six times [`PIXELS_LIMIT`] bytes.
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
        let Some(text) = SampleQR(cells, &set).ok().and_then(|code| text::read(code.getBits()))
        else {
            continue;
        };
        used.extend(own);
        if !found.contains(&text) {
            found.push(text);
        }
    }
}
