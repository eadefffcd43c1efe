//! The units that are to file, in the worker: lists that are read, and how each unit stands by what the register has.

use std::collections::{BTreeMap, BTreeSet};

use super::received::key;
use super::unit_messages::{
    PackPeriod, Settling, UnitChoice, UnitLine, UnitPreview, UnitStandings, UnitsReply, UnitsTask,
};
use super::{
    Book, Row, Standing, Table, TableError, UnitColumns, UnitList, UnitListError, first_list,
    known_type, participation, table_of_typed,
};
use crate::desk::{Status, TrustList};
use crate::pack::catalog::Catalog;
use crate::rules::FormVerdict;
use crate::seal::AppraisalDecision;
use crate::value::{name_key, order_key, search_key};

/// How many lines of a list are shown before it is taken, and how many lines that repeat a unit are named.
const SHOWN: usize = 8;
/// The most characters of a cell that are shown.
const CELL: usize = 200;
/// The most names of units that are not in the list.
const STRANGERS: usize = 50;
/// The words of a table that is made of the register.
const HEAD: [&str; 4] = ["unit", "code", "parent", "type"];

/// The units that are to file.
#[derive(Default)]
pub(super) struct Roll {
    /// The sheets of what was read last, with their names.
    sheets: Vec<(String, Table)>,
    /// How it is read.
    choice: UnitChoice,
    /// Where each unit stands.
    lines: Vec<UnitLine>,
}

impl Roll {
    /// Does a task; what is written is a text of its own.
    pub(super) fn answer(
        &mut self,
        task: &UnitsTask,
        book: &Book,
        packs: &Catalog,
    ) -> Result<(UnitsReply, Option<String>), String> {
        let reply = match task {
            UnitsTask::File | UnitsTask::Sheets => {
                return Err("no file is beside the message".to_owned());
            }
            UnitsTask::Typed(text) => {
                self.read(table_of_typed(text).map(|table| vec![(String::new(), table)]))
            }
            UnitsTask::Filed(period) => {
                let table = filed(book, period.as_ref())?;
                self.read(Ok(vec![(String::new(), table)]))
            }
            UnitsTask::Choose(choice) => {
                self.choice = *choice;
                self.preview()
            }
            UnitsTask::Sheet(sheet) => self.open_sheet(*sheet),
            UnitsTask::Take => {
                let list = self.list().map_err(|error| error.to_string())?;
                return Ok((UnitsReply::Taken(list.count()), Some(list.to_text())));
            }
            UnitsTask::Settle(settling) => {
                let list = settling.list.as_deref().map(UnitList::from_text).transpose();
                match list {
                    Ok(list) => {
                        let list = list.unwrap_or_default();
                        UnitsReply::Settled(self.settle(settling, list, book, packs)?)
                    }
                    Err(_) => UnitsReply::ListUnread,
                }
            }
            UnitsTask::Lines(from, most) => {
                UnitsReply::Lines(self.lines.iter().skip(*from).take(*most).cloned().collect())
            }
        };
        Ok((reply, None))
    }

    /// Takes the sheets of a file, and shows how the first one with a list is read.
    pub(super) fn read(&mut self, sheets: Result<Vec<(String, Table)>, TableError>) -> UnitsReply {
        let sheets = match sheets {
            Ok(sheets) => sheets,
            Err(error) => return UnitsReply::Refused(error),
        };
        let tables = || sheets.iter().map(|(_, table)| table);
        let with_list = first_list(tables()).ok().map(|(place, _)| place);
        let with_head = || tables().position(|table| UnitColumns::find(table).is_some());
        let not_empty = || tables().position(|table| table.iter().any(|line| !line.is_empty()));
        let sheet = with_list.or_else(with_head).or_else(not_empty).unwrap_or_default();
        self.sheets = sheets;
        self.open_sheet(sheet)
    }

    /// Shows how a sheet is read, by the line that names its columns if there is one.
    fn open_sheet(&mut self, sheet: usize) -> UnitsReply {
        let head = self.sheets.get(sheet).and_then(|(_, table)| UnitColumns::find(table));
        let (first, columns) = match head {
            Some((head, columns)) => (head + 1, columns),
            // Names alone, as a person types them.
            None => (0, UnitColumns::default()),
        };
        self.choice = UnitChoice { sheet, first, columns };
        self.preview()
    }

    fn table(&self) -> Option<&Table> {
        self.sheets.get(self.choice.sheet).map(|(_, table)| table)
    }

    fn list(&self) -> Result<UnitList, UnitListError> {
        let table = self.table().ok_or(UnitListError::Empty)?;
        UnitList::read(table, self.choice.first, &self.choice.columns)
    }

    fn preview(&self) -> UnitsReply {
        let cut = |line: &Vec<String>| -> Vec<String> {
            line.iter().map(|cell| cell.chars().take(CELL).collect()).collect()
        };
        let empty = Table::new();
        let table = self.table().unwrap_or(&empty);
        let first = self.choice.first;
        let head = first.checked_sub(1).and_then(|head| table.get(head));
        let found = self.list().map(|list| (list.count(), list.repeated().to_vec()));
        UnitsReply::Preview(UnitPreview {
            sheets: self.sheets.iter().map(|(name, _)| name.clone()).collect(),
            choice: self.choice,
            has_head: UnitColumns::find(table).is_some(),
            heads: head.map(cut).unwrap_or_default(),
            lines: table.iter().skip(first).take(SHOWN).map(cut).collect(),
            found,
        })
    }

