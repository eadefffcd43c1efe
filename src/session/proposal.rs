//! Values that follow from others, proposed and never set by themselves. They stand in a file of their own beside a built-in
//! pack: they decide nothing, so that a pack and its digest stay as they are.

use serde::{Deserialize, Deserializer, de};

use crate::json::{FILE_LIMIT, Map, from_slice};
use crate::session::{EntryField, Session};
use crate::value::{Date, Id, Label};

/// The text of the file with the proposals of a built-in pack.
fn text_of(pack: &Id) -> Option<&'static str> {
    match pack.as_str() {
        "nghe-an-2024" => Some(include_str!("../../packs/nghe-an-2024.proposals.json")),
        "chin-tieu-chi-dang-bo" => {
            Some(include_str!("../../packs/chin-tieu-chi-dang-bo.proposals.json"))
        }
        _ => None,
    }
}

/// The proposals of a pack.
pub struct Proposals;

/// A value that is proposed for a field.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// The field.
    #[serde(deserialize_with = "field")]
    pub at: EntryField,
    /// The value.
    pub value: ProposedValue,
    /// Where it comes from, in words.
    pub from: Label,
}

/// What a proposed value is made of.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ProposedValue {
    /// So many for each month of the period, of which the first and the last may be parts.
    Months(i64),
    /// So many for each quarter of the period, counted in whole sets of three months.
    Quarters(i64),
    /// What stands in another field.
    #[serde(deserialize_with = "field")]
    From(EntryField),
    /// What stands in one field less what stands in another.
    #[serde(deserialize_with = "fields")]
    Less([EntryField; 2]),
    /// The day on which it is asked for.
    Today,
    /// What the unit's monthly sheets say together; see [`Meetings`](crate::session::Meetings).
    Meetings(SheetRule),
}

/// How a number follows from monthly sheets: by the pack of a sheet, what is looked at in it. A pack that is not named knows
/// nothing of the number.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum SheetRule {
    /// How many sheets are such.
    Count(Map<Id, SheetTest>),
    /// A number of each sheet, added up; where its item does not apply there is nothing to add.
    Sum(Map<Id, SheetField>),
    /// A number of each sheet in which its item applies, on average, rounded down.
    Average(Map<Id, SheetField>),
    /// Zero, where every sheet says zero: more than that cannot be added up, as one person may stand in many sheets.
    Zero(Map<Id, SheetField>),
    /// What the last sheet says.
    Last(Map<Id, SheetField>),
}

/// Which sheets are counted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum SheetTest {
    /// Every one that is finished.
    Finished,
    /// Those in which each of these items that applies is met, and one does apply.
    Met(Vec<Id>),
    /// Those with this overall band of points.
    Band(Id),
}

/// A number of a sheet: a fact, or an integer field of an item.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct SheetField(#[serde(deserialize_with = "field")] pub EntryField);

impl SheetRule {
    /// The ids of the packs of sheets from which the number follows.
    pub fn packs(&self) -> Vec<&Id> {
        match self {
            SheetRule::Count(own) => own.keys().collect(),
            SheetRule::Sum(own)
            | SheetRule::Average(own)
            | SheetRule::Zero(own)
            | SheetRule::Last(own) => own.keys().collect(),
        }
    }
}

fn named<E: de::Error>(text: &str) -> Result<EntryField, E> {
    EntryField::from_text(text).ok_or_else(|| E::custom("this names no field"))
}

fn field<'de, D: Deserializer<'de>>(from: D) -> Result<EntryField, D::Error> {
    named(&String::deserialize(from)?)
}

fn fields<'de, D: Deserializer<'de>>(from: D) -> Result<[EntryField; 2], D::Error> {
    let [one, other] = <[String; 2]>::deserialize(from)?;
    Ok([named(&one)?, named(&other)?])
}

impl Proposals {
    /// The proposals of a built-in pack that follow from the form itself; none for others.
    pub fn of(pack: &Id) -> Vec<Proposal> {
        let mut all = Proposals::all(pack);
        all.retain(|own| !matches!(own.value, ProposedValue::Meetings(_)));
        all
    }

    /// Those that follow from monthly sheets.
    pub fn of_meetings(pack: &Id) -> Vec<Proposal> {
        let mut all = Proposals::all(pack);
        all.retain(|own| matches!(own.value, ProposedValue::Meetings(_)));
        all
    }

    fn all(pack: &Id) -> Vec<Proposal> {
        // A test reads every file.
        text_of(pack)
            .and_then(|text| from_slice(text.as_bytes(), FILE_LIMIT).ok())
            .unwrap_or_default()
    }
}

impl Session {
    /// The text that is proposed for a field that is blank and belongs to the form; `None` where nothing follows yet.
    pub fn proposed(&self, proposal: &Proposal, today: Date) -> Option<String> {
        if !self.entry(&proposal.at).is_empty() {
            return None;
        }
        let number = |at: &EntryField| self.entry(at).parse::<i64>().ok();
        let period = &self.form().period;
        let months = || {
            let ((from, first, _), (to, last, _)) = (period.from.parts(), period.to.parts());
            (i64::from(to) - i64::from(from)) * 12 + i64::from(last) - i64::from(first) + 1
        };
        match &proposal.value {
            ProposedValue::Months(each) => Some(months() * each),
            ProposedValue::Quarters(each) => Some(months() / 3 * each),
            ProposedValue::From(other) => number(other),
            ProposedValue::Less([all, part]) => Some(number(all)? - number(part)?),
            ProposedValue::Today => return Some(today.shown()),
            // The form does not have the sheets: `Session::from_meetings`.
            ProposedValue::Meetings(_) => None,
        }
        .filter(|value| *value >= 0)
        .map(|value| value.to_string())
    }
}
