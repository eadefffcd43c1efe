//! The signed JSON file: `bontot.submission/1` (spec s. 4).

use crate::form::Assessment;
use crate::json::{
    Builder, Expected, FILE_LIMIT, Json, Object, Read, ReadError, Write, canonical, parse,
};
use crate::pack::Pack;
use crate::rules;
use crate::seal::{
    Header, Role, SIGNATURE_LIMIT, SecretKey, Signature, SignatureFault, sign, signatures, verify,
};
use crate::value::{Digest, Instant, check_code, slug};

/// A submission as it was read: its shape is right, nothing else is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    object: Json,
    assessment: Assessment,
    signatures: Vec<Signature>,
}

/// What was verified together with who signed it; made only by [`Submission::verify`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified<T> {
    content: T,
    signers: Vec<Header>,
}

impl<T> Verified<T> {
    /// The content, every signature of which fits.
    pub fn content(&self) -> &T {
        &self.content
    }

    /// Who signed, in the order of the file; never empty.
    pub fn signers(&self) -> &[Header] {
        &self.signers
    }
}

/// Why a signature is not added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddFault {
    /// This key has signed already, in this role.
    Signed,
    /// There are eight signatures.
    Full,
}

impl Verified<Submission> {
    /// Adds a signature over the same bytes: digest and check code stay.
    ///
    /// # Errors
    /// The key has signed already in this role, or there is no place left.
    pub fn add(&self, key: &SecretKey, role: Role, now: Instant) -> Result<Submission, AddFault> {
        let public = key.public();
        let mut signers = self.signers.iter();
        if signers.any(|signer| signer.key == public && signer.role == role) {
            return Err(AddFault::Signed);
        }
        if self.signers.len() >= SIGNATURE_LIMIT {
            return Err(AddFault::Full);
        }
        let mut submission = self.content.clone();
        let signature = sign(&submission.object, key, role, now);
        submission.signatures.push(signature);
        let all: Vec<Json> = submission.signatures.iter().map(Write::write).collect();
        let mut object = submission.object.without("signatures");
        if let Json::Object(members) = &mut object {
            members.push(("signatures".to_owned(), all.into()));
        }
        submission.object = object;
        Ok(submission)
    }
}

impl Submission {
    /// Reads a file.
    ///
    /// # Errors
    /// The first fault against spec s. 1, 3 and 4, with its place.
    pub fn from_bytes(bytes: &[u8]) -> Result<Submission, ReadError> {
        Submission::read(&parse(bytes, FILE_LIMIT)?)
    }

    /// What was answered.
    pub fn assessment(&self) -> &Assessment {
        &self.assessment
    }

    /// The outcome that the file states.
    pub fn stated_outcome(&self) -> &Json {
        self.object.get("outcome").unwrap_or(&Json::Null)
    }

    /// The digest of what is signed: the object without its signatures.
    pub fn digest(&self) -> Digest {
        Digest::of(&self.object.without("signatures"))
    }

    /// The check code (*mã kiểm tra*) that stands in the file name and on paper.
    pub fn check_code(&self) -> String {
        check_code(&self.digest())
    }

    /// The name of the file (spec s. 4).
    pub fn file_name(&self) -> String {
        let form = &self.assessment;
        format!(
            "bontot_{}_{}_r{}_{}.json",
            slug(&form.unit.name),
            form.period.from,
            form.revision,
            self.check_code()
        )
    }

    /// The file: canonical bytes, so that no byte can change unnoticed, not even white space.
    pub fn to_text(&self) -> String {
        canonical(&self.object)
    }

    /// Verifies every signature; the first must be the unit's.
    ///
    /// # Errors
    /// The place of the first signature that is refused, and why.
    pub fn verify(self) -> Result<Verified<Submission>, (usize, SignatureFault)> {
        let mut signers = Vec::with_capacity(self.signatures.len());
        for (place, signature) in self.signatures.iter().enumerate() {
            let header = verify(&self.object, signature).map_err(|fault| (place, fault))?;
            if place == 0 && header.role != Role::Unit {
                return Err((place, SignatureFault::Role));
            }
            signers.push(header);
        }
        Ok(Verified {
            content: self,
            signers,
        })
    }
}

impl Read for Submission {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let o = Object::open_format(
            json,
            &["bontot.submission/1"],
            &["format", "assessment", "outcome", "signatures"],
        )?;
        let assessment = o.need("assessment")?;
        o.need_by("outcome", |json| match json {
            Json::Object(_) => Ok(()),
            _ => Err(ReadError::expected(Expected::Object)),
        })?;
        Ok(Submission {
            assessment,
            signatures: signatures(&o)?,
            object: json.clone(),
        })
    }
}

/// Seals a form: the next revision, without answers that do not belong to it, its outcome by the
/// rules of the pack, and the unit's signature over both.
pub fn seal(pack: &Pack, form: &Assessment, key: &SecretKey, now: Instant) -> Submission {
    let mut assessment = form.clone();
    assessment.revision += 1;
    assessment.updated = now;
    rules::Scope::of(pack, &form.unit).prune(pack, &mut assessment);
    let outcome = rules::outcome(pack, &assessment);
    let unsigned = Builder::new()
        .with("format", "bontot.submission/1")
        .with("assessment", assessment.write())
        .with("outcome", outcome.write());
    let signature = sign(&unsigned.clone().done(), key, Role::Unit, now);
    Submission {
        object: unsigned.with("signatures", vec![signature.write()]).done(),
        assessment,
        signatures: vec![signature],
    }
}
