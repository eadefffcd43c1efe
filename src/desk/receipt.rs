//! What the desk says of one file.

use serde::{Deserialize, Serialize};

use crate::desk::Difference;
use crate::form::Period;
use crate::json::ReadError;
use crate::pack::PackRef;
use crate::seal::SignatureErrorAt;
use crate::string_enum;
use crate::value::{AssessmentId, Date, Digest, Instant, cut};

/// The most characters that are said of a file: a detail repeats texts of the file, which may be as long as it.
const DETAIL_LIMIT: usize = 1000;
/// The most files that a conflict names.
pub(super) const NAMED: usize = 3;

string_enum! {
    /// The status of a file: the first that holds (spec s. 4); the last three are found across files.
    pub enum Status {
        /// No submission, or answers that the pack does not allow.
        Malformed = "malformed",
        /// A signature is refused or does not fit.
        BadSignature = "bad_signature",
        /// No pack with the stated digest is known.
        UnknownPack = "unknown_pack",
        /// The rules give another outcome than the file states.
        OutcomeDiffers = "outcome_differs",
        /// Sound, but the key is in no trust list, or is revoked, or is trusted for other units.
        UnknownKey = "unknown_key",
        /// Sound, and the key is trusted for the unit.
        Verified = "verified",
        /// Sound, but a later revision of the same form was received.
        Superseded = "superseded",
        /// The same content was received before.
        Duplicate = "duplicate",
        /// Sound, but it contradicts another file; a person decides which of them counts.
        Conflict = "conflict",
    }
}

impl Status {
    /// Is the file sound and the one that counts?
    pub fn is_sound(self) -> bool {
        matches!(self, Status::Verified | Status::UnknownKey)
    }

    /// Was it found by the look across files? Then the file is sound by itself.
    pub fn is_across(self) -> bool {
        matches!(self, Status::Superseded | Status::Duplicate | Status::Conflict)
    }
}

/// Why a file has its status.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Detail {
    /// The text, or an answer in it, is refused.
    #[error(transparent)]
    Read(ReadError),
    /// The stated id or version is not that of the pack with the stated digest.
    #[error("the pack with this digest has another id or version")]
    PackIdentity,
    /// A signature is refused.
    #[error(transparent)]
    Signature(SignatureErrorAt),
    /// The pack that is not known.
    #[error("pack {} {} ({})", .0.id, .0.version.as_str(), .0.digest)]
    Pack(Box<PackRef>),
    /// Where the outcomes differ first.
    #[error("{0}")]
    Outcome(Difference),
    /// The key was revoked from this day on.
    #[error("the key was revoked from {0} on")]
    Revoked(Date),
    /// The key is trusted for other units, of which this is the first.
    #[error("the key is trusted as that of {}, not of the unit that the file names", cut(.0, 80))]
    OtherUnit(String),
    /// The file that has the same content, by its index in the list.
    #[error("same content as {}", file(*.0))]
    SameAs(usize),
    /// The revision that counts instead.
    #[error("revision {0} is here")]
    Later(i64),
    /// The files that it contradicts.
    #[error("{}", .0.told(&file))]
    Conflict(Conflict),
}

/// How a file contradicts others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConflictKind {
    /// The same revision of the same form has other content.
    Revision,
    /// The same form is of another unit.
    Unit,
    /// The same key signed another form for the same unit, pack and period.
    Form,
}

/// The files that a file contradicts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// How.
    pub kind: ConflictKind,
    /// The first of the others, by their indices in the list.
    pub others: Vec<usize>,
    /// How many more there are.
    pub more: usize,
}

impl Conflict {
    fn told(&self, name: &dyn Fn(usize) -> String) -> String {
        let names: Vec<_> = self.others.iter().map(|index| name(*index)).collect();
        let more = match self.more {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let kind = match self.kind {
            ConflictKind::Revision => "this revision of the form has other content in",
            ConflictKind::Unit => "the same form names another unit in",
            ConflictKind::Form => "another form of this unit and period is in",
        };
        format!("{kind} {}{more}", names.join(", "))
    }
}

/// The name of a file of which only the index is known.
fn file(index: usize) -> String {
    format!("file {}", index + 1)
}

/// What is odd about the times that a file states; it decides nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Remark {
    /// A signature, by its index, is dated more than a day before the form was made.
    #[error("signature {} is dated {signed}, before the form was made ({made})", .index + 1)]
    SignedBefore {
        /// The index of the signature.
        index: usize,
        /// When it says that it was made.
        signed: Instant,
        /// When the form says that it was made.
        made: Instant,
    },
    /// A signature, by its index, is dated more than a day after the file was received.
    #[error("signature {} is dated {signed}, after the file was received ({received})", .index + 1)]
    SignedAfter {
        /// The index of the signature.
        index: usize,
        /// When it says that it was made.
        signed: Instant,
        /// When the file was received.
        received: Instant,
    },
}

/// The main data of a submission that could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubmissionSummary {
    /// The id of the form.
    pub assessment: AssessmentId,
    /// Name of the unit.
    pub unit: String,
    /// The period.
    pub period: Period,
    /// The revision.
    pub revision: i64,
    /// The pack that the form names, by which the outcome is computed.
    pub pack: PackRef,
    /// Whether that pack is built in; `None` where no pack with its digest is known.
    pub is_built_in: Option<bool>,
    /// The stated verdict.
    pub verdict: String,
    /// The check code.
    pub check_code: String,
    /// The digest of what is signed.
    pub digest: Digest,
    /// Thumbprint of the unit's key, once the signatures fit.
    pub kid: Option<String>,
    /// The name under which that key is trusted, if it is; another unit's where the status says so.
    pub trusted_as: Option<String>,
}

/// The receipt of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Its status.
    pub status: Status,
    /// Why.
    pub detail: Option<Detail>,
    /// What is odd about it, whatever the status.
    pub remarks: Vec<Remark>,
    /// Its main data; `None` where the text could not be read.
    pub received: Option<SubmissionSummary>,
}

impl Detail {
    /// The detail in words; `name` names the file with an index.
    pub fn told(&self, name: &dyn Fn(usize) -> String) -> String {
        match self {
            Detail::SameAs(index) => format!("same content as {}", name(*index)),
            Detail::Conflict(conflict) => conflict.told(name),
            detail => detail.to_string(),
        }
    }
}

impl Receipt {
    /// All that is said of the file, cut to what can be shown; `name` names the file with an index.
    pub fn told(&self, name: &dyn Fn(usize) -> String) -> Option<String> {
        let detail = self.detail.as_ref().map(|detail| detail.told(name));
        let remarks = self.remarks.iter().map(Remark::to_string);
        joined(detail.into_iter().chain(remarks))
    }
}

/// What is said of a file in one text, cut to what can be shown; `None` where nothing is.
pub(super) fn joined(said: impl Iterator<Item = String>) -> Option<String> {
    let all: Vec<String> = said.collect();
    (!all.is_empty()).then(|| cut(&all.join("; "), DETAIL_LIMIT).into_owned())
}
