//! The units that are to file: the list before it is taken, how each unit stands, and what of it is shown.

use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::prelude::*;

use crate::desk::Status;
use crate::desk::register::{
    ListedUnit, PackPeriod, Standing, TableError, UnitLine, UnitPreview, UnitStandings,
};
use crate::store::UnitSettings;
use crate::value::{Date, name_key, search_key};

/// How many units a page of the table has.
pub const PAGE: usize = 100;

/// How a unit stands on the page: as the register has it, but of those without a sound file the ones that sent something
/// apart, so that nobody tells them that they sent nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// No file names it.
    Missing,
    /// It has files, all refused.
    Refused,
    /// It has files that cannot be checked, for want of their pack.
    Unchecked,
    /// Files of it contradict each other.
    Conflict,
    /// Several forms of it count for one pack and period, signed by different keys.
    Twice,
    /// It filed after the deadline.
    Late,
    /// It has filed.
    Filed,
}

impl Stand {
    /// Every value, in the order of the page.
    pub const ALL: &'static [Stand] = &[
        Stand::Missing,
        Stand::Refused,
        Stand::Unchecked,
        Stand::Conflict,
        Stand::Twice,
        Stand::Late,
        Stand::Filed,
    ];

    /// The word of the value in the page: that of the register where it has one.
    pub const fn as_str(self) -> &'static str {
        match self {
            Stand::Missing => Standing::Missing.as_str(),
            Stand::Refused => "refused",
            Stand::Unchecked => "unchecked",
            Stand::Conflict => Standing::Conflict.as_str(),
            Stand::Twice => Standing::Twice.as_str(),
            Stand::Late => Standing::Late.as_str(),
            Stand::Filed => Standing::Filed.as_str(),
        }
    }

    /// The value of a word.
    pub fn from_word(word: &str) -> Option<Stand> {
        Stand::ALL.iter().copied().find(|stand| stand.as_str() == word)
    }

    /// How a unit stands.
    pub fn of(line: &UnitLine) -> Stand {
        match line.standing {
            Standing::Missing if line.count == 0 => Stand::Missing,
            Standing::Missing => {
                let waits = line.refused.iter().any(|(status, _)| *status == Status::UnknownPack);
                if waits { Stand::Unchecked } else { Stand::Refused }
            }
            Standing::Conflict => Stand::Conflict,
            Standing::Twice => Stand::Twice,
            Standing::Late => Stand::Late,
            Standing::Filed => Stand::Filed,
        }
    }
}

/// How all units stand.
#[derive(Debug, Default, PartialEq)]
pub struct Found {
    /// As a whole.
    pub standings: UnitStandings,
    /// Each, in the order of the list.
    pub lines: Vec<UnitLine>,
    /// How many lists this page kept before this one.
    pub list: u32,
    /// The days on which units handed in paper, by [`unit_key`].
    pub papers: BTreeMap<String, Date>,
}

/// What tells a unit of the list from all others of it.
pub fn unit_key(unit: &ListedUnit) -> String {
    [&name_key(&unit.name), unit.code.as_str(), &name_key(&unit.parent)].join("\n")
}

/// The day on which a unit handed in paper is the day on which it filed. Paper alone is no form that can be counted.
fn file_on_paper(line: &mut UnitLine, day: Date) {
    if line.first.is_none() {
        return;
    }
    line.first = Some(day);
    if matches!(line.standing, Standing::Late | Standing::Filed) {
        let is_late = line.unit.deadline.is_some_and(|deadline| day > deadline);
        line.standing = if is_late { Standing::Late } else { Standing::Filed };
    }
}

/// Which units are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitFilter {
    /// What a person searches for.
    pub search: String,
    /// Only those that stand so.
    pub standing: Option<Stand>,
    /// Only those below this parent, by its place.
    pub parent: Option<u32>,
    /// Only those of this type.
    pub unit_type: Option<String>,
    /// Only those that filed first on this day.
    pub day: Option<Date>,
}

/// What came of a file with units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// It is no table.
    Refused(TableError),
    /// It is shown before it is taken.
    Preview(Rc<UnitPreview>),
}

/// The list that is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListState {
    /// Not known yet.
    #[default]
    Unknown,
    /// There is none.
    Nothing,
    /// There is one.
    Kept,
    /// There is one, which cannot be read.
    Unread,
}

