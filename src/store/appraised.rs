//! What a superior said of a form, as it is kept on this device: `bontot.appraised/1`, with the signed
//! file that it speaks of.

use crate::json::{Builder, FILE_LIMIT, Json, Object, Read, ReadError, Write, canonical, parse};
use crate::value::{AssessmentId, Instant};

/// The name of the format.
const FORMAT: &str = "bontot.appraised/1";

/// The largest record that is read, in bytes: two files, each with a limit of its own, as strings.
const LIMIT: usize = 3 * FILE_LIMIT;

/// An appraisal with its submission, both as texts: whoever shows them verifies them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appraised {
    /// The signed file of the unit.
    pub submission: String,
    /// The signed file of the superior.
    pub appraisal: String,
    /// When it came.
    pub received: Instant,
}

impl Appraised {
    /// The key under which an appraisal of a form is kept: the form's id, and the check code of the
    /// appraisal.
    pub fn key(id: &AssessmentId, check_code: &str) -> String {
        [id.as_str(), "_", check_code].concat()
    }

    /// Is a key that of an appraisal of this form?
    pub fn is_of(key: &str, id: &AssessmentId) -> bool {
        key.strip_prefix(id.as_str())
            .is_some_and(|rest| rest.starts_with('_'))
    }

    /// Reads a record.
    ///
    /// # Errors
    /// The first fault of the text, with its place.
    pub fn from_text(text: &str) -> Result<Appraised, ReadError> {
        Appraised::read(&parse(text.as_bytes(), LIMIT)?)
    }

    /// The text to keep.
    pub fn to_text(&self) -> String {
        canonical(&self.write())
    }
}

impl Read for Appraised {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let known = ["format", "submission", "appraisal", "received"];
        let o = Object::open_format(json, &[FORMAT], &known)?;
        Ok(Appraised {
            submission: o.need("submission")?,
            appraisal: o.need("appraisal")?,
            received: o.need("received")?,
        })
    }
}

impl Write for Appraised {
    fn write(&self) -> Json {
        Builder::new()
            .with("format", FORMAT)
            .with("submission", &self.submission)
            .with("appraisal", &self.appraisal)
            .with("received", self.received)
            .done()
    }
}
