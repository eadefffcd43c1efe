//! What a register says as a whole: how many forms pass, by criterion and item, by type and parent; how many units are
//! still to take part; how many may be classified highest.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Changes, Row, Standing, Totals, UnitList};
use crate::desk::Status;
use crate::form::Period;
use crate::pack::Term;
use crate::pack::catalog::Catalog;
use crate::rules::{CriterionVerdict, FormVerdict, Verdict};
use crate::seal::{AppraisalContent, AppraisalDecision};
use crate::value::{Id, Lang, name_key};

/// How often each value occurs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "T: Deserialize<'de> + Ord"))]
pub struct Counts<T>(BTreeMap<T, usize>);

impl<T> Default for Counts<T> {
    fn default() -> Self {
        Counts(BTreeMap::new())
    }
}

impl<T: Copy + Ord> Counts<T> {
    pub(super) fn count(&mut self, value: T) {
        *self.0.entry(value).or_default() += 1;
    }

    /// How often a value occurs.
    pub fn of(&self, value: T) -> usize {
        self.0.get(&value).copied().unwrap_or_default()
    }

    /// Every value that occurs, with how often.
    pub fn each(&self) -> impl Iterator<Item = (T, usize)> {
        self.0.iter().map(|(value, count)| (*value, *count))
    }

    /// How many values there are.
    pub fn all(&self) -> usize {
        self.0.values().sum()
    }
}

/// A part of a whole, in whole numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// The part.
    pub part: usize,
    /// The whole.
    pub whole: usize,
}

impl Share {
    /// In tenths of a per cent, rounded half up; `None` of nothing.
    pub fn per_mille(self) -> Option<usize> {
        (self.whole > 0).then(|| (self.part * 2000 + self.whole) / (self.whole * 2))
    }
}

impl Counts<CriterionVerdict> {
    /// Those that passed, of all.
    pub fn passed(&self) -> Share {
        Share { part: self.of(CriterionVerdict::Passed), whole: self.all() }
    }
}

impl Counts<Verdict> {
    /// Those that met the item, of all to which it applies.
    pub fn met(&self) -> Share {
        let whole = self.all() - self.of(Verdict::NotApplicable);
        Share { part: self.of(Verdict::Met), whole }
    }
}

/// Counts of all forms, of those of each type, and of those below each parent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "T: Deserialize<'de> + Ord"))]
pub struct Grouped<T> {
    /// Of all.
    pub all: Counts<T>,
    /// By the type of the unit.
    pub by_type: BTreeMap<Id, Counts<T>>,
    /// By the key of the parent's name.
    pub by_parent: BTreeMap<String, Counts<T>>,
}

impl<T> Default for Grouped<T> {
    fn default() -> Self {
        Grouped { all: Counts::default(), by_type: BTreeMap::new(), by_parent: BTreeMap::new() }
    }
}

impl<T: Copy + Ord> Grouped<T> {
    fn count(&mut self, value: T, unit_type: &Id, parent: &str) {
        self.all.count(value);
        // Most groups are there already, and their names need no copy.
        match self.by_type.get_mut(unit_type) {
            Some(counts) => counts.count(value),
            None => self.by_type.entry(unit_type.clone()).or_default().count(value),
        }
        match self.by_parent.get_mut(parent) {
            Some(counts) => counts.count(value),
            None => self.by_parent.entry(parent.to_owned()).or_default().count(value),
        }
    }
}

/// The forms by one pack.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackSummary {
    /// What the rules make of the forms.
    pub verdicts: Grouped<FormVerdict>,
    /// What was decided of them.
    pub decisions: Grouped<AppraisalDecision>,
    /// Each criterion.
    pub criteria: BTreeMap<Id, Grouped<CriterionVerdict>>,
    /// Each item.
    pub items: BTreeMap<Id, Grouped<Verdict>>,
    /// What superiors made of the items, where it was noted.
    pub changes: Changes,
}

impl PackSummary {
    fn note(&mut self, row: &Row, unit_type: &Id, parent: &str) {
        if let Some(verdict) = row.verdict {
            self.verdicts.count(verdict, unit_type, parent);
        }
        if let Some(decision) = row.decision {
            self.decisions.count(decision, unit_type, parent);
        }
        for (id, verdict) in row.criteria.iter().flat_map(|all| all.iter()) {
            entry(&mut self.criteria, id).count(*verdict, unit_type, parent);
        }
        for (id, verdict) in row.items.iter().flat_map(|all| all.iter()) {
            entry(&mut self.items, id).count(*verdict, unit_type, parent);
        }
    }

    /// The items that were not met most often, worst first; of as many, the one that fewer forms have.
    pub fn failing(&self, most: usize) -> Vec<(&Id, Share)> {
        let failed = |counts: &Counts<Verdict>| Share {
            part: counts.of(Verdict::NotMet),
            whole: counts.met().whole,
        };
        let mut items: Vec<_> =
            self.items.iter().map(|(id, grouped)| (id, failed(&grouped.all))).collect();
        items.retain(|(_, share)| share.part > 0);
        items
            .sort_by_key(|(id, share)| (std::cmp::Reverse(share.part), share.whole, (*id).clone()));
        items.truncate(most);
        items
    }
}

