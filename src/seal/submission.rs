//! The signed JSON file: `bontot.submission/1` (spec s. 4).

use serde::{Deserialize, Serialize};

use crate::form::Assessment;
use crate::json::{Json, ReadError, object, to_json};
use crate::pack::Pack;
use crate::rules;
use crate::seal::signed::Signed;
use crate::seal::{Header, Role, SIGNATURE_LIMIT, SecretKey, SignatureErrorAt};
use crate::value::{Digest, Instant, check_code, short_code, slug};

/// A submission as it was read: its shape is right, nothing else is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(transparent))]
pub struct Submission(Signed<SubmissionContent>);

/// A submission: an assessment and its outcome, signed; the first signature is the unit's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename = "bontot.submission/1", deny_unknown_fields)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "cli", schemars(rename = "Submission", title = "bontot.submission/1"))]
#[cfg_attr(feature = "cli", schemars(transform = crate::json::document))]
struct SubmissionContent {
    /// What was answered.
    assessment: Assessment,
    /// What the rules of the pack make of it. A reader believes none of it, so it is read as it stands.
    #[serde(deserialize_with = "object")]
    #[cfg_attr(feature = "cli", schemars(with = "rules::Outcome"))]
    outcome: Json,
}

/// Verified content with the headers of its signatures; only [`Submission::verify`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified<T> {
    content: T,
    signers: Vec<Header>,
}

impl<T> Verified<T> {
    /// The content, verified by every signature.
    pub fn content(&self) -> &T {
        &self.content
    }

    /// The headers of the signatures, in the order of the file; never empty.
    pub fn signers(&self) -> &[Header] {
        &self.signers
    }
}

/// Why a signature is not added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddSignatureError {
    /// This key has signed already; a key signs once, whatever the role.
    #[error("this key has signed the file")]
    Signed,
    /// There are eight signatures.
    #[error("the file has no place for another signature")]
    Full,
}

impl Verified<Submission> {
    /// Adds a signature over the same bytes: digest and check code stay.
    ///
    /// # Errors
    /// The key has signed already, or the file has as many signatures as it may.
    pub fn add(
        &self,
        key: &SecretKey,
        role: Role,
        now: Instant,
    ) -> Result<Submission, AddSignatureError> {
        let public = key.public();
        let mut signers = self.signers.iter();
        if signers.any(|signer| signer.key == public) {
            return Err(AddSignatureError::Signed);
        }
        if self.signers.len() >= SIGNATURE_LIMIT {
            return Err(AddSignatureError::Full);
        }
        let mut submission = self.content.clone();
        submission.0.add(key, role, now);
        Ok(submission)
    }
}

impl Submission {
    /// Reads a file.
    ///
    /// # Errors
    /// The first violation of spec s. 1, 3 and 4.
    pub fn from_bytes(bytes: &[u8]) -> Result<Submission, ReadError> {
        Signed::from_bytes(bytes).map(Submission)
    }

    /// Reads a file from its tree.
    ///
    /// # Errors
    /// The first violation of spec s. 3 and 4.
    pub fn from_json(json: &Json) -> Result<Submission, ReadError> {
        Signed::from_json(json.clone()).map(Submission)
    }

    /// What was answered.
    pub fn assessment(&self) -> &Assessment {
        &self.0.content().assessment
    }

    /// The outcome that the file states.
    pub fn stated_outcome(&self) -> &Json {
        &self.0.content().outcome
    }

    /// The digest of what is signed: the object without its signatures.
    pub fn digest(&self) -> Digest {
        self.0.digest()
    }

    /// The check code (*mã kiểm tra*) that stands on paper; its first eight signs stand in the file name.
    pub fn check_code(&self) -> String {
        check_code(&self.digest())
    }

    /// The name of the file (spec s. 4).
    pub fn file_name(&self) -> String {
        let form = self.assessment();
        format!(
            "bontot_{}_{}_r{}_{}.json",
            slug(&form.unit.name),
            form.period.from,
            form.revision,
            short_code(&self.digest())
        )
    }

    /// The file, canonical bytes.
    pub fn to_text(&self) -> String {
        self.0.to_text()
    }

    /// Verifies every signature; the first must be the unit's.
    ///
    /// # Errors
    /// The first signature that is refused.
    pub fn verify(self) -> Result<Verified<Submission>, SignatureErrorAt> {
        let signers = self.0.verify(|index, header| index > 0 || header.role == Role::Unit)?;
        Ok(Verified { content: self, signers })
    }
}

/// Seals a form: the next revision, without answers that do not belong to it, its outcome by the
/// rules of the pack, and the unit's signature over both.
pub fn seal(pack: &Pack, form: &Assessment, key: &SecretKey, now: Instant) -> Submission {
    let mut assessment = form.clone();
    assessment.revision += 1;
    assessment.updated = now;
    rules::Scope::of(pack, &form.unit).prune(pack, &mut assessment);
    seal_stating(&assessment, &rules::outcome(pack, &assessment), key, now)
}

/// Signs a form as it is with any outcome: what somebody can do who wants to deceive, for rehearsals. A receiver
/// recomputes the outcome.
pub fn seal_stating(
    form: &Assessment,
    outcome: &rules::Outcome,
    key: &SecretKey,
    now: Instant,
) -> Submission {
    let content = SubmissionContent { assessment: form.clone(), outcome: to_json(outcome) };
    Submission(Signed::new(content, key, Role::Unit, now))
}
