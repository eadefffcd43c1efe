//! Answers to items and gates, and the vote.

use std::fmt;

use serde::de::{Deserializer, Error, Visitor};
use serde::{Deserialize, Serialize};

use crate::form::attachment::{Attachment, attachments};
use crate::json::{Expected, Map, OrNull, is_default, present, without_nulls};
use crate::string_enum;
use crate::value::{Date, Id, is_blank};

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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum FieldValue {
    /// The value of an integer field.
    Int(#[cfg_attr(feature = "cli", schemars(with = "crate::json::Whole"))] i64),
    /// The value of a text, date or choice field.
    Text(String),
}

/// The answer to one item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Field values that are not blank.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    #[serde(deserialize_with = "given")]
    #[cfg_attr(feature = "cli", schemars(with = "Map<Id, Option<FieldValue>>"))]
    pub fields: Map<Id, FieldValue>,
    /// What the person says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "present")]
    #[cfg_attr(feature = "cli", schemars(with = "AnswerVerdict"))]
    pub verdict: Option<AnswerVerdict>,
    /// Why the person says so, where a reason is asked for.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub reason: String,
    /// Evidence (*minh chứng*).
    #[serde(default, skip_serializing_if = "is_blank")]
    pub evidence: String,
    /// Files beside the answer; they change no verdict.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[serde(deserialize_with = "attachments")]
    #[cfg_attr(feature = "cli", schemars(length(max = 10)))]
    pub attachments: Vec<Attachment>,
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GateAnswer {
    /// Whether it happened.
    pub open: bool,
    /// When it happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurred: Option<Date>,
    /// Whether the exception of the gate holds.
    #[serde(default, skip_serializing_if = "is_default")]
    pub excepted: bool,
    /// Why the exception holds.
    #[serde(default, skip_serializing_if = "is_blank")]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Vote {
    /// Members entitled to vote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(with = "OrNull::<0, VOTE_LIMIT>")]
    pub eligible: Option<i64>,
    /// Members present.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(with = "OrNull::<0, VOTE_LIMIT>")]
    pub present: Option<i64>,
    /// Votes in favour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(with = "OrNull::<0, VOTE_LIMIT>")]
    pub in_favour: Option<i64>,
    /// How it was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<VoteMethod>,
    /// When it was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
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

/// Reads the fields of an answer; one that is blank is left out.
fn given<'de, D: Deserializer<'de>>(source: D) -> Result<Map<Id, FieldValue>, D::Error> {
    let mut fields: Map<_, FieldValue> = without_nulls(source)?;
    fields.retain(|_, value| !matches!(value, FieldValue::Text(text) if is_blank(text)));
    Ok(fields)
}

impl<'de> Deserialize<'de> for FieldValue {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        source.deserialize_any(IntegerOrText)
    }
}

struct IntegerOrText;

impl Visitor<'_> for IntegerOrText {
    type Value = FieldValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&Expected::FieldValue, f)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<FieldValue, E> {
        Ok(FieldValue::Int(value))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<FieldValue, E> {
        Ok(FieldValue::Text(text.to_owned()))
    }
}
