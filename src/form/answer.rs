//! Answers to items and gates, and the vote.

use crate::json::{Builder, Expected, Json, Object, Read, ReadError, Write, integer};
use crate::string_enum;
use crate::value::{Date, Id, SortedMap, is_blank, map};

/// Largest number of votes that can be written.
const VOTE_LIMIT: i64 = 1_000_000_000;

string_enum! {
    /// What a person says of an item.
    pub enum AnswerVerdict {
        /// đạt
        Met = "met",
        /// không đạt
        NotMet = "not_met",
        /// không áp dụng
        NotApplicable = "not_applicable",
    }
}

/// The value of a field that is not blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldValue {
    /// The value of an integer field.
    Int(i64),
    /// The value of a text, date or choice field.
    Text(String),
}

/// The answer to one item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// Field values that are not blank.
    pub fields: SortedMap<Id, FieldValue>,
    /// What the person says.
    pub verdict: Option<AnswerVerdict>,
    /// Why the person says so, where a reason is asked for.
    pub reason: String,
    /// Evidence (*minh chứng*).
    pub evidence: String,
}

impl Answer {
    /// Is nothing answered?
    pub fn is_empty(&self) -> bool {
        *self == Answer::default()
    }

    /// The number in an integer field; `None` where it is blank.
    pub fn integer(&self, field: &Id) -> Option<i64> {
        match self.fields.get(field) {
            Some(FieldValue::Int(value)) => Some(*value),
            _ => None,
        }
    }

    /// The text in another field; `None` where it is blank.
    pub fn text(&self, field: &Id) -> Option<&str> {
        match self.fields.get(field) {
            Some(FieldValue::Text(text)) if !is_blank(text) => Some(text),
            _ => None,
        }
    }

    /// Is a field blank?
    pub fn is_blank(&self, field: &Id) -> bool {
        self.integer(field).is_none() && self.text(field).is_none()
    }
}

/// What a person declares of a gate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GateAnswer {
    /// Whether it happened.
    pub open: bool,
    /// When it happened.
    pub occurred: Option<Date>,
    /// Whether the exception of the gate holds.
    pub excepted: bool,
    /// Why the exception holds.
    pub note: String,
}

string_enum! {
    /// How a vote was taken.
    pub enum VoteMethod {
        /// biểu quyết giơ tay
        ShowOfHands = "show_of_hands",
        /// bỏ phiếu kín
        SecretBallot = "secret_ballot",
    }
}

/// The vote of the unit on its self-assessment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vote {
    /// Members entitled to vote.
    pub eligible: Option<i64>,
    /// Members present.
    pub present: Option<i64>,
    /// Votes in favour.
    pub in_favour: Option<i64>,
    /// How it was taken.
    pub method: Option<VoteMethod>,
    /// When it was taken.
    pub date: Option<Date>,
}

impl Vote {
    /// Is any number of the vote given?
    pub fn is_given(&self) -> bool {
        self.eligible.is_some() || self.present.is_some() || self.in_favour.is_some()
    }

    /// Eligible, present, in favour, where all are given and `in_favour ≤ present ≤ eligible`.
    pub fn consistent(&self) -> Option<(i64, i64, i64)> {
        let (eligible, present, in_favour) = (self.eligible?, self.present?, self.in_favour?);
        (in_favour <= present && present <= eligible).then_some((eligible, present, in_favour))
    }
}

fn field_value(json: &Json) -> Result<Option<FieldValue>, ReadError> {
    match json {
        Json::Null => Ok(None),
        Json::Int(value) => Ok(Some(FieldValue::Int(*value))),
        Json::Text(text) if is_blank(text) => Ok(None),
        Json::Text(text) => Ok(Some(FieldValue::Text(text.clone()))),
        _ => Err(ReadError::expected(Expected::FieldValue)),
    }
}

impl Read for Answer {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let o = Object::open(json, &["fields", "verdict", "reason", "evidence"])?;
        Ok(Answer {
            fields: o
                .maybe_by("fields", |json| map(json, Id::parse, field_value))?
                .unwrap_or_default(),
            verdict: o.maybe("verdict")?,
            reason: o.text("reason")?,
            evidence: o.text("evidence")?,
        })
    }
}

/// A text as a member, left out where it is blank.
pub(super) fn filled(text: &str) -> Option<&str> {
    (!is_blank(text)).then_some(text)
}

impl Write for Answer {
    fn write(&self) -> Json {
        let fields: Vec<_> = self
            .fields
            .iter()
            .map(|(id, value)| {
                let value = match value {
                    FieldValue::Int(value) => Json::Int(*value),
                    FieldValue::Text(text) => text.into(),
                };
                (id.as_str().to_owned(), value)
            })
            .collect();
        Builder::new()
            .with_some(
                "fields",
                (!fields.is_empty()).then_some(Json::Object(fields)),
            )
            .with_some("verdict", self.verdict)
            .with_some("reason", filled(&self.reason))
            .with_some("evidence", filled(&self.evidence))
            .done()
    }
}

impl Read for GateAnswer {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let o = Object::open(json, &["open", "occurred", "excepted", "note"])?;
        Ok(GateAnswer {
            open: o.need_by("open", crate::json::flag)?,
            occurred: o.maybe_null("occurred")?,
            excepted: o.flag("excepted")?,
            note: o.text("note")?,
        })
    }
}

impl Write for GateAnswer {
    fn write(&self) -> Json {
        Builder::new()
            .with("open", self.open)
            .with_some("occurred", self.occurred)
            .with_some("excepted", self.excepted.then_some(true))
            .with_some("note", filled(&self.note))
            .done()
    }
}

impl Read for Vote {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let o = Object::open(
            json,
            &["eligible", "present", "in_favour", "method", "date"],
        )?;
        let votes = |name| {
            let read = |json: &Json| match json {
                Json::Null => Ok(None),
                json => integer(json, 0, VOTE_LIMIT).map(Some),
            };
            Ok::<_, ReadError>(o.maybe_by(name, read)?.flatten())
        };
        Ok(Vote {
            eligible: votes("eligible")?,
            present: votes("present")?,
            in_favour: votes("in_favour")?,
            method: o.maybe_null("method")?,
            date: o.maybe_null("date")?,
        })
    }
}

impl Write for Vote {
    fn write(&self) -> Json {
        Builder::new()
            .with_some("eligible", self.eligible)
            .with_some("present", self.present)
            .with_some("in_favour", self.in_favour)
            .with_some("method", self.method)
            .with_some("date", self.date)
            .done()
    }
}
