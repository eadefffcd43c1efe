//! A locked key as it is kept on this device: `bontot.key-record/1`.

use crate::json::{Builder, FILE_LIMIT, Json, Object, Read, ReadError, Write, canonical, parse};
use crate::value::Instant;

/// A locked key with what a person needs to choose it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRecord {
    /// The unit for which it was made.
    pub unit: String,
    /// The check code of its public key.
    pub check_code: String,
    /// The locked key, compact JWE.
    pub locked: String,
    /// When it was made.
    pub created: Instant,
    /// Since when it is no longer offered for signing.
    pub retired: Option<Instant>,
}

impl KeyRecord {
    /// Reads a record.
    ///
    /// # Errors
    /// The first fault of the text, with its place.
    pub fn from_text(text: &str) -> Result<KeyRecord, ReadError> {
        KeyRecord::read(&parse(text.as_bytes(), FILE_LIMIT)?)
    }

    /// The text to keep.
    pub fn to_text(&self) -> String {
        canonical(&self.write())
    }
}

impl Read for KeyRecord {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let o = Object::open_format(
            json,
            &["bontot.key-record/1"],
            &[
                "format",
                "unit",
                "check_code",
                "locked",
                "created",
                "retired",
            ],
        )?;
        Ok(KeyRecord {
            unit: o.need("unit")?,
            check_code: o.need("check_code")?,
            locked: o.need("locked")?,
            created: o.need("created")?,
            retired: o.maybe_null("retired")?,
        })
    }
}

impl Write for KeyRecord {
    fn write(&self) -> Json {
        Builder::new()
            .with("format", "bontot.key-record/1")
            .with("unit", &self.unit)
            .with("check_code", &self.check_code)
            .with("locked", &self.locked)
            .with("created", self.created)
            .with_some("retired", self.retired)
            .done()
    }
}
