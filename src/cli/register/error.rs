//! Why a register cannot be made.

use std::io;

use crate::cli::reason::reason;
use crate::desk::register::RowError;

/// Why a register cannot be made. File names in it are safe to print.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// The name of the register ends in no known way.
    #[error("{0} ends in none of .ndjson, .csv, .xlsx, .zip")]
    Output(String),
    /// A line of an earlier register is no row.
    #[error("{file}, line {line}: {why}")]
    Line {
        /// The register.
        file: String,
        /// The number of the line, from 1.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
    /// The system gives no place for rows while they are gathered.
    #[error("cannot keep rows while they are gathered: {}", reason(.0))]
    Spool(#[from] io::Error),
    /// A row that was kept is not what was written.
    #[error("a row that was kept on disk was changed: {0}")]
    Changed(#[from] RowError),
    /// The system gives no threads.
    #[error("the system gives no threads: {0}")]
    Threads(String),
    /// A list of units cannot be read, or has no names.
    #[error("{file}: {why}")]
    Units {
        /// The list.
        file: String,
        /// What is wrong with it.
        why: String,
    },
    /// A bag is refused.
    #[error("{file}: {why}")]
    Bag {
        /// The bag.
        file: String,
        /// What is wrong with it.
        why: String,
    },
    /// There are more files than a bag takes.
    #[error("{0} files are too many for one bag")]
    ManyFiles(usize),
    /// Something else than a bag was to be signed.
    #[error("only a bag (.zip) is signed")]
    KeyWithoutBag,
    /// A workbook cannot be made.
    #[error("the workbook cannot be made: {0}")]
    Workbook(#[from] crate::sheets::XlsxError),
}

impl RegisterError {
    /// What to do.
    pub(in crate::cli) fn advice(&self) -> &'static str {
        match self {
            RegisterError::Output(_) => "Choose a name that ends so.",
            RegisterError::Line { .. } => {
                "Give a register that `bontot register` wrote, or receipts of `bontot receive`."
            }
            RegisterError::Spool(_) => "Make room in the folder for temporary files (TMPDIR).",
            RegisterError::Changed(_) => "Run the command again.",
            RegisterError::Threads(_) => "Give a small number by --threads.",
            RegisterError::Units { .. } => {
                "Give a workbook (.xlsx) or CSV in UTF-8 with a line that names its columns, one of them \"unit\"."
            }
            RegisterError::Bag { .. } => "Get the bag once more from who made it.",
            RegisterError::ManyFiles(_) => "Make a bag of each part, such as each commune.",
            RegisterError::KeyWithoutBag => "Leave out --key, or choose a name that ends in .zip.",
            RegisterError::Workbook(_) => {
                "A sheet has room for 1,048,575 rows and 16,384 columns: write .csv or .ndjson."
            }
        }
    }
}
