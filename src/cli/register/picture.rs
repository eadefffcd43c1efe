//! Pictures of forms on paper: PNG and JPEG, as scanners and telephones write them.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::{ImageReader, Limits};

use crate::desk::register::NO_CODES;

use crate::scan::{Care, Picture, codes, grey};

/// The most bytes that a picture may take when it is unpacked: A4 at 600 dpi in colour takes 105 million.
const PIXELS_LIMIT: u64 = 256 << 20;

/// The texts of the codes in a picture.
///
/// # Errors
/// Why there are none, in words.
pub(super) fn texts(bytes: &[u8]) -> Result<Vec<String>, String> {
    // Decoders of pictures and codes are large, and the picture is anybody's: a panic in them costs one row.
    let searched = catch_unwind(AssertUnwindSafe(|| search(bytes)));
    let found = searched.unwrap_or_else(|_| Err("the picture cannot be searched".to_owned()))?;
    if found.is_empty() {
        return Err(NO_CODES.to_owned());
    }
    Ok(found)
}

fn search(bytes: &[u8]) -> Result<Vec<String>, String> {
    let refused = |error: &dyn std::fmt::Display| format!("the picture cannot be read: {error}");
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let mut reader = reader.map_err(|error| refused(&error))?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(PIXELS_LIMIT);
    reader.limits(limits);
    let picture = reader.decode().map_err(|error| refused(&error))?;
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    // What shows through is white, as paper is.
    let pixels = if picture.color().has_alpha() {
        grey(picture.into_rgba8().as_raw())
    } else {
        picture.into_luma8().into_flat_samples().samples
    };
    let picture = Picture::new(width, height, pixels).map_err(|error| refused(&error))?;
    Ok(codes(&picture, Care::Thorough))
}
