//! The pack as a whole (spec s. 2).

use serde::de::{Deserializer, Error};
use serde::{Deserialize, Serialize};

use crate::json::{Json, PACK_LIMIT, ReadError, Within, parse, present};
use crate::pack::item::{FIELD_LIMIT, ordered};
use crate::pack::{Adjustment, Applies, Decision, FactCheck, Gate, Item, PointScheme};
use crate::string_enum;
use crate::value::{Date, Digest, Id, Label, Version};

/// A criteria pack (*bộ tiêu chí*): all that a form asks and all that decides its outcome.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(remote = "Self", tag = "format", rename = "bontot.pack/1", deny_unknown_fields)]
#[cfg_attr(feature = "cli", schemars(rename = "Pack", title = "bontot.pack/1"))]
#[cfg_attr(feature = "cli", schemars(transform = crate::json::document))]
pub struct Pack {
    /// Identity, together with the version.
    pub id: Id,
    /// SemVer 2.0 without build metadata.
    pub version: Version,
    /// Proof of identity: the digest of the pack's canonical bytes.
    #[serde(skip, default = "of_nothing")]
    pub digest: Digest,
    /// Its name.
    pub title: Label,
    /// Who issued it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "cli", schemars(with = "Label"))]
    pub issuer: Option<Label>,
    /// What a reader must know, above all what is a proposal and not an official rule.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "cli", schemars(with = "Label"))]
    pub note: Option<Label>,
    /// When it may be used.
    pub effective: Span,
    /// The documents that it rests on (*căn cứ*).
    #[serde(default)]
    pub legal_basis: Vec<LegalBasis>,
    /// Levels of units, such as cell and committee.
    #[cfg_attr(feature = "cli", schemars(length(min = 1)))]
    pub levels: Vec<Term>,
    /// Types of units, such as village and agency.
    #[cfg_attr(feature = "cli", schemars(length(min = 1)))]
    pub types: Vec<Term>,
    /// Kinds of periods that a form may cover.
    #[cfg_attr(feature = "cli", schemars(length(min = 1)))]
    pub periods: Vec<PeriodKind>,
    /// Numbers that are asked once and used by many items.
    #[serde(default)]
    pub facts: Vec<Fact>,
    /// What the facts must keep among themselves.
    #[serde(default)]
    pub checks: Vec<FactCheck>,
    /// The criteria.
    pub criteria: Vec<Criterion>,
    /// The questions.
    pub items: Vec<Item>,
    /// The gates.
    #[serde(default)]
    pub gates: Vec<Gate>,
    /// Bonuses and penalties.
    #[serde(default)]
    pub adjustments: Vec<Adjustment>,
    /// How points are counted, if they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<PointScheme>,
    /// What decides.
    pub decision: Decision,
}

/// The identity of a pack as a form states it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PackRef {
    /// The pack's id.
    pub id: Id,
    /// The pack's version.
    pub version: Version,
    /// The pack's digest.
    pub digest: Digest,
}

/// A span of days, both ends included; `None` is open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
}

impl Span {
    /// Is the day within the span?
    pub fn contains(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// A document that the pack rests on.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LegalBasis {
    /// How it is cited, such as *Hướng dẫn 10-HD/BTCTU*.
    pub cite: String,
    /// When it was issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued: Option<Date>,
    /// When it is in force.
    #[serde(default)]
    pub in_force: Span,
}

/// An id with its words: a level or a type of units.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The id.
    pub id: Id,
    /// The words.
    pub label: Label,
}

string_enum! {
    /// The kind of a period.
    pub enum PeriodKind {
        /// a month
        Month = "month",
        /// a quarter
        Quarter = "quarter",
        /// half a year
        HalfYear = "half_year",
        /// a calendar year
        Year = "year",
        /// a school year
        SchoolYear = "school_year",
        /// the whole pilot
        Pilot = "pilot",
    }
}

/// A number that is asked once.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Fact {
    /// Its id.
    pub id: Id,
    /// What is asked.
    pub label: Label,
    /// Smallest value.
    #[serde(with = "Within::<0, FIELD_LIMIT>")]
    pub min: i64,
    /// Largest value.
    #[serde(with = "Within::<0, FIELD_LIMIT>")]
    pub max: i64,
    /// The forms that it belongs to.
    #[serde(default)]
    pub applies: Vec<Applies>,
}

/// A criterion (*tiêu chí*).
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub label: Label,
    /// Share of the items that are not mandatory which must be met, 0–100 per cent.
    #[serde(with = "Within::<0, 100>")]
    pub others_percent: i64,
}

impl Pack {
    /// Reads a pack from its JSON text.
    ///
    /// # Errors
    /// The first violation of spec s. 1 and s. 2. A pack that reads may still have
    /// errors that [`lint`](super::lint) finds.
    pub fn from_bytes(bytes: &[u8]) -> Result<Pack, ReadError> {
        Pack::from_json(&parse(bytes, PACK_LIMIT)?)
    }

    /// Reads a pack from its JSON tree; the digest is that of the tree.
    ///
    /// # Errors
    /// As [`Pack::from_bytes`].
    pub fn from_json(json: &Json) -> Result<Pack, ReadError> {
        let mut pack = Pack::without_digest(json)?;
        pack.digest = Digest::of(json);
        Ok(pack)
    }

    /// As [`Pack::from_json`], for a pack that is being written: its digest is of nothing, since that takes longer than all
    /// the rest, and nothing refers to it yet.
    ///
    /// # Errors
    /// As [`Pack::from_bytes`].
    pub fn without_digest(json: &Json) -> Result<Pack, ReadError> {
        Pack::deserialize(json)
    }

    /// The identity that a form states.
    pub fn reference(&self) -> PackRef {
        PackRef { id: self.id.clone(), version: self.version.clone(), digest: self.digest }
    }

    /// The index of an item in the pack.
    pub fn item_index(&self, id: &Id) -> Option<usize> {
        self.items.iter().position(|item| item.id == *id)
    }

    /// The item with this id.
    pub fn item(&self, id: &Id) -> Option<&Item> {
        self.items.iter().find(|item| item.id == *id)
    }

    /// The fact with this id.
    pub fn fact(&self, id: &Id) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.id == *id)
    }

    /// The check of the pack with this id.
    pub fn check(&self, id: &Id) -> Option<&FactCheck> {
        self.checks.iter().find(|check| check.id == *id)
    }

    /// The gate with this id.
    pub fn gate(&self, id: &Id) -> Option<&Gate> {
        self.gates.iter().find(|gate| gate.id == *id)
    }

    /// The criterion with this id.
    pub fn criterion(&self, id: &Id) -> Option<&Criterion> {
        self.criteria.iter().find(|criterion| criterion.id == *id)
    }
}

/// The digest of a pack while it is being read; [`Pack::from_json`] replaces it.
fn of_nothing() -> Digest {
    Digest::of_bytes(&[])
}

impl<'de> Deserialize<'de> for Fact {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let fact = Fact::deserialize(source)?;
        ordered(fact.min, fact.max).map_err(D::Error::custom)?;
        Ok(fact)
    }
}