    fn settle(
        &mut self,
        settling: &Settling,
        mut list: UnitList,
        book: &Book,
        packs: &Catalog,
    ) -> Result<UnitStandings, String> {
        let told = |error: crate::json::ReadError| error.to_string();
        let trust = TrustList::from_bytes(settling.trust.as_bytes()).map_err(told)?;
        if let Some(day) = settling.deadline {
            list.set_deadline(day);
        }
        let mut pass = Pass {
            files: vec![Vec::new(); list.count()],
            // Where nobody compares keys, forms count without.
            with_unknown_keys: trust.keys.is_empty(),
            list,
            ..Pass::default()
        };
        let rows = book.each_row(&trust, |row| pass.note(&row, settling.period.as_ref()));
        rows.map_err(|error| error.to_string())?;
        let type_of = |text: &str| match known_type(packs, text) {
            Some(term) => term.id.to_string(),
            None => text.to_owned(),
        };
        self.lines = pass.lines(&type_of);
        let (by_type, overall) = participation(&pass.list, 0, type_of);
        let counts = Standing::ALL
            .iter()
            .map(|own| (*own, self.lines.iter().filter(|line| line.standing == *own).count()));
        Ok(UnitStandings {
            units: overall.units,
            counts: counts.collect(),
            periods: pass.periods.into_iter().collect(),
            by_type: by_type.into_iter().collect(),
            bases: pass.bases.map(|units| units.len()),
            strangers: (pass.strangers, pass.stranger_names.into_values().collect()),
        })
    }
}

/// What one pass over the register finds.
#[derive(Default)]
struct Pass {
    list: UnitList,
    files: Vec<Vec<(String, String, Status)>>,
    periods: BTreeMap<PackPeriod, usize>,
    with_unknown_keys: bool,
    bases: [BTreeSet<(String, String)>; 3],
    strangers: usize,
    stranger_names: BTreeMap<String, String>,
}

fn period_of(row: &Row) -> Option<PackPeriod> {
    Some((row.pack.clone()?, row.period_kind?, row.period_from?, row.period_to?))
}

impl Pass {
    fn note(&mut self, row: &Row, only: Option<&PackPeriod>) {
        let period = period_of(row);
        if let Some(period) = &period {
            *self.periods.entry(period.clone()).or_default() += 1;
        }
        // A file that cannot be read as far as its period was sent all the same.
        let may_be_meant = period.is_none() && !row.own().is_sound();
        if only.is_some() && period.as_ref() != only && !may_be_meant {
            return;
        }
        let Some(unit) = &row.unit_key else { return };
        match self.list.note(row) {
            Some(place) => {
                if let Some(files) = self.files.get_mut(place) {
                    let key = key(&row.file, row.digest.as_ref());
                    files.push((key, row.file.clone(), row.status));
                }
            }
            None => {
                self.strangers += 1;
                if self.stranger_names.len() < STRANGERS {
                    let name = row.unit.clone().unwrap_or_default();
                    self.stranger_names.entry(unit.clone()).or_insert(name);
                }
            }
        }
        let counts = row.status == Status::Verified
            || self.with_unknown_keys && row.status == Status::UnknownKey;
        let is_eligible = row.verdict == Some(FormVerdict::Eligible);
        let is_recognised = row.decision == Some(AppraisalDecision::Recognised);
        let parent = name_key(row.parent.as_deref().unwrap_or_default());
        let holds = [counts, counts && is_eligible, counts && is_recognised];
        for (units, holds) in self.bases.iter_mut().zip(holds) {
            if holds {
                units.insert((unit.clone(), parent.clone()));
            }
        }
    }

    /// The units, in the order of the list.
    fn lines(&mut self, type_of: &impl Fn(&str) -> String) -> Vec<UnitLine> {
        let names = Places::of(self.list.units().map(|(unit, ..)| unit.name.as_str()));
        let parents = Places::of(self.list.units().map(|(unit, ..)| unit.parent.as_str()));
        let files = self.files.drain(..);
        let lines = self.list.units().zip(files).map(|((unit, filing, standing), files)| {
            let mut unit = unit.clone();
            unit.unit_type = type_of(&unit.unit_type);
            UnitLine {
                standing,
                first: filing.first,
                count: filing.files,
                refused: filing.refused.iter().map(|(status, files)| (*status, *files)).collect(),
                files,
                search: search_key(&[unit.name.as_str(), &unit.code, &unit.parent].join(" ")),
                order: names.place(&unit.name),
                parent_order: parents.place(&unit.parent),
                unit,
            }
        });
        lines.collect()
    }
}

/// The places of names in Vietnamese order.
struct Places(Vec<String>);

impl Places {
    fn of<'a>(names: impl Iterator<Item = &'a str>) -> Places {
        let mut keys: Vec<String> = names.map(order_key).collect();
        keys.sort_unstable();
        keys.dedup();
        Places(keys)
    }

    fn place(&self, name: &str) -> u32 {
        let place = self.0.binary_search(&order_key(name)).unwrap_or_default();
        u32::try_from(place).unwrap_or(u32::MAX)
    }
}

/// A table of the units that filed in a period.
fn filed(book: &Book, period: Option<&PackPeriod>) -> Result<Table, String> {
    let mut table = vec![HEAD.map(str::to_owned).to_vec()];
    let mut known = BTreeSet::new();
    let rows = book.each_row(&TrustList::default(), |row| {
        let is_meant = period.is_none() || period_of(&row).as_ref() == period;
        // A file that is not sound may name anybody.
        if !is_meant || !row.own().is_sound() {
            return;
        }
        let Some(key) = row.unit_key else { return };
        let (code, parent) = (row.unit_code.unwrap_or_default(), row.parent.unwrap_or_default());
        if known.insert((key, code.clone(), name_key(&parent))) {
            let unit_type = row.unit_type.map(|id| id.to_string()).unwrap_or_default();
            table.push(vec![row.unit.unwrap_or_default(), code, parent, unit_type]);
        }
    });
    rows.map_err(|error| error.to_string())?;
    Ok(table)
}