/// A summary of rows. Only forms that count are in it: one of several revisions or copies, and none that is refused or
/// in conflict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many files have each status.
    pub totals: Totals,
    /// The forms by each pack.
    pub packs: BTreeMap<(Id, String), PackSummary>,
    /// The same forms, by each pack and period.
    pub periods: BTreeMap<(Id, String), BTreeMap<Period, PackSummary>>,
    /// The names of parents by their keys, as one of the forms writes it.
    pub parents: BTreeMap<String, String>,
    /// The units that have a form, each with the type that it states: names with those of their parents.
    units: BTreeMap<Id, BTreeSet<(String, String)>>,
    with_unknown_keys: bool,
}

impl Summary {
    /// An empty summary. Forms of keys that nobody compared count only where that is wanted.
    pub fn new(with_unknown_keys: bool) -> Summary {
        Summary { with_unknown_keys, ..Summary::default() }
    }

    /// Does a row count?
    pub fn counts(&self, row: &Row) -> bool {
        row.status == Status::Verified || self.with_unknown_keys && row.status == Status::UnknownKey
    }

    /// Takes in a row with its status among all others.
    pub fn note(&mut self, row: &Row) {
        self.totals.count(row.status);
        let (Some(unit_type), Some(pack), Some(version)) =
            (&row.unit_type, &row.pack, &row.pack_version)
        else {
            return;
        };
        if !self.counts(row) {
            return;
        }
        let parent = name_key(row.parent.as_deref().unwrap_or_default());
        let shown = row.parent.clone().unwrap_or_default();
        let known = self.parents.entry(parent.clone()).or_insert_with(|| shown.clone());
        // Any of several ways to write it will do that knows no order.
        if shown < *known {
            *known = shown;
        }
        let unit = (row.unit_key.clone().unwrap_or_default(), parent.clone());
        self.units.entry(unit_type.clone()).or_default().insert(unit);
        let by = (pack.clone(), version.as_str().to_owned());
        if let Some(period) = row.period() {
            let periods = self.periods.entry(by.clone()).or_default();
            periods.entry(period).or_default().note(row, unit_type, &parent);
        }
        self.packs.entry(by).or_default().note(row, unit_type, &parent);
    }

    /// Takes in what a superior said of the form of a row, which counts among the appraisals.
    pub(super) fn note_changes(&mut self, row: &Row, said: &AppraisalContent) {
        let (Some(pack), Some(version)) = (&row.pack, &row.pack_version) else { return };
        if !self.counts(row) {
            return;
        }
        let by = (pack.clone(), version.as_str().to_owned());
        let of_period = row.period().and_then(|own| self.periods.get_mut(&by)?.get_mut(&own));
        let forms = of_period.into_iter().chain(self.packs.get_mut(&by));
        forms.for_each(|forms| forms.changes.note(row, said));
    }

    /// How many forms count.
    pub fn forms(&self) -> usize {
        let counted = self.totals.of(Status::Verified);
        counted + if self.with_unknown_keys { self.totals.of(Status::UnknownKey) } else { 0 }
    }

    /// How many units of each type have a form that counts.
    pub fn registered(&self) -> BTreeMap<Id, usize> {
        self.units.iter().map(|(id, units)| (id.clone(), units.len())).collect()
    }
}

fn entry<'a, T>(all: &'a mut BTreeMap<Id, T>, id: &Id) -> &'a mut T
where
    T: Default,
{
    if !all.contains_key(id) {
        all.insert(id.clone(), T::default());
    }
    all.entry(id.clone()).or_default()
}

/// How many units of a group take part, and how many are to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participation {
    /// How many units there are.
    pub units: usize,
    /// How many of them have filed.
    pub registered: usize,
    /// How many are to, at least: the share of all, rounded up.
    pub wanted: usize,
}

impl Participation {
    /// The rule of so many per cent.
    pub fn of(units: usize, registered: usize, percent: usize) -> Participation {
        Participation { units, registered, wanted: (units * percent).div_ceil(100) }
    }

    /// How many are still needed.
    pub fn needed(self) -> usize {
        self.wanted.saturating_sub(self.registered)
    }
}

/// The rule by the type that the list gives to a unit, as `type_of` calls it, and of all units of the list.
pub fn participation(
    list: &UnitList,
    percent: usize,
    type_of: impl Fn(&str) -> String,
) -> (BTreeMap<String, Participation>, Participation) {
    let mut groups: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (unit, _, standing) in list.units() {
        let (units, registered) = groups.entry(type_of(&unit.unit_type)).or_default();
        *units += 1;
        *registered += usize::from(standing != Standing::Missing);
    }
    let sum = |pick: fn(&(usize, usize)) -> usize| groups.values().map(pick).sum();
    let overall = Participation::of(sum(|group| group.0), sum(|group| group.1), percent);
    let by_type = groups
        .into_iter()
        .map(|(name, (units, registered))| (name, Participation::of(units, registered, percent)));
    (by_type.collect(), overall)
}

/// The type of units that a text means: its id, or its name in a language.
pub fn known_type<'a>(packs: &'a Catalog, text: &str) -> Option<&'a Term> {
    let key = name_key(text);
    let is_it = |own: &&Term| {
        own.id.as_str() == text
            || [Lang::Vi, Lang::En].iter().any(|lang| name_key(own.label.text(*lang)) == key)
    };
    packs.all().flat_map(|pack| &pack.types).find(is_it)
}

/// The most that may be classified highest of so many: a ceiling, rounded down.
pub fn ceiling(base: usize, percent: usize) -> usize {
    base * percent / 100
}
