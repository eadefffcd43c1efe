//! Why a file has its status, as data: what is kept of a [`Detail`] beside its words, so that a person reads it in their
//! own language.

use serde::{Deserialize, Serialize};

use crate::desk::{Conflict, ConflictKind, Detail, Difference, Receipt, Remark};
use crate::json::{Fault, Foreign, ReadError};
use crate::pack::PackRef;
use crate::seal::{SignatureError, SignatureErrorAt};
use crate::value::{Date, Instant, cut};

/// The most names of missing files that are kept.
const NAMED: usize = 5;
/// The most characters that are kept of a text of a file.
const TEXT_LIMIT: usize = 300;

/// Why a file has its status, or what is odd about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// It is larger than any form.
    TooLarge,
    /// It is not UTF-8 text.
    NotUtf8,
    /// It is another kind of file.
    Foreign(Foreign),
    /// It ends before it is complete.
    CutShort {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// It is not JSON.
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// It is JSON of another product.
    OtherProduct,
    /// A newer version made it.
    Newer,
    /// It is of another format of this product, which is named.
    OtherFormat(String),
    /// A value in it is refused.
    Wrong {
        /// Where, as a JSON Pointer; empty for the whole.
        pointer: String,
        /// What is wrong there, in words for specialists.
        fault: String,
    },
    /// The stated id or version is not that of the pack.
    PackIdentity,
    /// A signature is refused.
    Signature {
        /// Its index.
        index: usize,
        /// Why.
        fault: SignatureFault,
    },
    /// The pack is not known.
    Pack(PackRef),
    /// The outcomes differ.
    Outcome(Difference),
    /// The key was revoked from this day on.
    Revoked(Date),
    /// The key was revoked from this day on, but the file had been received before.
    RevokedLater(Date),
    /// The key is trusted for another unit.
    OtherUnit(String),
    /// A file has the same content.
    SameAs(String),
    /// This revision counts instead.
    Later(i64),
    /// It contradicts other files.
    Conflict {
        /// How.
        kind: ConflictKind,
        /// The first of them.
        others: Vec<String>,
        /// How many more there are.
        more: usize,
    },
    /// A signature is dated before the form was made.
    SignedBefore {
        /// Its index.
        index: usize,
        /// The stated time.
        signed: Instant,
        /// When the form was made.
        made: Instant,
    },
    /// A signature is dated after the file was received.
    SignedAfter {
        /// Its index.
        index: usize,
        /// The stated time.
        signed: Instant,
        /// When it was received.
        received: Instant,
    },
    /// A picture shows no code of a form.
    NoCodes,
    /// It is a PDF document that opens by a password only.
    LockedPdf,
    /// It could not be opened at all, in words for specialists.
    Unopened(String),
    /// Another register says so, in words for specialists.
    Stated(String),
    /// Files that it names were looked for beside it.
    Attached {
        /// How many match.
        matched: usize,
        /// The names of the first that do not.
        missing: Vec<String>,
        /// How many more do not.
        more: usize,
    },
}

/// What is wrong with a signature, as far as it matters to who receives the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignatureFault {
    /// The content was changed after signing, or another key signed.
    Mismatch,
    /// It stands in the wrong role.
    Role,
    /// The key signed twice.
    Repeated,
    /// It is not written as a signature is.
    Form,
}

impl From<&SignatureError> for SignatureFault {
    fn from(error: &SignatureError) -> SignatureFault {
        match error {
            SignatureError::Mismatch => SignatureFault::Mismatch,
            SignatureError::Role => SignatureFault::Role,
            SignatureError::Repeated => SignatureFault::Repeated,
            SignatureError::Header(_)
            | SignatureError::Encoding
            | SignatureError::NotReduced
            | SignatureError::Commitment => SignatureFault::Form,
        }
    }
}

fn short(text: &str) -> String {
    cut(text, TEXT_LIMIT).into_owned()
}

impl Reason {
    /// Why a text is no form.
    pub fn of_read(error: &ReadError) -> Reason {
        match &error.fault {
            Fault::TooLarge { .. } => Reason::TooLarge,
            Fault::NotUtf8 => Reason::NotUtf8,
            Fault::Foreign(kind) => Reason::Foreign(*kind),
            Fault::CutShort { line, column } => Reason::CutShort { line: *line, column: *column },
            Fault::Syntax { line, column } => Reason::Syntax { line: *line, column: *column },
            Fault::OtherProduct => Reason::OtherProduct,
            Fault::NewerFormat { .. } => Reason::Newer,
            Fault::OtherFormat { found, .. } => Reason::OtherFormat(short(found)),
            fault => {
                Reason::Wrong { pointer: short(&error.pointer), fault: short(&fault.to_string()) }
            }
        }
    }

    /// How many of the files that a form names match, and the names of the others.
    pub fn of_attached(matched: usize, missing: &[String]) -> Reason {
        let names = missing.iter().take(NAMED).map(|name| short(name)).collect();
        Reason::Attached { matched, missing: names, more: missing.len().saturating_sub(NAMED) }
    }

    /// What a detail says; `name` names the file with an index.
    pub fn of(detail: &Detail, name: &dyn Fn(usize) -> String) -> Reason {
        match detail {
            Detail::Read(error) => Reason::of_read(error),
            Detail::PackIdentity => Reason::PackIdentity,
            Detail::Signature(SignatureErrorAt { index, error }) => {
                Reason::Signature { index: *index, fault: error.into() }
            }
            Detail::Pack(pack) => Reason::Pack((**pack).clone()),
            Detail::Outcome(difference) => Reason::Outcome(Difference {
                pointer: short(&difference.pointer),
                item: difference.item.as_deref().map(short),
                stated: difference.stated.as_deref().map(short),
                computed: difference.computed.as_deref().map(short),
            }),
            Detail::Revoked(day) => Reason::Revoked(*day),
            Detail::OtherUnit(unit) => Reason::OtherUnit(short(unit)),
            Detail::SameAs(index) => Reason::SameAs(name(*index)),
            Detail::Later(revision) => Reason::Later(*revision),
            Detail::Conflict(Conflict { kind, others, more }) => Reason::Conflict {
                kind: *kind,
                others: others.iter().map(|index| name(*index)).collect(),
                more: *more,
            },
        }
    }

    /// All that a receipt says.
    pub fn all_of(receipt: &Receipt) -> Vec<Reason> {
        let detail = receipt.detail.as_ref();
        // A file alone contradicts no other, so none is named.
        let detail = detail.map(|detail| Reason::of(detail, &|_| String::new()));
        let remarks = receipt.remarks.iter().map(|remark| match *remark {
            Remark::SignedBefore { index, signed, made } => {
                Reason::SignedBefore { index, signed, made }
            }
            Remark::SignedAfter { index, signed, received } => {
                Reason::SignedAfter { index, signed, received }
            }
        });
        detail.into_iter().chain(remarks).collect()
    }
}
