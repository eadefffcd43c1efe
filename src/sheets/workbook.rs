//! The register as a workbook (.xlsx): a sheet of its rows, one of criteria and items, one of the units that are to file.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError,
};

use crate::desk::register::{Columns, Counts, Grouped, PackSummary, Row, Share, Summary, UnitList};
use crate::json::{Json, canonical};
use crate::pack::catalog::Catalog;
use crate::rules::{CriterionVerdict, Verdict};
use crate::value::{Date, Id, Lang, cut};

/// The most characters of a cell; a workbook takes 32,767 units of UTF-16, of which a character has at most two.
const CELL_LIMIT: usize = 16_000;
/// The columns of rows that hold days.
const DAYS: [&str; 4] = ["period_from", "period_to", "received", "decision_date"];
/// How wide a column of names is, in characters; the others have the usual width.
const WIDE: u8 = 32;

/// What a cell holds.
enum Cell {
    Text(String),
    Number(usize),
    Day(Option<Date>),
    /// A part of a whole, which the workbook divides: of the sums of these columns in the same row.
    Share(Share, &'static str),
}

/// A workbook that is being filled.
pub struct Book {
    book: Workbook,
    rows: u32,
    names: Vec<String>,
    head: Format,
    day: Format,
    percent: Format,
}

impl Book {
    /// A workbook with the head of the rows. It states the day of receiving as its own, so that the same files give the
    /// same workbook.
    ///
    /// # Errors
    /// It has too many columns.
    pub fn new(columns: &Columns, day: Date) -> Result<Book, XlsxError> {
        let mut book = Workbook::new();
        book.set_properties(&DocProperties::new().set_creation_datetime(&day_of(day)?));
        let mut made = Book {
            book,
            rows: 0,
            names: columns.names(),
            head: Format::new().set_bold().set_text_wrap(),
            day: Format::new().set_num_format("dd/mm/yyyy"),
            percent: Format::new().set_num_format("0.0%"),
        };
        // Rows are many, and are written through to disk where there is one; the other sheets are small.
        #[cfg(feature = "cli")]
        let sheet = made.book.add_worksheet_with_constant_memory()?;
        #[cfg(not(feature = "cli"))]
        let sheet = made.book.add_worksheet();
        sheet.set_name("units")?;
        begin(sheet, &made.names, &made.head)?;
        Ok(made)
    }

    /// Adds a row of the register.
    ///
    /// # Errors
    /// There is no room for it.
    pub fn row(&mut self, columns: &Columns, row: &Row) -> Result<(), XlsxError> {
        self.rows += 1;
        let sheet = self.book.worksheet_from_index(0)?;
        for (column, (name, value)) in (0..).zip(self.names.iter().zip(columns.values(row))) {
            let is_day = DAYS.contains(&name.as_str());
            match value {
                Json::Null => {}
                Json::Text(text) => match Date::parse(&text).filter(|_| is_day) {
                    Some(day) => {
                        sheet.write_with_format(self.rows, column, &day_of(day)?, &self.day)?;
                    }
                    None => put_text(sheet, self.rows, column, &text)?,
                },
                Json::Int(number) => match i32::try_from(number) {
                    Ok(number) => {
                        sheet.write_number(self.rows, column, number)?;
                    }
                    Err(_) => put_text(sheet, self.rows, column, &number.to_string())?,
                },
                other => put_text(sheet, self.rows, column, &canonical(&other))?,
            }
        }
        Ok(())
    }

    /// Adds the other sheets and gives the bytes of the workbook. Where there is no list of units, the sheet of those says
    /// why.
    ///
    /// # Errors
    /// There is no room for them.
    pub fn finish(
        mut self,
        summary: &Summary,
        units: Result<&UnitList, &str>,
        packs: &Catalog,
    ) -> Result<Vec<u8>, XlsxError> {
        end(self.book.worksheet_from_index(0)?, self.rows, self.names.len())?;
        self.items(summary, packs)?;
        self.missing(units)?;
        self.book.save_to_buffer()
    }

    fn items(&mut self, summary: &Summary, packs: &Catalog) -> Result<(), XlsxError> {
        let names = [
            "pack",
            "pack_version",
            "part",
            "id",
            "label",
            "type",
            "forms",
            "passed",
            "failed",
            "not_applicable",
            "open",
            "rate",
        ];
        let mut lines = Vec::new();
        for ((id, version), forms) in &summary.packs {
            let known = packs
                .packs()
                .iter()
                .find(|pack| pack.id == *id && pack.version.as_str() == version);
            let label = |part: &Id| {
                let known = known.map(|pack| (&pack.criteria, &pack.items));
                let label = known.and_then(|(criteria, items)| {
                    let criterion = criteria.iter().find(|one| one.id == *part);
                    let item = || items.iter().find(|one| one.id == *part);
                    criterion.map(|one| &one.label).or_else(|| item().map(|one| &one.label))
                });
                label.map(|label| label.text(Lang::Vi).to_owned()).unwrap_or_default()
            };
            let start = |kind: &str, part: &Id| {
                let texts = [id.as_str(), version.as_str(), kind, part.as_str(), &label(part)];
                texts.map(|text| Cell::Text(text.to_owned()))
            };
            lines.extend(parts(forms, start));
        }
        self.sheet("items", &names, &lines)
    }