/// The state of the section.
#[derive(Default)]
pub struct UnitsState {
    /// The list that is kept.
    pub list: ArcRwSignal<ListState>,
    /// How its units stand; `None` until that is known.
    pub found: ArcRwSignal<Option<Rc<Found>>>,
    /// What was read last, as it was first read.
    pub reading: ArcRwSignal<Option<Reading>>,
    /// The same, as it is read now.
    pub preview: ArcRwSignal<Option<Rc<UnitPreview>>>,
    /// Whether something is being read.
    pub reads: ArcRwSignal<bool>,
    /// The list that was kept before the last change, which can be brought back: `Some(None)` where there was none.
    pub before: ArcRwSignal<Option<Option<Rc<str>>>>,
    /// What a person set.
    pub settings: ArcRwSignal<UnitSettings>,
    /// The period that is looked at, or all.
    pub period: ArcRwSignal<Option<PackPeriod>>,
    /// The unit of which a person says when it handed in paper.
    pub paper_of: ArcRwSignal<Option<Rc<ListedUnit>>>,
    /// Which units are shown.
    pub filter: ArcRwSignal<UnitFilter>,
    /// Which page of them.
    pub page: ArcRwSignal<usize>,
    /// Whether the reminders were copied, once that was tried.
    pub copied: ArcRwSignal<Option<bool>>,
    /// Whether the reminders are on paper.
    pub prints: ArcRwSignal<bool>,
}

impl Found {
    /// How the units stand, where these handed in paper.
    pub fn new(
        standings: UnitStandings,
        mut lines: Vec<UnitLine>,
        list: u32,
        papers: BTreeMap<String, Date>,
    ) -> Found {
        if !papers.is_empty() {
            for line in &mut lines {
                if let Some(day) = papers.get(&unit_key(&line.unit)) {
                    file_on_paper(line, *day);
                }
            }
        }
        Found { standings, lines, list, papers }
    }

    /// The day on which a unit handed in paper.
    pub fn paper(&self, unit: &ListedUnit) -> Option<Date> {
        if self.papers.is_empty() { None } else { self.papers.get(&unit_key(unit)).copied() }
    }

    /// The places of the units that are shown, by parent and name.
    pub fn shown(&self, filter: &UnitFilter) -> Vec<usize> {
        let search = search_key(&filter.search);
        let fits = |line: &UnitLine| {
            filter.standing.is_none_or(|own| Stand::of(line) == own)
                && filter.parent.is_none_or(|own| line.parent_order == own)
                && filter.unit_type.as_ref().is_none_or(|own| line.unit.unit_type == *own)
                && filter.day.is_none_or(|own| line.first == Some(own))
                && line.search.contains(&search)
        };
        self.places(fits)
    }

    fn places(&self, fits: impl Fn(&UnitLine) -> bool) -> Vec<usize> {
        let found = self.lines.iter().enumerate().filter(|(_, line)| fits(line));
        let mut places: Vec<usize> = found.map(|(place, _)| place).collect();
        places.sort_by_key(|place| {
            self.lines.get(*place).map(|line| (line.parent_order, line.order, *place))
        });
        places
    }

    /// How many units stand so.
    pub fn count(&self, stand: Stand) -> usize {
        self.lines.iter().filter(|line| Stand::of(line) == stand).count()
    }

    /// Whether units have deadlines, and whether some have none.
    pub fn deadlines(&self) -> (bool, bool) {
        let has = |line: &UnitLine| line.unit.deadline.is_some();
        (self.lines.iter().any(has), !self.lines.iter().all(has))
    }

    /// The units that stand so, by parent.
    pub fn by_parent(&self, stand: Stand) -> Vec<(&str, Vec<&UnitLine>)> {
        let mut groups: Vec<(&str, Vec<&UnitLine>)> = Vec::new();
        let mut last = None;
        for place in self.places(|line| Stand::of(line) == stand) {
            let Some(line) = self.lines.get(place) else { continue };
            match groups.last_mut().filter(|_| last == Some(line.parent_order)) {
                Some((_, units)) => units.push(line),
                None => groups.push((&line.unit.parent, vec![line])),
            }
            last = Some(line.parent_order);
        }
        groups
    }

    /// The parents by their places, in Vietnamese order.
    pub fn parents(&self) -> Vec<(u32, String)> {
        let mut parents = BTreeMap::new();
        for line in self.lines.iter().filter(|line| !line.unit.parent.is_empty()) {
            parents.entry(line.parent_order).or_insert_with(|| line.unit.parent.clone());
        }
        parents.into_iter().collect()
    }

