//! The pack as a whole (spec s. 2).

use crate::json::{Builder, Json, Object, PACK_LIMIT, Read, ReadError, Write, parse};
use crate::pack::item::FIELD_LIMIT;
use crate::pack::{Adjustment, Applies, Decision, Gate, Item, PointScheme};
use crate::string_enum;
use crate::value::{Date, Digest, Id, Label, Version};

/// A criteria pack (*bộ tiêu chí*): all that a form asks and all that decides its outcome.
#[derive(Clone, Debug)]
pub struct Pack {
    /// Identity, together with the version.
    pub id: Id,
    /// SemVer 2.0 without build metadata.
    pub version: Version,
    /// Proof of identity: the digest of the pack's canonical bytes.
    pub digest: Digest,
    /// Its name.
    pub title: Label,
    /// Who issued it.
    pub issuer: Option<Label>,
    /// What a reader must know, above all what is a proposal and not an official rule.
    pub note: Option<Label>,
    /// When it may be used.
    pub effective: Span,
    /// The documents that it rests on (*căn cứ*).
    pub legal_basis: Vec<LegalBasis>,
    /// Levels of units, such as cell and committee.
    pub levels: Vec<Term>,
    /// Types of units, such as village and agency.
    pub types: Vec<Term>,
    /// Kinds of periods that a form may cover.
    pub periods: Vec<PeriodKind>,
    /// Numbers that are asked once and used by many items.
    pub facts: Vec<Fact>,
    /// The criteria.
    pub criteria: Vec<Criterion>,
    /// The questions.
    pub items: Vec<Item>,
    /// The gates.
    pub gates: Vec<Gate>,
    /// Bonuses and penalties.
    pub adjustments: Vec<Adjustment>,
    /// How points are counted, if they are.
    pub points: Option<PointScheme>,
    /// What decides.
    pub decision: Decision,
}

/// The identity of a pack as a form states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackRef {
    /// The pack's id.
    pub id: Id,
    /// The pack's version.
    pub version: Version,
    /// The pack's digest.
    pub digest: Digest,
}

/// A span of days, both ends included; `None` is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

impl Span {
    /// Is the day within the span?
    pub fn contains(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// A document that the pack rests on.
#[derive(Clone, Debug)]
pub struct LegalBasis {
    /// How it is cited, such as *Hướng dẫn 10-HD/BTCTU*.
    pub cite: String,
    /// When it was issued.
    pub issued: Option<Date>,
    /// When it is in force.
    pub in_force: Span,
}

/// An id with its words: a level or a type of units.
#[derive(Clone, Debug)]
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
#[derive(Clone, Debug)]
pub struct Fact {
    /// Its id.
    pub id: Id,
    /// What is asked.
    pub label: Label,
    /// Smallest value.
    pub min: i64,
    /// Largest value.
    pub max: i64,
    /// The forms that it belongs to.
    pub applies: Vec<Applies>,
}

/// A criterion (*tiêu chí*).
#[derive(Clone, Debug)]
pub struct Criterion {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub label: Label,
    /// Share of the items that are not mandatory which must be met, 0–100 per cent.
    pub others_percent: i64,
}

impl Pack {
    /// Reads a pack from its JSON text.
    ///
    /// # Errors
    /// The first fault against spec s. 1 and s. 2, with its place. A pack that reads may still have
    /// errors that [`lint`](super::lint) finds.
    pub fn from_bytes(bytes: &[u8]) -> Result<Pack, ReadError> {
        Pack::read(&parse(bytes, PACK_LIMIT)?)
    }

    /// The identity that a form states.
    pub fn reference(&self) -> PackRef {
        PackRef {
            id: self.id.clone(),
            version: self.version.clone(),
            digest: self.digest,
        }
    }

    /// The place of an item in the pack.
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

    /// The gate with this id.
    pub fn gate(&self, id: &Id) -> Option<&Gate> {
        self.gates.iter().find(|gate| gate.id == *id)
    }

    /// The criterion with this id.
    pub fn criterion(&self, id: &Id) -> Option<&Criterion> {
        self.criteria.iter().find(|criterion| criterion.id == *id)
    }
}

impl Read for Pack {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let o = Object::open_format(
            json,
            &["bontot.pack/1"],
            &[
                "format",
                "id",
                "version",
                "title",
                "issuer",
                "note",
                "effective",
                "legal_basis",
                "levels",
                "types",
                "periods",
                "facts",
                "criteria",
                "items",
                "gates",
                "adjustments",
                "points",
                "decision",
            ],
        )?;
        Ok(Pack {
            id: o.need("id")?,
            version: o.need("version")?,
            digest: Digest::of(json),
            title: o.need("title")?,
            issuer: o.maybe("issuer")?,
            note: o.maybe("note")?,
            effective: o.need("effective")?,
            legal_basis: o.list("legal_basis")?,
            levels: o.need_by("levels", crate::json::list)?,
            types: o.need_by("types", crate::json::list)?,
            periods: o.need_by("periods", crate::json::list)?,
            facts: o.list("facts")?,
            criteria: o.need_by("criteria", crate::json::list)?,
            items: o.need_by("items", crate::json::list)?,
            gates: o.list("gates")?,
            adjustments: o.list("adjustments")?,
            points: o.maybe_null("points")?,
            decision: o.need("decision")?,
        })
    }
}

impl Read for PackRef {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let o = Object::open(json, &["id", "version", "digest"])?;
        Ok(PackRef {
            id: o.need("id")?,
            version: o.need("version")?,
            digest: o.need("digest")?,
        })
    }
}

impl Write for PackRef {
    fn write(&self) -> Json {
        Builder::new()
            .with("id", &self.id)
            .with("version", self.version.as_str())
            .with("digest", self.digest)
            .done()
    }
}

impl Read for Span {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let o = Object::open(json, &["from", "to"])?;
        Ok(Span {
            from: o.maybe_null("from")?,
            to: o.maybe_null("to")?,
        })
    }
}

impl Read for LegalBasis {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let o = Object::open(json, &["cite", "issued", "in_force"])?;
        Ok(LegalBasis {
            cite: o.need("cite")?,
            issued: o.maybe_null("issued")?,
            in_force: o.maybe("in_force")?.unwrap_or_default(),
        })
    }
}

impl Read for Term {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let o = Object::open(json, &["id", "label"])?;
        Ok(Term {
            id: o.need("id")?,
            label: o.need("label")?,
        })
    }
}

impl Read for Fact {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let o = Object::open(json, &["id", "label", "min", "max", "applies"])?;
        let min = o.integer("min", 0, FIELD_LIMIT)?;
        Ok(Fact {
            id: o.need("id")?,
            label: o.need("label")?,
            min,
            max: o.integer("max", min, FIELD_LIMIT)?,
            applies: o.list("applies")?,
        })
    }
}

impl Read for Criterion {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let o = Object::open(json, &["id", "label", "others_percent"])?;
        Ok(Criterion {
            id: o.need("id")?,
            label: o.need("label")?,
            others_percent: o.integer("others_percent", 0, 100)?,
        })
    }
}