    fn missing(&mut self, units: Result<&UnitList, &str>) -> Result<(), XlsxError> {
        let names = [
            "standing",
            "unit",
            "unit_code",
            "type",
            "parent",
            "deadline",
            "received",
            "files",
            "sound_files",
        ];
        let units = match units {
            Ok(units) => units,
            Err(why) => {
                let why = [Cell::Text(why.to_owned())];
                return self.sheet("missing", &names, &[why.into()]);
            }
        };
        let mut units: Vec<_> = units.units().collect();
        units.sort_by_key(|(_, _, standing)| *standing);
        let lines = units.into_iter().map(|(unit, filing, standing)| {
            vec![
                Cell::Text(standing.as_str().to_owned()),
                Cell::Text(unit.name.clone()),
                Cell::Text(unit.code.clone()),
                Cell::Text(unit.unit_type.clone()),
                Cell::Text(unit.parent.clone()),
                Cell::Day(unit.deadline),
                Cell::Day(filing.first),
                Cell::Number(filing.files),
                Cell::Number(filing.sound),
            ]
        });
        self.sheet("missing", &names, &lines.collect::<Vec<_>>())
    }

    fn sheet(&mut self, title: &str, names: &[&str], lines: &[Vec<Cell>]) -> Result<(), XlsxError> {
        let sheet = self.book.add_worksheet();
        sheet.set_name(title)?;
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        begin(sheet, &names, &self.head)?;
        let mut last = 0;
        for (row, line) in (1..).zip(lines) {
            last = row;
            for (column, cell) in (0..).zip(line) {
                match cell {
                    Cell::Text(text) => put_text(sheet, row, column, text)?,
                    Cell::Number(number) => {
                        let number = u32::try_from(*number).unwrap_or(u32::MAX);
                        sheet.write_number(row, column, number)?;
                    }
                    Cell::Day(None) => {}
                    Cell::Day(Some(day)) => {
                        sheet.write_with_format(row, column, &day_of(*day)?, &self.day)?;
                    }
                    Cell::Share(share, formula) => {
                        let formula = formula.replace('#', &(row + 1).to_string());
                        if let Some(rate) = share.per_mille() {
                            let rate = format!("{}.{:03}", rate / 1000, rate % 1000);
                            let formula = Formula::new(formula).set_result(rate);
                            sheet.write_formula_with_format(row, column, formula, &self.percent)?;
                        }
                    }
                }
            }
        }
        end(sheet, last, names.len())
    }
}

/// A line for each criterion and item, of all forms and of those of each type.
fn parts(forms: &PackSummary, start: impl Fn(&str, &Id) -> [Cell; 5]) -> Vec<Vec<Cell>> {
    let criterion = |counts: &Counts<CriterionVerdict>| {
        let of = |verdict| counts.of(verdict);
        let (passed, failed) = (of(CriterionVerdict::Passed), of(CriterionVerdict::Failed));
        ([passed, failed, 0, of(CriterionVerdict::Incomplete)], counts.passed())
    };
    let item = |counts: &Counts<Verdict>| {
        let all = [Verdict::Met, Verdict::NotMet, Verdict::NotApplicable, Verdict::Unanswered];
        (all.map(|verdict| counts.of(verdict)), counts.met())
    };
    let mut lines = Vec::new();
    for (id, grouped) in &forms.criteria {
        lines.extend(of_part(grouped, criterion, || start("criterion", id)));
    }
    for (id, grouped) in &forms.items {
        lines.extend(of_part(grouped, item, || start("item", id)));
    }
    lines
}

fn of_part<T: Copy + Ord>(
    grouped: &Grouped<T>,
    counted: impl Fn(&Counts<T>) -> ([usize; 4], Share),
    start: impl Fn() -> [Cell; 5],
) -> Vec<Vec<Cell>> {
    let by_type = grouped.by_type.iter().map(|(id, counts)| (id.as_str(), counts));
    let groups = std::iter::once(("", &grouped.all)).chain(by_type);
    let line = |(unit_type, counts): (&str, &Counts<T>)| {
        let (numbers, share) = counted(counts);
        let mut line: Vec<Cell> = start().into();
        line.push(Cell::Text(unit_type.to_owned()));
        line.push(Cell::Number(counts.all()));
        line.extend(numbers.map(Cell::Number));
        line.push(Cell::Share(share, "=H#/(G#-J#)"));
        line
    };
    groups.map(line).collect()
}

/// The head of a sheet, which stays in view.
fn begin(sheet: &mut Worksheet, names: &[String], head: &Format) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(1, 0)?;
    for (column, name) in (0..).zip(names) {
        if ["file", "detail", "unit", "parent", "superior", "label"].contains(&name.as_str()) {
            sheet.set_column_width(column, WIDE)?;
        }
        sheet.write_with_format(0, column, name, head)?;
    }
    Ok(())
}

/// Filters over all columns.
fn end(sheet: &mut Worksheet, last: u32, columns: usize) -> Result<(), XlsxError> {
    let columns = u16::try_from(columns).map_err(|_| XlsxError::RowColumnLimitError)?;
    sheet.autofilter(0, 0, last, columns.saturating_sub(1))?;
    Ok(())
}

/// A text is a text, whatever it begins with: nothing runs it.
fn put_text(sheet: &mut Worksheet, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
    if !text.is_empty() {
        sheet.write_string(row, column, cut(text, CELL_LIMIT))?;
    }
    Ok(())
}

fn day_of(day: Date) -> Result<ExcelDateTime, XlsxError> {
    let (year, month, day) = day.parts();
    ExcelDateTime::from_ymd(year, month, day)
}