    /// The days on which first files came.
    pub fn days(&self) -> Vec<Date> {
        let mut days: Vec<Date> = self.lines.iter().filter_map(|line| line.first).collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// The types of the units.
    pub fn types(&self) -> Vec<&str> {
        let mut types: Vec<&str> =
            self.lines.iter().map(|line| line.unit.unit_type.as_str()).collect();
        types.sort_unstable();
        types.dedup();
        types.retain(|own| !own.is_empty());
        types
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::register::ListedUnit;

    fn line(name: &str, parent: &str, standing: Standing, first: Option<&str>) -> UnitLine {
        // The names differ in their last letters.
        let order = |text: &str| u32::from(text.bytes().last().unwrap_or_default());
        UnitLine {
            unit: ListedUnit {
                name: name.into(),
                parent: parent.into(),
                unit_type: "village".into(),
                ..ListedUnit::default()
            },
            standing,
            first: first.and_then(Date::parse),
            count: 0,
            refused: Vec::new(),
            files: Vec::new(),
            search: search_key(&format!("{name} {parent}")),
            order: order(name),
            parent_order: order(parent),
        }
    }

    fn found() -> Found {
        let lines = vec![
            line("Chi bộ xóm c", "Đảng bộ xã b", Standing::Missing, None),
            line("Chi bộ xóm b", "Đảng bộ xã a", Standing::Filed, Some("2026-11-20")),
            line("Chi bộ xóm a", "Đảng bộ xã b", Standing::Missing, None),
            line("Chi bộ xóm d", "Đảng bộ xã a", Standing::Missing, None),
        ];
        Found { lines, ..Found::default() }
    }

    #[test]
    fn units_stand_by_parent_and_name_and_are_found_without_marks() {
        let found = found();
        assert_eq!(found.shown(&UnitFilter::default()), [1, 3, 2, 0]);
        let filter = UnitFilter { search: "XOM C".into(), ..UnitFilter::default() };
        assert_eq!(found.shown(&filter), [0]);
        let filter = UnitFilter { standing: Some(Stand::Filed), ..UnitFilter::default() };
        assert_eq!(found.shown(&filter), [1]);
        let parent = found.parents().last().map(|(place, _)| *place);
        assert_eq!(found.shown(&UnitFilter { parent, ..UnitFilter::default() }), [2, 0]);
        let unit_type = Some("agency".to_owned());
        assert_eq!(found.shown(&UnitFilter { unit_type, ..UnitFilter::default() }), [0; 0]);
        let day = found.days().first().copied();
        assert_eq!(found.shown(&UnitFilter { day, ..UnitFilter::default() }), [1]);
    }

    #[test]
    fn those_that_have_not_filed_stand_by_parent() {
        let found = found();
        let names = |units: &Vec<&UnitLine>| -> Vec<String> {
            units.iter().map(|line| line.unit.name.clone()).collect()
        };
        let missing = found.by_parent(Stand::Missing);
        let [(first, of_first), (second, of_second)] = &missing[..] else { unreachable!("two") };
        assert_eq!((*first, *second), ("Đảng bộ xã a", "Đảng bộ xã b"));
        assert_eq!(names(of_first), ["Chi bộ xóm d"]);
        assert_eq!(names(of_second), ["Chi bộ xóm a", "Chi bộ xóm c"]);
        assert_eq!(found.count(Stand::Missing), 3);
        assert_eq!(found.parents().len(), 2);
        assert_eq!(found.types(), ["village"]);
    }

    #[test]
    fn those_whose_files_are_all_refused_stand_apart() {
        let mut found = found();
        let mut refuse = |place: usize, status| {
            let line = &mut found.lines[place];
            (line.count, line.refused) = (1, vec![(status, 1)]);
        };
        refuse(0, Status::BadSignature);
        refuse(2, Status::UnknownPack);
        // It has sound files too.
        refuse(1, Status::Malformed);
        let stands: Vec<Stand> = found.lines.iter().map(Stand::of).collect();
        assert_eq!(stands, [Stand::Refused, Stand::Filed, Stand::Unchecked, Stand::Missing]);
        let refused = UnitFilter { standing: Some(Stand::Refused), ..UnitFilter::default() };
        assert_eq!(found.shown(&refused), [0]);
        let names = |stand| found.by_parent(stand).iter().map(|(_, own)| own.len()).sum::<usize>();
        assert_eq!(Stand::ALL.iter().map(|stand| names(*stand)).sum::<usize>(), 4);
    }

    #[test]
    fn paper_counts_by_its_own_day() {
        let mut lines = found().lines;
        let day = |text| Date::parse(text).unwrap();
        lines[1].standing = Standing::Late;
        lines[1].unit.deadline = Some(day("2026-11-15"));
        let on = |line: &UnitLine, text| (unit_key(&line.unit), day(text));
        let found_on = |text| {
            let papers = BTreeMap::from([on(&lines[1], text), on(&lines[0], text)]);
            Found::new(UnitStandings::default(), lines.clone(), 0, papers)
        };
        let in_time = found_on("2026-11-15");
        assert_eq!(Stand::of(&in_time.lines[1]), Stand::Filed);
        assert_eq!(in_time.days(), [day("2026-11-15")]);
        assert_eq!(in_time.paper(&lines[0].unit), Some(day("2026-11-15")));
        assert_eq!(in_time.paper(&lines[2].unit), None);
        assert_eq!(Stand::of(&found_on("2026-11-16").lines[1]), Stand::Late);
        // Without a file it has not filed.
        assert_eq!(Stand::of(&in_time.lines[0]), Stand::Missing);
    }
}
