//! Why a register cannot be made.

use std::io;

use crate::cli::reason::reason;
use crate::desk::register::{RowError, UnitListError};

/// Why a register cannot be made. File names in it are safe to print.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// The name of the register ends in no known way.
    #[error("{0} ends neither in .ndjson nor in .csv")]
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
    /// A list of units has no names.
    #[error("{file}: {error}")]
    Units {
        /// The list.
        file: String,
        /// What is wrong with it.
        error: UnitListError,
    },
}

impl RegisterError {
    /// What to do.
    pub(in crate::cli) fn advice(&self) -> &'static str {
        match self {
            RegisterError::Output(_) => "Choose a name that ends in .ndjson or .csv.",
            RegisterError::Line { .. } => {
                "Give a register that `bontot register` wrote, or receipts of `bontot receive`."
            }
            RegisterError::Spool(_) => "Make room in the folder for temporary files (TMPDIR).",
            RegisterError::Changed(_) => "Run the command again.",
            RegisterError::Threads(_) => "Give a small number by --threads.",
            RegisterError::Units { .. } => {
                "Give a CSV file in UTF-8 whose first line names its columns, one of them \"unit\"."
            }
        }
    }
}
