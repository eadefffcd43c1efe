//! A row with the reasons for its status as data, as a device keeps it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{MemoryError, MemoryShelf, Register, Row, RowError};
use crate::desk::{Reason, Reception};
use crate::json::{FILE_LIMIT, from_slice, to_canonical};
use crate::seal::{Role, Submission, Verified};
use crate::value::{Date, Digest, Instant};

/// The most bytes of a record: a row, and few reasons.
const RECORD_LIMIT: usize = 3 * FILE_LIMIT;

/// What is said of a picture without a form.
pub const NO_CODES: &str = "no code of a form was found in the picture";
/// What is said of a PDF document that opens by a password only.
pub const LOCKED_PDF: &str = "the PDF is locked with a password";

/// One received file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Received {
    /// Its row, with the status of the file by itself.
    pub row: Row,
    /// Why it has that status, and what is odd about the file.
    pub reasons: Vec<Reason>,
    /// The thumbprints of the other keys that signed it as the unit: none of them appraises it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deputies: Vec<String>,
}

impl Received {
    /// Receives one file.
    pub fn receive(reception: &Reception<'_>, file: &str, bytes: &[u8], received: Date) -> Self {
        let (row, reasons, verified) = Row::receive_whole(reception, file, bytes, received);
        let deputies = verified.map(|verified| deputies(&verified)).unwrap_or_default();
        Received { row, reasons, deputies }
    }

    /// What cannot be received, and why, in words for specialists.
    pub fn refused(file: &str, why: &str, received: Date) -> Received {
        let row = Row::refused(file, why, received);
        let reason = match why {
            NO_CODES => Reason::NoCodes,
            LOCKED_PDF => Reason::LockedPdf,
            why => Reason::Unopened(why.to_owned()),
        };
        Received { row, reasons: vec![reason], deputies: Vec::new() }
    }

    /// Receives a file again of which another register has a row, as on the day that the row states, or else today. What
    /// becomes of the row is as [`Row::confirmed`] has it.
    pub fn again(reception: &Reception<'_>, bytes: &[u8], row: Row, today: Date) -> Received {
        let day = row.received.unwrap_or(today);
        let reception = Reception { now: Some(Instant::end_of(day)), ..*reception };
        let again = Received::receive(&reception, &row.file, bytes, day);
        let own = |row: &Row| (row.own_status, row.own_detail.clone());
        let found = own(&again.row);
        let row = row.confirmed(again.row);
        let reasons = if own(&row) == found { again.reasons } else { reasons_of(&row) };
        Received { row, reasons, deputies: again.deputies }
    }

    /// What another register says of a file that is not here.
    pub fn stated(row: Row) -> Received {
        let reasons = reasons_of(&row);
        Received { row, reasons, deputies: Vec::new() }
    }

    /// What tells it from others: the name of the file and the digest of what is signed in it.
    pub fn key(&self) -> String {
        key(&self.row.file, self.row.digest.as_ref())
    }

    /// The text of the record.
    pub fn to_text(&self) -> String {
        to_canonical(self)
    }

    /// Reads a record.
    ///
    /// # Errors
    /// It is none.
    pub fn from_text(text: &str) -> Result<Received, RowError> {
        Ok(from_slice(text.as_bytes(), RECORD_LIMIT)?)
    }

    /// The text of the record that becomes of two of the same file; `None` where the old one stays, as one does that cannot
    /// be read.
    pub fn merged_text(old: &str, new: &str) -> Option<String> {
        let (old, new) = (Received::from_text(old).ok()?, Received::from_text(new).ok()?);
        let both = Received::merged(&old, &new).ok()?;
        (both != old).then(|| both.to_text())
    }

    /// One record of two of the same file, by the rules of the register.
    ///
    /// # Errors
    /// They are not of the same file.
    pub fn merged(old: &Received, new: &Received) -> Result<Received, MemoryError> {
        let mut register = Register::new(MemoryShelf::default());
        register.add::<MemoryError>(old.row.clone())?;
        register.add::<MemoryError>(new.row.clone())?;
        let mut rows = Vec::new();
        register.rows::<MemoryError>(|settled| {
            rows.push(settled.row()?);
            Ok(())
        })?;
        let [row] = <[Row; 1]>::try_from(rows).map_err(|_| MemoryError::NoSuchRow)?;
        let own = |one: &Row| (one.own_status, one.own_detail.clone());
        let reasons = if own(&row) == own(&new.row) { &new.reasons } else { &old.reasons };
        let deputies: BTreeSet<_> = old.deputies.iter().chain(&new.deputies).cloned().collect();
        let deputies = deputies.into_iter().collect();
        Ok(Received { row, reasons: reasons.clone(), deputies })
    }
}

/// The reasons of a row of another register: its words.
fn reasons_of(row: &Row) -> Vec<Reason> {
    row.own_detail.iter().cloned().map(Reason::Stated).collect()
}

/// The thumbprints of the other keys that signed a form as its unit, such as a deputy's.
pub fn deputies(submission: &Verified<Submission>) -> Vec<String> {
    let signers = submission.signers().iter().skip(1);
    let deputies = signers.filter(|signer| signer.role == Role::Unit);
    let deputies: BTreeSet<_> = deputies.map(|signer| signer.key.kid()).collect();
    deputies.into_iter().collect()
}

/// The key of a file with this name and digest.
pub(super) fn key(file: &str, digest: Option<&Digest>) -> String {
    let digest = digest.map(Digest::to_string).unwrap_or_default();
    format!("{file}\n{digest}")
}
