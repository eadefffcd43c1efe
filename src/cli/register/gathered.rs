//! What was found: rows, appraisals, and the files that go into a bag.

use super::bag::Kept;
use super::spool::Spool;
use crate::cli::CliError;
use crate::desk::register::{Appraisals, Register, Row, deputies};
use crate::desk::{Reception, Status};
use crate::seal::{Appraisal, Submission};
use crate::value::{Date, Digest};

/// One file that was received.
pub(super) struct Found {
    /// Its row.
    pub(super) row: Row,
    /// What is known besides.
    pub(super) beside: Beside,
}

/// What is needed of a file besides its row.
pub(super) struct Beside {
    digest: Option<Digest>,
    status: Status,
    /// The submission, where it is to be kept.
    submission: Option<Box<Submission>>,
    /// The other keys that signed it as the unit.
    deputies: Vec<String>,
}

impl Found {
    /// Receives a file.
    pub(super) fn of(
        reception: &Reception<'_>,
        day: Date,
        name: &str,
        bytes: &[u8],
        is_kept: bool,
    ) -> Found {
        let (row, verified) = Row::receive_with(reception, name, bytes, day);
        let deputies = verified.as_ref().map(deputies).unwrap_or_default();
        let submission = || match verified {
            Some(verified) => Some(verified.content().clone()),
            // What is forged is kept too, as far as it can be read.
            None => Submission::from_bytes(bytes).ok(),
        };
        let submission = if is_kept { submission().map(Box::new) } else { None };
        let (digest, status) = (row.digest, row.status);
        Found { row, beside: Beside { digest, status, submission, deputies } }
    }
}

/// All that was found.
pub(super) struct Gathered {
    /// The rows.
    pub(super) register: Register<Spool>,
    /// The appraisals.
    pub(super) appraisals: Appraisals,
    /// The files, where a bag is wanted.
    pub(super) kept: Option<Kept>,
}

impl Gathered {
    /// Keeps what is needed of a file besides its row.
    pub(super) fn keep(&mut self, found: &Beside) -> Result<(), CliError> {
        if let Some(form) = found.digest {
            for kid in &found.deputies {
                self.appraisals.deputy(form, kid.clone());
            }
        }
        if let (Some(kept), Some(submission)) = (&mut self.kept, &found.submission) {
            kept.submission(submission, found.status)?;
        }
        Ok(())
    }

    /// Takes an appraisal.
    pub(super) fn appraisal(&mut self, name: &str, appraisal: &Appraisal) -> Result<(), CliError> {
        self.appraisals.add(name, appraisal);
        if let Some(kept) = &mut self.kept {
            kept.appraisal(appraisal)?;
        }
        Ok(())
    }
}
