//! The assessment as a whole: `bontot.assessment/1` (spec s. 3).

use serde::de::{Deserializer, Error};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use crate::form::{Answer, GateAnswer, Vote};
use crate::json::{
    Expected, FILE_LIMIT, Map, ReadError, Within, from_slice, is_default, null_as_default,
    without_nulls,
};
use crate::pack::{Pack, PackRef, PeriodKind};
use crate::value::{AssessmentId, Date, Id, Instant, is_blank};

/// The highest revision of a form (spec s. 4).
pub const REVISION_LIMIT: i64 = 1_000_000;

/// A form with its answers (*phiếu tự đánh giá*).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename = "bontot.assessment/1", deny_unknown_fields)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "cli", schemars(rename = "Assessment", title = "bontot.assessment/1"))]
#[cfg_attr(feature = "cli", schemars(transform = crate::json::document))]
pub struct Assessment {
    /// Random, made with the form.
    pub id: AssessmentId,
    /// How often the form was sealed.
    #[serde(with = "Within::<0, REVISION_LIMIT>")]
    pub revision: i64,
    /// The pack by whose rules it is filled.
    pub pack: PackRef,
    /// Who assesses itself.
    pub unit: Unit,
    /// The time that is assessed.
    pub period: Period,
    /// Facts that are not blank.
    #[serde(default, deserialize_with = "without_nulls")]
    #[cfg_attr(feature = "cli", schemars(with = "Map<Id, Option<crate::json::Whole>>"))]
    pub facts: Map<Id, i64>,
    /// Answers by item.
    #[serde(default)]
    pub items: Map<Id, Answer>,
    /// Declarations by gate.
    #[serde(default)]
    pub gates: Map<Id, GateAnswer>,
    /// How often each adjustment counts.
    #[serde(default, deserialize_with = "without_nulls")]
    #[cfg_attr(feature = "cli", schemars(with = "Map<Id, Option<crate::json::Whole>>"))]
    pub adjustments: Map<Id, i64>,
    /// The vote.
    #[serde(default, skip_serializing_if = "is_default")]
    #[serde(deserialize_with = "null_as_default")]
    #[cfg_attr(feature = "cli", schemars(with = "Option<Vote>"))]
    pub vote: Vote,
    /// Good models that the unit offers for spreading.
    #[serde(default)]
    pub practices: Vec<Practice>,
    /// Remarks in words.
    #[serde(default)]
    pub remarks: Remarks,
    /// Where the form was made.
    #[serde(default, rename = "place")]
    pub locality: String,
    /// When the form was begun.
    pub created: Instant,
    /// When it was last changed.
    pub updated: Instant,
}

/// Who assesses itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Its name.
    pub name: String,
    /// A level of the pack.
    pub level: Id,
    /// A type of the pack.
    #[serde(rename = "type")]
    pub unit_type: Id,
    /// Its code in the party's register, if it has one.
    #[serde(default)]
    pub code: String,
    /// The party organisation that it belongs to.
    #[serde(default)]
    pub parent: String,
    /// The committee that it files with.
    #[serde(default)]
    pub superior: String,
}

/// The time that is assessed; does not end before it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Period {
    /// The kind of period.
    pub kind: PeriodKind,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

impl Period {
    /// Is the day within the period?
    pub fn contains(&self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }
}

/// A good model (*mô hình, cách làm hay*).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Practice {
    /// Its name.
    #[serde(default)]
    pub title: String,
    /// What is done and what came of it.
    #[serde(default)]
    pub text: String,
}

/// Remarks in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Remarks {
    /// ưu điểm
    #[serde(default, serialize_with = "unless_blank")]
    pub strengths: String,
    /// hạn chế, khuyết điểm
    #[serde(default, serialize_with = "unless_blank")]
    pub limits: String,
    /// nguyên nhân
    #[serde(default, serialize_with = "unless_blank")]
    pub causes: String,
    /// biện pháp khắc phục
    #[serde(default, serialize_with = "unless_blank")]
    pub remedies: String,
}

impl Assessment {
    /// Reads an assessment from its JSON text.
    ///
    /// # Errors
    /// The first fault against spec s. 1 and s. 3. [`check`](super::check) checks the answers
    /// against a pack.
    pub fn from_bytes(bytes: &[u8]) -> Result<Assessment, ReadError> {
        from_slice(bytes, FILE_LIMIT)
    }

    /// An empty form of a pack: the first level and type, nothing answered.
    ///
    /// `None` where the pack has no level or no type, which the linter refuses.
    pub fn blank(
        pack: &Pack,
        id: AssessmentId,
        period: Period,
        now: Instant,
    ) -> Option<Assessment> {
        Some(Assessment {
            id,
            revision: 0,
            pack: pack.reference(),
            unit: Unit {
                name: String::new(),
                level: pack.levels.first()?.id.clone(),
                unit_type: pack.types.first()?.id.clone(),
                code: String::new(),
                parent: String::new(),
                superior: String::new(),
            },
            period,
            facts: Map::new(),
            items: Map::new(),
            gates: Map::new(),
            adjustments: Map::new(),
            vote: Vote::default(),
            practices: Vec::new(),
            remarks: Remarks::default(),
            locality: String::new(),
            created: now,
            updated: now,
        })
    }

    /// Passes every text that a person typed through `normal`, for NFC and trimming (spec s. 1).
    pub fn normalize(&mut self, normal: impl Fn(&str) -> String) {
        let unit = &mut self.unit;
        let remarks = &mut self.remarks;
        let own = [
            &mut unit.name,
            &mut unit.code,
            &mut unit.parent,
            &mut unit.superior,
            &mut remarks.strengths,
            &mut remarks.limits,
            &mut remarks.causes,
            &mut remarks.remedies,
            &mut self.locality,
        ];
        let answers = self.items.values_mut().flat_map(|a| {
            let texts = a.fields.values_mut().filter_map(|value| match value {
                super::FieldValue::Text(text) => Some(text),
                super::FieldValue::Int(_) => None,
            });
            texts.chain([&mut a.reason, &mut a.evidence])
        });
        let notes = self.gates.values_mut().map(|gate| &mut gate.note);
        let practices = self.practices.iter_mut().flat_map(|p| [&mut p.title, &mut p.text]);
        for text in own.into_iter().chain(answers).chain(notes).chain(practices) {
            *text = normal(text);
        }
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let period = Period::deserialize(source)?;
        if period.to < period.from {
            return Err(D::Error::custom(
                ReadError::expected(Expected::PeriodInOrder).within("to"),
            ));
        }
        Ok(period)
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        Period::serialize(self, out)
    }
}

/// Writes a remark; a blank one as an empty text.
fn unless_blank<S: Serializer>(text: &str, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(if is_blank(text) { "" } else { text })
}
