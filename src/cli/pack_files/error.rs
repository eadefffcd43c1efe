//! Why a pack is not made, read or published.

use crate::kit::import::{FileError, ImportError};
use crate::pack::lint::LintError;
use crate::seal::SignatureErrorAt;

/// Why a command about the file of a pack failed. File names in it are safe to print.
#[derive(Debug, thiserror::Error)]
pub enum PackFileError {
    /// The signature of a published pack does not hold.
    #[error("the published pack {file} does not verify: {error}")]
    NotSigned {
        /// The file.
        file: String,
        /// Why.
        error: SignatureErrorAt,
    },
    /// A file is no table.
    #[error("{file}: {error}")]
    NoTable {
        /// The file.
        file: String,
        /// Why, and what to mend.
        error: FileError,
    },
    /// Nothing can be made of a table.
    #[error("{file}: {error}")]
    NotImported {
        /// The file, with the sheet.
        file: String,
        /// Why, and what to mend.
        error: ImportError,
    },
    /// There is no such sheet.
    #[error("{file} has {sheets} sheets")]
    NoSheet {
        /// The file.
        file: String,
        /// How many it has.
        sheets: usize,
    },
    /// An imported pack has errors.
    #[error("the table gives no sound pack: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Unsound(Vec<LintError>),
    /// The name of the author is blank.
    #[error("the name of the author is blank")]
    NoAuthor,
}

impl PackFileError {
    /// What to do.
    pub(in crate::cli) fn advice(&self) -> String {
        match self {
            PackFileError::NotSigned { .. } => {
                "Ask its author for the file once more: it was changed after it was signed."
            }
            PackFileError::NoTable { .. } | PackFileError::NotImported { .. } => {
                "Wanted is a workbook (.xlsx) or CSV in UTF-8 with a row that names the columns."
            }
            PackFileError::NoSheet { .. } => "Give --sheet N, from 1 on.",
            PackFileError::Unsound(_) => "Correct these places in the table.",
            PackFileError::NoAuthor => "Give the name of who publishes it.",
        }
        .to_owned()
    }
}
