//! The monthly sheets of a unit beside its form of a longer period: which sheet stands for each month, and the numbers that
//! follow from them. They are proposed with their origin, and never set.
//!
//! What follows from which sheet is data beside the pack of the form, see [`SheetRule`]. A sheet belongs here if its pack
//! stands in that data, its unit has the name and the level of the form's (names as people read them), and it is of a month
//! of the period: the month of its first day. Of two states of one sheet the later counts. Of a month with two finished
//! sheets neither is taken, as only people know which is right; a sheet that is not finished is named and not counted.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::form::{Assessment, Period};
use crate::json::Map;
use crate::pack::{Pack, PeriodKind};
use crate::rules::{Evaluation, FormVerdict, Verdict};
use crate::session::{
    EntryField, EntryKind, Proposal, Proposals, ProposedValue, Session, SheetField, SheetRule,
    SheetTest, Touched,
};
use crate::value::{AssessmentId, Date, Id, Label, Lang, is_blank, name_key};

/// A month of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    /// The year.
    pub year: u16,
    /// The month, from 1.
    pub month: u8,
}

/// What stands for a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MonthState {
    /// No sheet.
    None,
    /// Only sheets that are not finished.
    Unfinished,
    /// One finished sheet, which is taken.
    One,
    /// Several finished sheets, of which none is taken.
    Several,
}

/// A monthly sheet of the unit.
#[derive(Debug)]
pub struct Sheet {
    form: Assessment,
    pack: Rc<Pack>,
    evaluation: Evaluation,
    is_finished: bool,
}

/// A number that follows from sheets, for a field of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The field.
    pub at: EntryField,
    /// The number.
    pub value: i64,
    /// What stands in the field instead; blank where nothing does.
    pub instead_of: String,
    /// The months of the sheets from which it follows, one sheet each.
    pub months: Vec<Month>,
    from: Label,
}

/// The monthly sheets of a unit in the period of a form.
#[derive(Debug)]
pub struct Meetings {
    rules: Vec<Proposal>,
    months: BTreeMap<Month, Vec<Sheet>>,
}

impl Month {
    fn of(day: Date) -> Month {
        let (year, month, _) = day.parts();
        Month { year, month }
    }

    fn next(self) -> Month {
        match self.month {
            12 => Month { year: self.year + 1, month: 1 },
            month => Month { month: month + 1, ..self },
        }
    }

    /// The months of a period, of which the first and the last may be parts.
    pub fn all_of(period: &Period) -> Vec<Month> {
        let (first, last) = (Month::of(period.from), Month::of(period.to));
        std::iter::successors(Some(first), |month| Some(month.next()))
            .take_while(|month| *month <= last)
            .collect()
    }
}

impl Figure {
    /// Where the number comes from, in words.
    pub fn from(&self, lang: Lang) -> String {
        self.from.text(lang).replace("{}", &self.months.len().to_string())
    }
}

/// What a sheet says of a number.
enum Said {
    Number(i64),
    /// Its item does not apply to the sheet.
    NotApplicable,
}

impl Sheet {
    fn of(form: Assessment, pack: Rc<Pack>) -> Sheet {
        let evaluation = Evaluation::of(&pack, &form);
        let is_finished = evaluation.verdict(&pack, &form) != FormVerdict::Incomplete;
        Sheet { form, pack, evaluation, is_finished }
    }

    /// The form, as it is kept.
    pub fn form(&self) -> &Assessment {
        &self.form
    }

    /// Its pack.
    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// Does nothing lack in it?
    pub fn is_finished(&self) -> bool {
        self.is_finished
    }

    fn verdict(&self, item: &Id) -> Option<Verdict> {
        let index = self.pack.item_index(item)?;
        self.evaluation.item(index).map(|state| state.verdict)
    }

