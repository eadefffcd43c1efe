//! Collects the parts of files from their codes: in any order, repeated, of several files.

use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};
use serde::{Deserialize, Serialize};

use crate::json::FILE_LIMIT;
use crate::share::base45;
use crate::share::paper::{MARK, NAME, PARTS_LIMIT, PIECE, PaperError, VERSION, name_of};

/// Most partial files that are kept.
pub const FILES_LIMIT: usize = 4;
/// Most characters of the text of a code: those of the largest piece and its prefix.
pub const TEXT_LIMIT: usize = 16 + (NAME + PIECE).div_ceil(2) * 3;

/// A file of which some parts are still missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartialFile {
    /// How many parts it has.
    pub count: usize,
    /// The numbers of the missing parts, from 1.
    pub missing: Vec<usize>,
}

/// The pieces of one file.
#[derive(Clone, Debug)]
struct Pieces {
    name: [u8; NAME],
    pieces: Vec<Option<Vec<u8>>>,
}

impl Pieces {
    fn is_whole(&self) -> bool {
        self.pieces.iter().all(Option::is_some)
    }

    fn partial(&self) -> PartialFile {
        let parts = self.pieces.iter().enumerate();
        let missing = parts.filter(|(_, piece)| piece.is_none());
        PartialFile {
            count: self.pieces.len(),
            missing: missing.map(|(index, _)| index + 1).collect(),
        }
    }

    /// The file, from all of its parts.
    fn file(&self) -> Result<Vec<u8>, PaperError> {
        let packed: Vec<_> = self.pieces.iter().flatten().flatten().copied().collect();
        let file =
            decompress_to_vec_with_limit(&packed, FILE_LIMIT).map_err(|error| {
                match error.status {
                    TINFLStatus::HasMoreOutput => PaperError::TooLarge,
                    _ => PaperError::NotDeflate,
                }
            })?;
        if name_of(&file) == self.name { Ok(file) } else { Err(PaperError::DigestDiffers) }
    }
}

/// The result of a code that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Collected {
    /// A part that was missing.
    New,
    /// A part that was read before.
    Known,
    /// The last missing part: the file, byte for byte.
    Whole(Vec<u8>),
}

/// Puts files together from the texts of their codes.
///
/// For any input it keeps at most [`FILES_LIMIT`] × [`PARTS_LIMIT`] pieces, 380 KB, and takes less than 5 MiB
/// more while it unpacks a file; a test holds it to 6 MiB.
#[derive(Clone, Debug, Default)]
pub struct Collector {
    files: Vec<Pieces>,
}

impl Collector {
    /// The files with missing parts; the one that grew last is at the end.
    pub fn partial(&self) -> Vec<PartialFile> {
        self.files.iter().map(Pieces::partial).collect()
    }

    /// Takes the text of a code.
    ///
    /// # Errors
    /// The code is refused. What was collected stays, except where all parts of a file are there but do not give
    /// the file: they are dropped, so that they can be read again.
    pub fn take(&mut self, text: &str) -> Result<Collected, PaperError> {
        let part = Part::read(text)?;
        let at = self.files.iter().position(|file| file.name == part.name);
        let mut file = match at {
            Some(at) if self.files[at].pieces.len() != part.count => {
                return Err(PaperError::CountDiffers);
            }
            Some(at) => self.files.remove(at),
            None if self.files.len() >= FILES_LIMIT => return Err(PaperError::TooManyFiles),
            None => Pieces { name: part.name, pieces: vec![None; part.count] },
        };
        let told = match file.pieces.get_mut(part.index) {
            Some(index @ None) => {
                *index = Some(part.piece);
                Ok(Collected::New)
            }
            Some(Some(piece)) if *piece == part.piece => Ok(Collected::Known),
            _ => Err(PaperError::PartDiffers),
        };
        if file.is_whole() {
            return file.file().map(Collected::Whole);
        }
        self.files.push(file);
        told
    }
}

/// What the codes of one file have in common, and those of two files have not: its name as it is written in each. `None`
/// where the text is no code that [`Collector::take`] takes.
pub fn file_mark(text: &str) -> Option<&str> {
    Part::read(text).ok()?;
    // Base 45 writes each two bytes as three characters.
    text.splitn(3, ':').last()?.get(..NAME / 2 * 3)
}

/// The content of a code.
struct Part {
    name: [u8; NAME],
    index: usize,
    count: usize,
    piece: Vec<u8>,
}

impl Part {
    fn read(text: &str) -> Result<Part, PaperError> {
        let after = text.strip_prefix(MARK).ok_or(PaperError::NotOurs)?;
        let (version, rest) = after.split_once(':').ok_or(PaperError::NotOurs)?;
        match number(version) {
            Some(VERSION) => {}
            Some(1..) => return Err(PaperError::Newer),
            _ => return Err(PaperError::NotOurs),
        }
        if text.len() > TEXT_LIMIT {
            return Err(PaperError::Damaged);
        }
        let (numbers, body) = rest.split_once(':').ok_or(PaperError::Damaged)?;
        let (part, count) = numbers.split_once('/').ok_or(PaperError::Damaged)?;
        let (part, count) = number(part).zip(number(count)).ok_or(PaperError::Damaged)?;
        if part == 0 || part > count || count > PARTS_LIMIT {
            return Err(PaperError::NoSuchPart);
        }
        let bytes = base45::decode(body).ok_or(PaperError::Damaged)?;
        let (name, piece) = bytes.split_first_chunk().ok_or(PaperError::Damaged)?;
        Ok(Part { name: *name, index: part - 1, count, piece: piece.to_vec() })
    }
}

/// A number of up to four digits, without leading zeros.
fn number(text: &str) -> Option<usize> {
    let is_plain = text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_short = text == "0" || !text.starts_with('0');
    (is_plain && is_short).then(|| text.parse().ok())?
}
