//! The assessment (spec s. 3), as a schema.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::pack::PeriodKind;
use super::words::{Count, Date, Id, Instant, PackRef, Text, Whole};

/// An assessment (phiếu tự đánh giá): what was answered. What the pack allows is for the pack to say.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "bontot.assessment/1")]
pub struct Assessment {
    /// The format.
    #[schemars(extend("const" = "bontot.assessment/1"))]
    pub format: Text,
    /// 128 random bits in Crockford base 32.
    #[schemars(regex(pattern = "^[0-9A-HJKMNP-TV-Z]{26}$"))]
    pub id: String,
    /// How often the form was sealed.
    #[schemars(range(min = 0, max = 9_007_199_254_740_991_i64))]
    pub revision: i64,
    /// The pack by whose rules it is filled.
    pub pack: PackRef,
    /// Who assesses itself.
    pub unit: Unit,
    /// The time that is assessed.
    pub period: Period,
    /// Facts by id; null is blank.
    #[schemars(default)]
    pub facts: BTreeMap<Id, Option<Whole>>,
    /// Answers by item.
    #[schemars(default)]
    pub items: BTreeMap<Id, Answer>,
    /// Declarations by gate.
    #[schemars(default)]
    pub gates: BTreeMap<Id, GateAnswer>,
    /// How often each adjustment counts; null is not at all.
    #[schemars(default)]
    pub adjustments: BTreeMap<Id, Option<Whole>>,
    /// The vote.
    pub vote: Option<Vote>,
    /// Good models that the unit offers for spreading.
    #[schemars(default)]
    pub practices: Vec<Practice>,
    /// Remarks in words.
    #[schemars(default, with = "Remarks")]
    pub remarks: Option<Remarks>,
    /// Where the form was made.
    #[schemars(default)]
    pub place: String,
    /// When the form was begun.
    pub created: Instant,
    /// When it was last changed.
    pub updated: Instant,
}

/// Who assesses itself.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Unit {
    /// Its name.
    pub name: Text,
    /// A level of the pack.
    pub level: Id,
    /// A type of the pack.
    #[schemars(rename = "type")]
    pub unit_type: Id,
    /// Its code in the party's register.
    #[schemars(default)]
    pub code: String,
    /// The party organisation that it belongs to.
    #[schemars(default)]
    pub parent: String,
    /// The committee that it files with.
    #[schemars(default)]
    pub superior: String,
}

/// The time that is assessed.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Period {
    /// The kind of period.
    pub kind: PeriodKind,
    /// First day.
    pub from: Date,
    /// Last day, not before the first.
    pub to: Date,
}

/// The answer to one item.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Answer {
    /// Values by field; null is blank.
    #[schemars(default)]
    pub fields: BTreeMap<Id, FieldValue>,
    /// What the person says.
    #[schemars(default, with = "AnswerVerdict")]
    pub verdict: Option<AnswerVerdict>,
    /// Why the person says so.
    #[schemars(default)]
    pub reason: String,
    /// Evidence (minh chứng).
    #[schemars(default)]
    pub evidence: String,
}

/// The value of a field: a whole number, a text (of a text, date or choice field), or null.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub enum FieldValue {
    /// A whole number.
    Number(Whole),
    /// A text, a day, or the id of a choice.
    Text(Text),
    /// Blank.
    Blank,
}

/// What a person says of an item.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum AnswerVerdict {
    /// đạt
    Met,
    /// không đạt
    NotMet,
    /// không áp dụng
    NotApplicable,
}

/// What a person declares of a gate.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct GateAnswer {
    /// Whether it happened.
    pub open: bool,
    /// When it happened.
    pub occurred: Option<Date>,
    /// Whether the exception of the gate holds.
    #[schemars(default)]
    pub excepted: bool,
    /// Why the exception holds.
    #[schemars(default)]
    pub note: String,
}

/// The vote of the unit on its self-assessment.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Vote {
    /// Members entitled to vote.
    pub eligible: Option<Count>,
    /// Members present.
    pub present: Option<Count>,
    /// Votes in favour.
    pub in_favour: Option<Count>,
    /// How it was taken.
    pub method: Option<VoteMethod>,
    /// When it was taken.
    pub date: Option<Date>,
}

/// How a vote was taken.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum VoteMethod {
    /// biểu quyết giơ tay
    ShowOfHands,
    /// bỏ phiếu kín
    SecretBallot,
}

/// A good model (mô hình, cách làm hay).
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Practice {
    /// Its name.
    #[schemars(default)]
    pub title: String,
    /// What is done and what came of it.
    #[schemars(default)]
    pub text: String,
}

/// Remarks in words.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Remarks {
    /// ưu điểm
    #[schemars(default)]
    pub strengths: String,
    /// hạn chế, khuyết điểm
    #[schemars(default)]
    pub limits: String,
    /// nguyên nhân
    #[schemars(default)]
    pub causes: String,
    /// biện pháp khắc phục
    #[schemars(default)]
    pub remedies: String,
}
