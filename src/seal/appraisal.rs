//! The superior's appraisal of a submission: `bontot.appraisal/1` (spec s. 4).

use serde::{Deserialize, Serialize};

use crate::form::AnswerVerdict;
use crate::json::{Map, ReadError};
use crate::seal::signed::Signed;
use crate::seal::{Header, Role, SecretKey, SignatureErrorAt};
use crate::string_enum;
use crate::value::{Date, Digest, Id, Instant, check_code};

string_enum! {
    /// What the superior decided.
    pub enum AppraisalDecision {
        /// *Nhất trí*: as the unit assessed itself.
        Agreed = "agreed",
        /// *Trả lại*: to be mended and sent again.
        Returned = "returned",
        /// *Công nhận*
        Recognised = "recognised",
        /// *Chưa công nhận*
        NotRecognised = "not_recognised",
    }
}

/// What the superior says of one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ItemAppraisal {
    /// The verdict of the superior.
    pub verdict: AnswerVerdict,
    /// A remark to the unit.
    #[serde(default)]
    pub note: String,
}

/// An appraisal: what the superior says of a submission, signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename = "bontot.appraisal/1", deny_unknown_fields)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "cli", schemars(rename = "Appraisal", title = "bontot.appraisal/1"))]
#[cfg_attr(feature = "cli", schemars(transform = crate::json::document))]
pub struct AppraisalContent {
    /// The digest of the submission that is appraised.
    pub submission: Digest,
    /// The items of which something is said.
    pub items: Map<Id, ItemAppraisal>,
    /// The decision.
    pub decision: AppraisalDecision,
    /// A remark on the whole.
    #[serde(default)]
    pub note: String,
    /// The day of the decision.
    pub date: Date,
}

/// An appraisal as it was read: its shape is right, nothing else is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(transparent))]
pub struct Appraisal(Signed<AppraisalContent>);

impl Appraisal {
    /// Signs an appraisal.
    pub fn make(content: AppraisalContent, key: &SecretKey, now: Instant) -> Appraisal {
        Appraisal(Signed::new(content, key, Role::Superior, now))
    }

    /// Reads a file.
    ///
    /// # Errors
    /// The first violation of spec s. 1 and 4.
    pub fn from_bytes(bytes: &[u8]) -> Result<Appraisal, ReadError> {
        Signed::from_bytes(bytes).map(Appraisal)
    }

    /// The content.
    pub fn content(&self) -> &AppraisalContent {
        self.0.content()
    }

    /// The digest of what is signed.
    pub fn digest(&self) -> Digest {
        self.0.digest()
    }

    /// The check code of the appraisal.
    pub fn check_code(&self) -> String {
        check_code(&self.digest())
    }

    /// Verifies every signature, each of which must be a superior's; returns their headers.
    ///
    /// # Errors
    /// The first signature that is refused.
    pub fn verify(&self) -> Result<Vec<Header>, SignatureErrorAt> {
        self.0.verify(|_, header| header.role == Role::Superior)
    }

    /// The file, canonical bytes.
    pub fn to_text(&self) -> String {
        self.0.to_text()
    }
}
