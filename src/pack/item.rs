//! Items and their fields (spec s. 2.1).

use serde::Deserialize;

use crate::json::{Expected, Fault, ReadError, Within, present};
use crate::pack::rule::maybe_condition;
use crate::pack::{Applies, Check, Cond, Expr, ItemPoints};
use crate::string_enum;
use crate::value::{Id, Label};

/// Largest value of an integer field.
pub const FIELD_LIMIT: i64 = 1_000_000_000;

/// One question of a form.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its id, such as `2.08`.
    pub id: Id,
    /// The criterion that it belongs to.
    pub criterion: Id,
    /// What is asked.
    pub label: Label,
    /// What to look at and what counts as evidence.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "cli", schemars(with = "Label"))]
    pub help: Option<Label>,
    /// The clauses that it comes from.
    #[serde(default)]
    pub source: Vec<Id>,
    /// The forms that it belongs to.
    #[serde(default)]
    pub applies: Vec<Applies>,
    /// Whether the criterion fails when this item is not met.
    #[serde(default)]
    pub mandatory: bool,
    /// Whether a person may say *not applicable*, with a reason.
    #[serde(default)]
    pub may_skip: bool,
    /// Whether a person may overrule the derived verdict, with a reason.
    #[serde(default, rename = "override")]
    pub overridable: bool,
    /// Whether evidence is asked for.
    #[serde(default)]
    pub evidence: EvidenceRule,
    /// Numbers, dates, texts and choices that belong to the answer.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "Vec<FieldMembers>"))]
    pub fields: Vec<Field>,
    /// When the item does not apply.
    #[serde(default, deserialize_with = "maybe_condition")]
    #[cfg_attr(feature = "cli", schemars(with = "Cond"))]
    pub na_when: Option<Cond>,
    /// When the item is met; without it a person says.
    #[serde(default, deserialize_with = "maybe_condition")]
    #[cfg_attr(feature = "cli", schemars(with = "Cond"))]
    pub met_when: Option<Cond>,
    /// Its part in the points, if any.
    #[serde(default, deserialize_with = "present")]
    #[cfg_attr(feature = "cli", schemars(with = "ItemPoints"))]
    pub points: Option<ItemPoints>,
    /// What its values must keep among themselves.
    #[serde(default)]
    pub checks: Vec<Check>,
}

string_enum! {
    /// Whether an item asks for evidence.
    #[derive(Default)]
    pub enum EvidenceRule {
        /// No place for evidence.
        #[default]
        None = "none",
        /// A place for evidence.
        Optional = "optional",
        /// Evidence must stand there when the item is met.
        Required = "required",
    }
}

/// One value of an answer.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "FieldMembers")]
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
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its id, unique in the field.
    pub id: Id,
    /// Its words.
    pub label: Label,
}

impl Item {
    /// The conditions of its rules: when it does not apply, when it is met, and the steps of its points.
    pub fn conditions(&self) -> impl Iterator<Item = &Cond> {
        let steps = self.points.iter().flat_map(|points| &points.bands).map(|band| &band.when);
        self.na_when.iter().chain(&self.met_when).chain(steps)
    }

    /// Do its rules or its checks use an expression of this kind?
    pub fn uses(&self, is_it: impl Fn(&Expr) -> bool) -> bool {
        let mut found = false;
        let checks = self.checks.iter().map(|check| &check.when);
        self.conditions()
            .chain(checks)
            .for_each(|cond| cond.each_expr(&mut |expr| found |= is_it(expr)));
        found
    }

    /// The field with this id.
    pub fn field(&self, id: &Id) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == *id)
    }

    /// The check with this id.
    pub fn check(&self, id: &Id) -> Option<&Check> {
        self.checks.iter().find(|check| check.id == *id)
    }
}

string_enum! {
    /// What a field holds, as a word.
    enum Kind {
        /// A whole number.
        Integer = "integer",
        /// Any text.
        Text = "text",
        /// A day.
        Date = "date",
        /// One of some choices.
        Choice = "choice",
    }
}

/// The members of a field. Which of the last three may be there is for the kind to say.
#[derive(Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "cli", schemars(rename = "Field", transform = members_by_kind))]
struct FieldMembers {
    /// Its id, unique in the item.
    id: Id,
    /// What it holds.
    kind: Kind,
    /// What is asked.
    label: Label,
    /// Whether it must be filled where the item is met or not met.
    #[serde(default)]
    required: bool,
    /// Smallest value, 0 where absent.
    #[serde(default, deserialize_with = "present")]
    #[cfg_attr(feature = "cli", schemars(with = "Count"))]
    min: Option<Count>,
    /// Largest value, 10^9 where absent.
    #[serde(default, deserialize_with = "present")]
    #[cfg_attr(feature = "cli", schemars(with = "Count"))]
    max: Option<Count>,
    /// The choices.
    #[serde(default, deserialize_with = "present")]
    #[cfg_attr(feature = "cli", schemars(with = "Vec<Choice>"))]
    #[cfg_attr(feature = "cli", schemars(length(min = 1)))]
    choices: Option<Vec<Choice>>,
}

/// A value of an integer field.
#[derive(Clone, Copy, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "cli", schemars(inline))]
struct Count(#[serde(with = "Within::<0, FIELD_LIMIT>")] i64);

/// The schema of [`FieldMembers`] says what `TryFrom` says.
#[cfg(feature = "cli")]
fn members_by_kind(schema: &mut schemars::Schema) {
    let by_kind = schemars::json_schema!({ "oneOf": [
        { "properties": { "kind": { "const": "integer" }, "choices": false } },
        {
            "properties": { "kind": { "const": "choice" }, "min": false, "max": false },
            "required": ["choices"]
        },
        {
            "properties": {
                "kind": { "enum": ["text", "date"] },
                "min": false,
                "max": false,
                "choices": false
            }
        }
    ] });
    if let Some(kinds) = by_kind.get("oneOf") {
        schema.insert("oneOf".to_owned(), kinds.clone());
    }
}

impl TryFrom<FieldMembers> for Field {
    type Error = ReadError;

    fn try_from(own: FieldMembers) -> Result<Field, ReadError> {
        let unknown = |is_there: bool, name: &str| match is_there {
            true => Err(ReadError::here(Fault::UnknownMember).within(name)),
            false => Ok(()),
        };
        if own.kind != Kind::Integer {
            unknown(own.min.is_some(), "min")?;
            unknown(own.max.is_some(), "max")?;
        }
        if own.kind != Kind::Choice {
            unknown(own.choices.is_some(), "choices")?;
        }
        let kind = match own.kind {
            Kind::Integer => {
                let min = own.min.map_or(0, |Count(min)| min);
                let max = own.max.map_or(FIELD_LIMIT, |Count(max)| max);
                ordered(min, max)?;
                FieldKind::Integer { min, max }
            }
            Kind::Text => FieldKind::Text,
            Kind::Date => FieldKind::Date,
            Kind::Choice => {
                let choices = own.choices.ok_or_else(|| ReadError::missing("choices"))?;
                FieldKind::Choice(choices)
            }
        };
        Ok(Field { id: own.id, kind, label: own.label, required: own.required })
    }
}

/// Refuses a `max` below its `min`.
pub(super) fn ordered(min: i64, max: i64) -> Result<(), ReadError> {
    if min <= max {
        return Ok(());
    }
    let max = FIELD_LIMIT;
    Err(ReadError::expected(Expected::Integer { min, max }).within("max"))
}