    /// `None` where the sheet has no such number.
    fn says(&self, at: &EntryField) -> Option<Said> {
        let number = match at {
            EntryField::Fact(fact) => self.form.facts.get(fact).copied(),
            EntryField::Field(item, _) if self.verdict(item)? == Verdict::NotApplicable => {
                return Some(Said::NotApplicable);
            }
            EntryField::Field(item, field) => self.form.items.get(item)?.integer(field),
            _ => None,
        };
        number.map(Said::Number)
    }

    /// `None` where the sheet cannot tell.
    fn is(&self, test: &SheetTest) -> Option<bool> {
        Some(match test {
            SheetTest::Finished => true,
            SheetTest::Met(items) => {
                let verdicts: Option<Vec<_>> = items.iter().map(|own| self.verdict(own)).collect();
                let verdicts = verdicts?;
                let is_sound = |own: &Verdict| matches!(own, Verdict::Met | Verdict::NotApplicable);
                verdicts.contains(&Verdict::Met) && verdicts.iter().all(is_sound)
            }
            SheetTest::Band(band) => {
                let points = self.evaluation.points(&self.pack, &self.form)?;
                points.band.as_ref() == Some(band)
            }
        })
    }
}

fn state(sheets: &[Sheet]) -> MonthState {
    match sheets.iter().filter(|sheet| sheet.is_finished).count() {
        0 if sheets.is_empty() => MonthState::None,
        0 => MonthState::Unfinished,
        1 => MonthState::One,
        _ => MonthState::Several,
    }
}

impl Meetings {
    /// Each month of the period in order, with the unit's sheets of it, finished or not, and what they come to.
    pub fn months(&self) -> impl Iterator<Item = (Month, MonthState, &[Sheet])> {
        self.months.iter().map(|(month, sheets)| (*month, state(sheets), sheets.as_slice()))
    }

    /// The sheets that are taken, in the order of their months.
    fn taken(&self) -> impl DoubleEndedIterator<Item = (Month, &Sheet)> {
        self.months.iter().filter(|(_, own)| state(own) == MonthState::One).flat_map(
            |(month, own)| own.iter().filter(|own| own.is_finished).map(|sheet| (*month, sheet)),
        )
    }

    /// The number that follows by a rule, and the months of its sheets. `None` where there is no sheet, or one of them does
    /// not know it.
    fn number(&self, rule: &SheetRule) -> Option<(i64, Vec<Month>)> {
        // What each sheet says, without those to which it does not apply.
        let said = |at: &Map<Id, SheetField>, last: bool| {
            let mut taken: Vec<_> = self.taken().collect();
            if last {
                taken = taken.pop().into_iter().collect();
            }
            let mut all = Vec::new();
            for (month, sheet) in taken {
                if let Said::Number(number) = sheet.says(&at.get(&sheet.pack.id)?.0)? {
                    all.push((month, number));
                }
            }
            (!all.is_empty()).then_some(all)
        };
        let months = |all: &[(Month, i64)]| all.iter().map(|(month, _)| *month).collect();
        let sum = |all: &[(Month, i64)]| all.iter().map(|(_, number)| number).sum::<i64>();
        match rule {
            SheetRule::Count(tests) => {
                let counted = self.taken().map(|(month, sheet)| {
                    let counts = sheet.is(tests.get(&sheet.pack.id)?)?;
                    Some((month, i64::from(counts)))
                });
                let all = counted.collect::<Option<Vec<_>>>().filter(|all| !all.is_empty())?;
                Some((sum(&all), months(&all)))
            }
            SheetRule::Sum(at) => said(at, false).map(|all| (sum(&all), months(&all))),
            SheetRule::Average(at) => {
                let all = said(at, false)?;
                let count = i64::try_from(all.len()).ok()?;
                Some((sum(&all) / count, months(&all)))
            }
            SheetRule::Zero(at) => {
                let all = said(at, false)?;
                all.iter().all(|(_, number)| *number == 0).then(|| (0, months(&all)))
            }
            SheetRule::Last(at) => said(at, true).map(|all| (sum(&all), months(&all))),
        }
    }
}

