//! Files that are no JSON text at all, told by how they begin, so that a person learns what was sent instead.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a file is in place of a JSON text. No JSON text begins as these do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Foreign {
    /// Nothing, or nothing but white space.
    Empty,
    /// Text in UTF-16 or UTF-32.
    WideText,
    /// A picture.
    Picture,
    /// A PDF document.
    Pdf,
    /// A page of the web, or XML.
    Html,
    /// A ZIP or another archive; word processors and spreadsheets write ZIP too.
    Archive,
    /// A document of an older office program.
    Office,
}

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Foreign::Empty => "the file is empty",
            Foreign::WideText => "text in UTF-16 and not in UTF-8: save it as UTF-8",
            Foreign::Picture => "a picture and not the file itself",
            Foreign::Pdf => "a PDF document and not the file itself",
            Foreign::Html => "a web page (HTML) and not the file itself",
            Foreign::Archive => "a ZIP archive or an office document: unpack it first",
            Foreign::Office => "an office document and not the file itself",
        })
    }
}

/// How files of other kinds begin.
const BEGINNINGS: [(&[u8], Foreign); 17] = [
    (b"\xFF\xFE", Foreign::WideText),
    (b"\xFE\xFF", Foreign::WideText),
    (b"\0\0\xFE\xFF", Foreign::WideText),
    (b"\x89PNG", Foreign::Picture),
    (b"\xFF\xD8\xFF", Foreign::Picture),
    (b"GIF8", Foreign::Picture),
    (b"RIFF", Foreign::Picture),
    (b"BM", Foreign::Picture),
    (b"II*\0", Foreign::Picture),
    (b"MM\0*", Foreign::Picture),
    (b"%PDF", Foreign::Pdf),
    (b"PK\x03\x04", Foreign::Archive),
    (b"PK\x05\x06", Foreign::Archive),
    (b"\x1F\x8B", Foreign::Archive),
    (b"Rar!", Foreign::Archive),
    (b"7z\xBC\xAF", Foreign::Archive),
    (b"\xD0\xCF\x11\xE0", Foreign::Office),
];

impl Foreign {
    /// What the bytes are, where they cannot be a JSON text.
    pub(super) fn of(bytes: &[u8]) -> Option<Foreign> {
        let known = BEGINNINGS.iter().find(|(beginning, _)| bytes.starts_with(beginning));
        if let Some((_, kind)) = known {
            return Some(*kind);
        }
        // Photographs of telephones (HEIF) name their kind behind a length.
        if bytes.get(4..8) == Some(b"ftyp") {
            return Some(Foreign::Picture);
        }
        let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
        match text {
            [] => Some(Foreign::Empty),
            [b'<', ..] => Some(Foreign::Html),
            // ASCII in UTF-16 or UTF-32 without a mark.
            [0, ..] | [_, 0, ..] => Some(Foreign::WideText),
            _ => None,
        }
    }
}
