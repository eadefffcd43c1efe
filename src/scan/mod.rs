//! QR codes in pictures: photos, scanned sheets, frames of a camera. Knows squares and pixels, not what they say.

mod decode;
mod finder;
mod grid;
mod mend;
mod picture;

use decode::Cells;
use finder::Finder;
use grid::Corners;
use picture::Bits;
pub use picture::{PIXELS_LIMIT, Picture, grey};

/// Most places of a picture at which a code is tried.
const TRIES: usize = 300;

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

/// The texts of all codes in a picture, each once, in the order in which they were found. What a code holds that is no
/// text of ASCII is passed over; no code of ours does.
///
/// A thorough look is taken at the picture, at its half, where noise and the dots of a copy even out, and at its
/// quarter. Uses less than six times [`PIXELS_LIMIT`] bytes.
pub fn codes(picture: &Picture, care: Care) -> Vec<String> {
    let mut found = Vec::new();
    look(picture, &mut found);
    if care == Care::Thorough {
        let half = picture.half();
        look(&half, &mut found);
        look(&half.half(), &mut found);
    }
    found
}

fn look(picture: &Picture, found: &mut Vec<String>) {
    let bits = picture.bits();
    let finders = finder::find(&bits);
    let mut used = vec![false; finders.len()];
    for (places, corners) in likely(&bits, &finders) {
        if places.iter().any(|place| used[*place]) {
            continue;
        }
        let Some(text) = grid::grids(&bits, &corners).find_map(text) else {
            continue;
        };
        places.iter().for_each(|place| used[*place] = true);
        if !found.contains(&text) {
            found.push(text);
        }
    }
}

/// Three squares each that may belong together, the most likely first.
fn likely(bits: &Bits, finders: &[Finder]) -> Vec<([usize; 3], Corners)> {
    let mut all = Vec::new();
    for (place, corner) in finders.iter().enumerate() {
        for (first, a) in finders.iter().enumerate() {
            for (second, b) in finders.iter().enumerate().skip(first + 1) {
                if first != place
                    && second != place
                    && let Some(corners) = grid::corners(bits, corner, a, b)
                {
                    all.push(([place, first, second], corners));
                }
            }
        }
    }
    all.sort_by(|(_, a), (_, b)| a.doubt.total_cmp(&b.doubt));
    all.truncate(TRIES);
    all
}

fn text(cells: Cells) -> Option<String> {
    let text = String::from_utf8(cells.read()?).ok()?;
    text.is_ascii().then_some(text)
}
