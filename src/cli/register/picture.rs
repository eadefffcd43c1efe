//! Pictures of forms on paper: PNG and JPEG, as scanners and telephones write them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::{ImageReader, Limits};

use crate::scan::{Care, Picture, codes, grey};
use crate::share::{Collected, Collector, PartialFile, file_mark};

/// The most bytes of a picture.
pub(super) const PICTURE_LIMIT: usize = 64 << 20;
/// The most bytes that a picture may take when it is unpacked: A4 at 600 dpi in colour takes 105 million.
const PIXELS_LIMIT: u64 = 256 << 20;
/// How PNG and JPEG begin.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const JPEG: &[u8] = b"\xff\xd8\xff";

/// Is it a picture?
pub(super) fn is_picture(bytes: &[u8]) -> bool {
    bytes.starts_with(PNG) || bytes.starts_with(JPEG)
}

/// The texts of the codes in a picture.
///
/// # Errors
/// Why there are none, in words.
pub(super) fn texts(bytes: &[u8]) -> Result<Vec<String>, String> {
    // Decoders of pictures and codes are large, and the picture is anybody's: a panic in them costs one row.
    let searched = catch_unwind(AssertUnwindSafe(|| search(bytes)));
    let found = searched.unwrap_or_else(|_| Err("the picture cannot be searched".to_owned()))?;
    if found.is_empty() {
        return Err("no code of a form was found in the picture".to_owned());
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

/// Pictures with codes, until all are there: a form may be spread over several.
#[derive(Default)]
pub(super) struct Pictures(BTreeMap<String, Vec<String>>);

impl Pictures {
    /// Takes the texts of a picture.
    pub(super) fn add(&mut self, name: String, texts: Vec<String>) {
        self.0.insert(name, texts);
    }

    /// The file that each picture shows, or a part of it; why not, where it shows none. A picture of two forms is
    /// there twice. The order in which pictures came does not count.
    pub(super) fn files(self) -> Vec<(String, Result<Vec<u8>, String>)> {
        let mut forms: BTreeMap<&str, (BTreeSet<&str>, Vec<&str>)> = BTreeMap::new();
        let mut files = Vec::new();
        for (name, texts) in &self.0 {
            let mut is_ours = false;
            for text in texts {
                if let Some(mark) = file_mark(text) {
                    let (names, parts) = forms.entry(mark).or_default();
                    names.insert(name);
                    parts.push(text);
                    is_ours = true;
                }
            }
            if !is_ours {
                // Why the first of them is refused.
                let why = texts.iter().find_map(|text| Collector::default().take(text).err());
                let why = why.map(|error| error.to_string()).unwrap_or_default();
                files.push((name.clone(), Err(why)));
            }
        }
        for (names, parts) in forms.into_values() {
            let file = collected(&parts);
            files.extend(names.into_iter().map(|name| (name.to_owned(), file.clone())));
        }
        files
    }
}

/// The file of which these are parts.
fn collected(parts: &[&str]) -> Result<Vec<u8>, String> {
    let mut collector = Collector::default();
    let mut refused = None;
    for text in parts {
        match collector.take(text) {
            Ok(Collected::Whole(file)) => return Ok(file),
            Ok(Collected::New | Collected::Known) => {}
            Err(error) => refused = Some(error.to_string()),
        }
    }
    let missing = collector.partial();
    Err(refused.or(missing.first().map(told)).unwrap_or_default())
}

fn told(partial: &PartialFile) -> String {
    let missing: Vec<String> = partial.missing.iter().map(usize::to_string).collect();
    format!("of {} codes of the form these are missing: {}", partial.count, missing.join(", "))
}
