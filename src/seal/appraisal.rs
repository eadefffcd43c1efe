//! What the superior says of a submission: `bontot.appraisal/1` (spec s. 4).

use crate::form::AnswerVerdict;
use crate::json::{Builder, FILE_LIMIT, Json, Object, Read, ReadError, Write, canonical, parse};
use crate::seal::{Header, Role, SecretKey, Signature, SignatureFault, sign, signatures, verify};
use crate::string_enum;
use crate::value::{Date, Digest, Id, Instant, SortedMap, check_code, map};

/// The name of the format.
const FORMAT: &str = "bontot.appraisal/1";

string_enum! {
    /// What the superior decided.
    pub enum Decision {
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemAppraisal {
    /// The verdict of the superior.
    pub verdict: AnswerVerdict,
    /// A remark to the unit.
    pub note: String,
}

/// What an appraisal says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppraisalContent {
    /// The digest of the submission that is appraised.
    pub submission: Digest,
    /// The items of which something is said.
    pub items: SortedMap<Id, ItemAppraisal>,
    /// The decision.
    pub decision: Decision,
    /// A remark on the whole.
    pub note: String,
    /// The day of the decision.
    pub date: Date,
}

/// An appraisal as it was read: its shape is right, nothing else is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appraisal {
    content: AppraisalContent,
    object: Json,
    signatures: Vec<Signature>,
}

impl Appraisal {
    /// Signs an appraisal.
    pub fn make(content: AppraisalContent, key: &SecretKey, now: Instant) -> Appraisal {
        let items = content.items.iter();
        let items = items.map(|(id, item)| (id.to_string(), item.write()));
        let unsigned = Builder::new()
            .with("format", FORMAT)
            .with("submission", content.submission)
            .with("items", Json::Object(items.collect()))
            .with("decision", content.decision)
            .with("note", &content.note)
            .with("date", content.date);
        let signature = sign(&unsigned.clone().done(), key, Role::Superior, now);
        Appraisal {
            object: unsigned.with("signatures", vec![signature.write()]).done(),
            content,
            signatures: vec![signature],
        }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// The first fault against spec s. 1 and 4, with its place.
    pub fn from_bytes(bytes: &[u8]) -> Result<Appraisal, ReadError> {
        Appraisal::read(&parse(bytes, FILE_LIMIT)?)
    }

    /// Does a text say that it is an appraisal?
    pub fn is_one(json: &Json) -> bool {
        json.get("format").and_then(Json::as_text) == Some(FORMAT)
    }

    /// What it says.
    pub fn content(&self) -> &AppraisalContent {
        &self.content
    }

    /// The digest of what is signed.
    pub fn digest(&self) -> Digest {
        Digest::of(&self.object.without("signatures"))
    }

    /// The check code of the appraisal.
    pub fn check_code(&self) -> String {
        check_code(&self.digest())
    }

    /// Verifies every signature, each of which must be a superior's; says who signed.
    ///
    /// # Errors
    /// The place of the first signature that is refused, and why.
    pub fn verify(&self) -> Result<Vec<Header>, (usize, SignatureFault)> {
        let mut signers = Vec::with_capacity(self.signatures.len());
        for (place, signature) in self.signatures.iter().enumerate() {
            let header = verify(&self.object, signature).map_err(|fault| (place, fault))?;
            if header.role != Role::Superior {
                return Err((place, SignatureFault::Role));
            }
            signers.push(header);
        }
        Ok(signers)
    }

    /// The file, canonical bytes.
    pub fn to_text(&self) -> String {
        canonical(&self.object)
    }
}

impl Read for Appraisal {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let known = [
            "format",
            "submission",
            "items",
            "decision",
            "note",
            "date",
            "signatures",
        ];
        let o = Object::open_format(json, &[FORMAT], &known)?;
        let content = AppraisalContent {
            submission: o.need("submission")?,
            items: o.need_by("items", |json| {
                map(json, Id::parse, |item| ItemAppraisal::read(item).map(Some))
            })?,
            decision: o.need("decision")?,
            note: o.text("note")?,
            date: o.need("date")?,
        };
        Ok(Appraisal {
            content,
            signatures: signatures(&o)?,
            object: json.clone(),
        })
    }
}

impl Read for ItemAppraisal {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let o = Object::open(json, &["verdict", "note"])?;
        Ok(ItemAppraisal {
            verdict: o.need("verdict")?,
            note: o.text("note")?,
        })
    }
}

impl Write for ItemAppraisal {
    fn write(&self) -> Json {
        Builder::new()
            .with("verdict", self.verdict)
            .with("note", &self.note)
            .done()
    }
}
