//! A signed form or a criteria pack as the texts of QR codes (spec s. 6): `BT1:<part>/<parts>:` and, in base 45, the
//! first eight bytes of the file's SHA-256 and a piece of the file as raw DEFLATE (RFC 1951). All of a text is in the
//! alphanumeric mode of QR codes (ISO/IEC 18004).

use miniz_oxide::deflate::compress_to_vec;
use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};
use serde::{Deserialize, Serialize};

use crate::json::FILE_LIMIT;
use crate::share::base45;
use crate::value::Digest;

/// The version of new codes; readers accept every version that was ever released.
pub(super) const VERSION: usize = 1;
/// The prefix of every code, before its version.
pub(super) const MARK: &str = "BT";
/// Bytes of the digest of the file in each part: enough that parts of two files are never put together.
pub(super) const NAME: usize = 8;
/// Most parts of a file: sixteen sheets and a half. No form needs more, nor does a pack within reason.
pub const PARTS_LIMIT: usize = 99;
/// Most bytes of DEFLATE in a part.
pub(super) const PIECE: usize = 952;
/// The version of the largest code that we draw: 117 cells, with its margin 125. At 80 mm, two beside each other on A4,
/// a cell is 0.64 mm, more than seven dots of a printer of 300 dpi.
const LARGEST: u8 = 25;
/// Error correction of printed codes: 15 per cent. Measured on sheets of six such codes at 300 dpi, blurred over three
/// dots, in two tones, blurred again, turned by two degrees and in two tones once more: every code was read by `scan` and
/// by zbarimg. When blurred over five dots, with every two-hundredth dot wrong, `scan` still read all at 80, at 70 and at
/// 60 mm: the width is for worse printers. The next level would take a third more codes.
const LEVEL: QrCodeEcc = QrCodeEcc::Medium;

/// Why a code is refused, or a file has none. The page has its sentences in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum PaperError {
    /// The file is larger than any file of ours may be, or does not fit into [`PARTS_LIMIT`] codes.
    #[error("the file is too long for paper")]
    TooLong,
    /// The code is none of a file of ours.
    #[error("this is no code of a form or a pack")]
    NotOurs,
    /// A newer version of the app made it.
    #[error("a newer version made this code")]
    Newer,
    /// It begins like one of ours, but is malformed.
    #[error("the code is not written as one of ours")]
    Damaged,
    /// Its number is 0 or beyond the last part, or its file has more parts than allowed.
    #[error("no file has such a part")]
    NoSuchPart,
    /// It states another number of parts than the other parts of its file.
    #[error("the parts disagree on how many they are")]
    CountDiffers,
    /// This part was read before with other content.
    #[error("this part was read before, and was another one")]
    PartDiffers,
    /// There are parts of too many files.
    #[error("there are parts of too many files")]
    TooManyFiles,
    /// All parts are there, but are not valid DEFLATE.
    #[error("the parts are not compressed as they should be")]
    NotDeflate,
    /// All parts are there, but the file would exceed the size limit.
    #[error("the parts give more than a file may be")]
    TooLarge,
    /// All parts are there, but the digest of the file differs from the stated one.
    #[error("the parts give another file than they say")]
    DigestDiffers,
}

/// The name of a file in its parts: the first bytes of its digest.
pub(super) fn name_of(file: &[u8]) -> [u8; NAME] {
    let mut name = [0; NAME];
    name.copy_from_slice(&Digest::of_bytes(file).bytes()[..NAME]);
    name
}

/// The texts of the codes that hold a file, in order; all but the last hold equally much, so that the codes look alike.
///
/// # Errors
/// [`PaperError::TooLong`].
pub fn parts(file: &[u8]) -> Result<Vec<String>, PaperError> {
    if file.len() > FILE_LIMIT {
        return Err(PaperError::TooLong);
    }
    let packed = compress_to_vec(file, 10);
    let count = packed.len().div_ceil(PIECE);
    if count > PARTS_LIMIT {
        return Err(PaperError::TooLong);
    }
    let name = name_of(file);
    let text = |(index, piece): (usize, &[u8])| {
        let bytes = [&name, piece].concat();
        let part = index + 1;
        format!("{MARK}{VERSION}:{part}/{count}:{}", base45::encode(&bytes))
    };
    let pieces = packed.chunks(packed.len().div_ceil(count));
    Ok(pieces.enumerate().map(text).collect())
}

/// The code of a part, without its margin of four cells; to be printed 80 mm wide with it. `None` where the text is
/// longer than any part.
pub fn paper_code(text: &str) -> Option<QrCode> {
    let segments = QrSegment::make_segments(text);
    let (least, most) = (Version::MIN, Version::new(LARGEST));
    QrCode::encode_segments_advanced(&segments, LEVEL, least, most, None, true).ok()
}
