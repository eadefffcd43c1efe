//! Items and their fields (spec s. 2.1).

use crate::json::{Json, Object, Read, ReadError};
use crate::pack::{Applies, Cond, ItemPoints};
use crate::string_enum;
use crate::value::{Id, Label};

/// Largest value of an integer field.
pub const FIELD_LIMIT: i64 = 1_000_000_000;

/// One question of a form.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its id, such as `2.08`.
    pub id: Id,
    /// The criterion that it belongs to.
    pub criterion: Id,
    /// What is asked.
    pub label: Label,
    /// What to look at and what counts as evidence.
    pub help: Option<Label>,
    /// The clauses that it comes from.
    pub source: Vec<Id>,
    /// The forms that it belongs to.
    pub applies: Vec<Applies>,
    /// Whether the criterion fails when this item is not met.
    pub mandatory: bool,
    /// Whether a person may say *not applicable*, with a reason.
    pub may_skip: bool,
    /// Whether a person may overrule the derived verdict, with a reason.
    pub overridable: bool,
    /// Whether evidence is asked for.
    pub evidence: EvidenceRule,
    /// Numbers, dates, texts and choices that belong to the answer.
    pub fields: Vec<Field>,
    /// When the item does not apply.
    pub na_when: Option<Cond>,
    /// When the item is met; without it a person says.
    pub met_when: Option<Cond>,
    /// Its part in the points, if any.
    pub points: Option<ItemPoints>,
}

string_enum! {
    /// Whether an item asks for evidence.
    pub enum EvidenceRule {
        /// No place for evidence.
        None = "none",
        /// A place for evidence.
        Optional = "optional",
        /// Evidence must stand there when the item is met.
        Required = "required",
    }
}

/// One value of an answer.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its id, unique in the item.
    pub id: Id,
    /// What it holds.
    pub kind: FieldKind,
    /// What is asked.
    pub label: Label,
    /// Whether it must be filled where the item is met or not met.
    pub required: bool,
}

/// What a field holds.
#[derive(Clone, Debug)]
pub enum FieldKind {
    /// A whole number in a range, both ends included.
    Integer {
        /// Smallest value.
        min: i64,
        /// Largest value.
        max: i64,
    },
    /// Any text.
    Text,
    /// A calendar day.
    Date,
    /// One of some choices.
    Choice(Vec<Choice>),
}

/// One choice of a choice field.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its id, unique in the field.
    pub id: Id,
    /// Its words.
    pub label: Label,
}

impl Item {
    /// The field with this id.
    pub fn field(&self, id: &Id) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == *id)
    }
}

impl Read for Item {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let o = Object::open(
            json,
            &[
                "id",
                "criterion",
                "label",
                "help",
                "source",
                "applies",
                "mandatory",
                "may_skip",
                "override",
                "evidence",
                "fields",
                "na_when",
                "met_when",
                "points",
            ],
        )?;
        Ok(Item {
            id: o.need("id")?,
            criterion: o.need("criterion")?,
            label: o.need("label")?,
            help: o.maybe("help")?,
            source: o.list("source")?,
            applies: o.list("applies")?,
            mandatory: o.flag("mandatory")?,
            may_skip: o.flag("may_skip")?,
            overridable: o.flag("override")?,
            evidence: o.maybe("evidence")?.unwrap_or(EvidenceRule::None),
            fields: o.list("fields")?,
            na_when: o.maybe("na_when")?,
            met_when: o.maybe("met_when")?,
            points: o.maybe("points")?,
        })
    }
}

string_enum! {
    enum Kind {
        Integer = "integer",
        Text = "text",
        Date = "date",
        Choice = "choice",
    }
}

impl Read for Field {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let common = ["id", "kind", "label", "required"];
        // Which members are known depends on the kind, so that is looked up first.
        let kind = match json.get("kind") {
            Some(kind) => Kind::read(kind).map_err(|e| e.within("kind"))?,
            None => Kind::Text,
        };
        let own: &[&str] = match kind {
            Kind::Integer => &["min", "max"],
            Kind::Choice => &["choices"],
            Kind::Text | Kind::Date => &[],
        };
        let o = Object::open(json, &[&common, own].concat())?;
        o.need::<Kind>("kind")?;
        let kind = match kind {
            Kind::Integer => {
                let bound = |json: &Json| crate::json::integer(json, 0, FIELD_LIMIT);
                let min = o.maybe_by("min", bound)?.unwrap_or(0);
                let max = |json: &Json| crate::json::integer(json, min, FIELD_LIMIT);
                FieldKind::Integer {
                    min,
                    max: o.maybe_by("max", max)?.unwrap_or(FIELD_LIMIT),
                }
            }
            Kind::Text => FieldKind::Text,
            Kind::Date => FieldKind::Date,
            Kind::Choice => FieldKind::Choice(o.need_by("choices", crate::json::list)?),
        };
        Ok(Field {
            id: o.need("id")?,
            kind,
            label: o.need("label")?,
            required: o.flag("required")?,
        })
    }
}

impl Read for Choice {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let o = Object::open(json, &["id", "label"])?;
        Ok(Choice {
            id: o.need("id")?,
            label: o.need("label")?,
        })
    }
}