/// Does any number follow from sheets of this pack?
fn knows(rules: &[Proposal], pack: &Id) -> bool {
    rules.iter().any(|rule| match &rule.value {
        ProposedValue::Meetings(by) => by.packs().contains(&pack),
        _ => false,
    })
}

/// Is one state of a sheet later than another?
fn is_later(one: &Assessment, other: &Assessment) -> bool {
    (one.revision, one.updated) > (other.revision, other.updated)
}

impl Session {
    /// The unit's monthly sheets in the period of this form, of those that are given with their packs, in any order; a form
    /// that is no such sheet is passed over. Without months where the pack of this form says nothing of sheets, or the form
    /// is itself of a month.
    pub fn meetings(&self, forms: impl IntoIterator<Item = (Assessment, Rc<Pack>)>) -> Meetings {
        let own = self.form();
        let mut rules = Proposals::of_meetings(&self.pack().id);
        if own.period.kind == PeriodKind::Month {
            rules.clear();
        }
        let mut months = BTreeMap::new();
        if !rules.is_empty() {
            months.extend(Month::all_of(&own.period).into_iter().map(|month| (month, Vec::new())));
        }
        // The later state of a sheet counts, even where it has become another unit's.
        let mut latest: BTreeMap<AssessmentId, (Assessment, Rc<Pack>)> = BTreeMap::new();
        for (form, pack) in forms {
            let known = latest.get(&form.id);
            if known.is_none_or(|(known, _)| is_later(&form, known)) {
                latest.insert(form.id.clone(), (form, pack));
            }
        }
        let name = name_key(&own.unit.name);
        for (form, pack) in latest.into_values() {
            let is_of_unit = !is_blank(&own.unit.name)
                && name_key(&form.unit.name) == name
                && form.unit.level == own.unit.level;
            let is_monthly = form.period.kind == PeriodKind::Month;
            let is_by_pack = form.pack.digest == pack.digest && knows(&rules, &pack.id);
            if is_of_unit
                && is_monthly
                && is_by_pack
                && let Some(of_month) = months.get_mut(&Month::of(form.period.from))
            {
                of_month.push(Sheet::of(form, pack));
            }
        }
        Meetings { rules, months }
    }

    /// What follows from the sheets for fields that belong to this form, take it, and do not have it already.
    pub fn from_meetings(&self, meetings: &Meetings) -> Vec<Figure> {
        let figure = |rule: &Proposal| {
            let ProposedValue::Meetings(by) = &rule.value else {
                return None;
            };
            let Some(EntryKind::Number(min, max)) = rule.at.kind(self.pack()) else {
                return None;
            };
            let (value, months) = meetings.number(by)?;
            let instead_of = self.entry(&rule.at);
            let is_new = instead_of != value.to_string();
            (self.belongs(&rule.at) && is_new && (min..=max).contains(&value)).then(|| Figure {
                at: rule.at.clone(),
                value,
                instead_of,
                months,
                from: rule.from.clone(),
            })
        };
        meetings.rules.iter().filter_map(figure).collect()
    }

    /// Enters numbers that follow from sheets, as a person said.
    pub fn take_figures(&mut self, figures: &[Figure]) -> Touched {
        let mut touched = Touched::default();
        for figure in figures {
            let own = self.enter(figure.at.clone(), &figure.value.to_string());
            touched.items.extend(own.items);
            touched.unit |= own.unit;
            touched.scope |= own.scope;
        }
        touched
    }

    /// Does a fact or a field of an item belong to this form?
    fn belongs(&self, at: &EntryField) -> bool {
        let pack = self.pack();
        match at {
            EntryField::Fact(id) => {
                self.facts().any(|index| pack.facts.get(index).is_some_and(|own| own.id == *id))
            }
            EntryField::Field(item, _) => {
                pack.item_index(item).is_some_and(|index| self.item(index).is_some())
            }
            _ => false,
        }
    }
}
