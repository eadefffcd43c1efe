//! The rows of a table below its head: what each says, and those that say nothing for a pack.

use super::amount::Amount;
use super::columns::{Columns, Role, head_at};
use super::finding::{Doubt, Reason};
use super::grid::{Content, Grid};
use super::mark::{self, Mark};
use super::preview::Notes;
use crate::value::{is_blank, search_key, trim};

/// The points of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Points {
    None,
    /// Something that is no number; a doubt says so.
    Unread,
    Known(Amount),
}

/// A row that says something.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub row: usize,
    pub mark: Option<Mark>,
    pub label: String,
    pub points: Points,
    /// What stands in the column of criteria, where there is one.
    pub criterion: Option<String>,
    /// Is the row only the criterion, or the first of it?
    pub is_criterion_only: bool,
    /// Does a blank row stand before it?
    pub is_after_gap: bool,
    /// The other columns, by their roles.
    pub others: Vec<(Role, String)>,
}

impl Line {
    pub fn has_points(&self) -> bool {
        self.points != Points::None
    }

    pub fn other(&self, role: Role) -> Option<&str> {
        self.others.iter().find(|(own, _)| *own == role).map(|(_, text)| text.as_str())
    }
}

/// A row that states a total.
pub(super) struct Total {
    pub row: usize,
    pub points: Points,
}

/// What stands below the head.
pub(super) struct Lines {
    pub lines: Vec<Line>,
    pub totals: Vec<Total>,
}

/// Reads the rows from `from` on.
pub(super) fn read(
    grid: &Grid,
    columns: &Columns,
    from: usize,
    with_hidden: bool,
    notes: &mut Notes,
) -> Lines {
    let mut read = Reading { grid, columns, notes, as_text: Vec::new() };
    let mut found = Lines { lines: Vec::new(), totals: Vec::new() };
    let mut is_after_gap = false;
    for row in from..grid.rows.len() {
        if read.is_blank(row) {
            is_after_gap = true;
            continue;
        }
        if grid.hidden_rows.contains(&row) && !with_hidden {
            read.notes.doubts.push(Doubt::HiddenRow { row });
            read.leave_out(row, Reason::Hidden);
            continue;
        }
        if let Some(head) = head_at(grid, row).filter(|head| head.columns.all().count() > 2) {
            if head.columns == *columns {
                read.leave_out(row, Reason::HeadAgain);
                continue;
            }
            read.notes.doubts.push(Doubt::SecondTable { row });
            for row in row..grid.rows.len() {
                if !read.is_blank(row) {
                    read.leave_out(row, Reason::OtherTable);
                }
            }
            break;
        }
        if read.numbers_columns(row) && found.lines.is_empty() {
            read.leave_out(row, Reason::ColumnNumbers);
        } else if read.is_total(row) {
            let points = read.points(row);
            found.totals.push(Total { row, points });
            read.leave_out(row, Reason::Total);
        } else if let Some(line) = read.line(row, is_after_gap || !found.totals.is_empty()) {
            found.lines.push(line);
        }
        is_after_gap = false;
    }
    if let Some(column) = columns.get(Role::Points)
        && !read.as_text.is_empty()
    {
        let rows = std::mem::take(&mut read.as_text);
        read.notes.doubts.push(Doubt::NumbersAsText { column, rows });
    }
    found
}

struct Reading<'a> {
    grid: &'a Grid,
    columns: &'a Columns,
    notes: &'a mut Notes,
    /// The rows whose points are a text in a workbook.
    as_text: Vec<usize>,
}

impl Reading<'_> {
    fn leave_out(&mut self, row: usize, reason: Reason) {
        self.notes.leave_out(self.grid, row, reason);
    }

    fn is_blank(&self, row: usize) -> bool {
        let cells = self.grid.rows.get(row).map(Vec::as_slice).unwrap_or_default();
        cells.iter().all(|cell| is_blank(&cell.text) && cell.content == Content::Text)
    }

    /// What stands in the column of a role; merged cells show their value in each row.
    fn text(&self, row: usize, role: Role) -> Option<&str> {
        let column = self.columns.get(role)?;
        let (row, own) = self.grid.shown_at(row, column);
        // A cell that is merged with one of another column belongs to that.
        if own != column && self.columns.role(own).is_some() {
            return None;
        }
        let text = trim(&self.grid.cell(row, own)?.text);
        (!is_blank(text)).then_some(text)
    }

    /// `1 2 3 4` or `(1) (2) (3)` below the head.
    fn numbers_columns(&self, row: usize) -> bool {
        let cells = self.grid.rows.get(row).map(Vec::as_slice).unwrap_or_default();
        let filled = cells.iter().map(|cell| trim(&cell.text)).filter(|text| !is_blank(text));
        let numbers: Option<Vec<usize>> =
            filled.map(|text| text.trim_matches(['(', ')']).parse().ok()).collect();
        numbers.is_some_and(|all| all.len() > 2 && all.windows(2).all(|two| two[1] == two[0] + 1))
    }

    fn is_total(&self, row: usize) -> bool {
        let begins = |key: &str, words: &[&str]| {
            words.iter().any(|word| {
                key.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
            })
        };
        let words = ["tong cong", "tong diem", "tong so diem", "cong", "tong", "total", "sum"];
        let is_it = |role| {
            self.text(row, role).is_some_and(|text| {
                let key = search_key(text);
                begins(&key, &words) && key.chars().count() <= 60
            })
        };
        [Role::Number, Role::Criterion, Role::Label].into_iter().any(is_it)
    }

    /// The points of a row, with the doubts about them.
    fn points(&mut self, row: usize) -> Points {
        let Some(column) = self.columns.get(Role::Points) else {
            return Points::None;
        };
        let (shown, own) = self.grid.shown_at(row, column);
        // Points that stand in a merged cell count once.
        let Some(cell) = self.grid.cell(shown, own).filter(|_| shown == row) else {
            return Points::None;
        };
        // A heading that is merged over the column of points is no number.
        if own != column {
            return Points::None;
        }
        let text = trim(&cell.text).to_owned();
        let doubt = match cell.content {
            Content::Error => Doubt::ErrorCell { row, column, text },
            Content::Formula => Doubt::FormulaWithoutValue { row, column },
            Content::Day => Doubt::PointsAreADay { row, column, text },
            Content::Text if is_blank(&text) || ["-", "–", "x", "X"].contains(&text.as_str()) => {
                return Points::None;
            }
            content => match Amount::read(&text) {
                Some(amount) => {
                    let is_bare =
                        text.bytes().all(|byte| byte.is_ascii_digit() || b",.".contains(&byte));
                    if self.grid.is_typed && content == Content::Text && is_bare {
                        self.as_text.push(row);
                    }
                    return Points::Known(amount);
                }
                None => Doubt::PointsUnreadable { row, column, text },
            },
        };
        self.notes.doubts.push(doubt);
        Points::Unread
    }

    /// What a row says; `None` where it is left out.
    fn line(&mut self, row: usize, is_after_gap: bool) -> Option<Line> {
        let own = |role: Role| self.text(row, role).map(str::to_owned);
        let (number, mut label, criterion) =
            (own(Role::Number), own(Role::Label), own(Role::Criterion));
        let mut mark = number.as_deref().and_then(mark::of_cell);
        // A heading that is merged over several columns stands in the first of them.
        if label.is_none() && mark.is_none() {
            label = number.filter(|_| criterion.is_none());
        }
        if label.is_none() && criterion.is_none() {
            label = self.only_text(row);
        }
        if mark.is_none()
            && let Some((found, rest)) = label.as_deref().and_then(mark::before)
        {
            (mark, label) = (Some(found), Some(rest.to_owned()));
        }
        let is_criterion_only = label.is_none() && criterion.is_some();
        let Some(label) = label.or_else(|| criterion.clone()) else {
            self.leave_out(row, Reason::NoLabel);
            return None;
        };
        let others = self.others(row);
        let points = self.points(row);
        if let Points::Known(amount) = points
            && amount.0 < 0
        {
            self.notes.doubts.push(Doubt::NegativePoints { row, points: amount.shown() });
            self.leave_out(row, Reason::Negative);
            return None;
        }
        Some(Line {
            row,
            mark,
            label: one_line(&label),
            points,
            criterion,
            is_criterion_only,
            is_after_gap,
            others,
        })
    }

    /// The text of a row that stands alone, left of the points.
    fn only_text(&self, row: usize) -> Option<String> {
        let end = self.columns.get(Role::Points).unwrap_or(usize::MAX);
        let cells = self.grid.rows.get(row)?.iter().take(end);
        let mut filled = cells.map(|cell| trim(&cell.text)).filter(|text| !is_blank(text));
        let text = filled.next()?;
        let is_words = text.chars().filter(|c| c.is_alphabetic()).count() > 2;
        (is_words && filled.next().is_none()).then(|| text.to_owned())
    }

    fn others(&mut self, row: usize) -> Vec<(Role, String)> {
        let roles =
            [Role::Id, Role::English, Role::Kind, Role::Applies, Role::Evidence, Role::Note];
        let mut found = Vec::new();
        for role in roles {
            let Some(text) = self.text(row, role).map(str::to_owned) else {
                continue;
            };
            let column = self.columns.get(role).unwrap_or_default();
            match self.grid.cell(row, column).map(|cell| cell.content) {
                Some(Content::Error) => {
                    self.notes.doubts.push(Doubt::ErrorCell { row, column, text })
                }
                Some(Content::Formula) => {
                    self.notes.doubts.push(Doubt::FormulaWithoutValue { row, column });
                }
                _ => found.push((role, text)),
            }
        }
        found
    }
}

/// A text in one line: one space for each run of blanks and line breaks.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
