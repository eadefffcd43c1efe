//! What a person should look at after an import, and why a table or a file is no pack at all.

use serde::{Deserialize, Serialize};

use super::columns::Role;
use super::encoding::Encoding;
use crate::value::{Id, cut};

/// The most characters that a sentence repeats of a cell.
const QUOTED: usize = 60;

/// What an import was not sure of. Rows and columns count from zero; sentences count rows from one and name columns by
/// letters, as spreadsheets do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Doubt {
    /// The columns of a table do not say what is decided by.
    #[error(
        "the table does not say when a criterion is passed: {others_percent} % of its items must be met until you set it"
    )]
    Undecided {
        /// What was put there.
        others_percent: i64,
    },
    /// Two columns are called as one role is.
    #[error("columns {} and {} are both called as \"{}\" is: the first was taken; put a second table on a sheet of its own, or choose the column", letters(.first), letters(.second), .role.word())]
    ColumnTwice {
        /// The role.
        role: Role,
        /// The column that was taken.
        first: usize,
        /// The other one.
        second: usize,
    },
    /// A column with content was not used.
    #[error("column {} (\"{}\") was not used: choose what it is, if it matters", letters(.column), quoted(.name))]
    ColumnUnused {
        /// The column.
        column: usize,
        /// What it is called.
        name: String,
    },
    /// A column is hidden and was used.
    #[error("column {} (\"{}\") is hidden and was used all the same: show it and look at it", letters(.column), .role.word())]
    HiddenColumn {
        /// The column.
        column: usize,
        /// Its role.
        role: Role,
    },
    /// No column is for points.
    #[error(
        "no column is called as points are: the pack has none; name the column \"Điểm tối đa\" if there should be"
    )]
    NoPointsColumn,
    /// A row is hidden.
    #[error("row {} is hidden and was left out: show it or delete it", .row + 1)]
    HiddenRow {
        /// The row.
        row: usize,
    },
    /// Cells are merged over several rows.
    #[error("rows {} to {} share a merged cell in column {}: it was taken for each of them; undo the merge if that is wrong", .first + 1, .last + 1, letters(.column))]
    Merged {
        /// The column.
        column: usize,
        /// Its first row.
        first: usize,
        /// Its last row.
        last: usize,
    },
    /// Numbers stand as texts in a workbook.
    #[error("{} of column {} are texts that look like numbers, from row {} on: they were read as numbers", .rows.len(), letters(.column), first(.rows))]
    NumbersAsText {
        /// The column.
        column: usize,
        /// The rows.
        rows: Vec<usize>,
    },
    /// A cell holds an error.
    #[error("{} holds the error {}: mend the formula or write the value", place(.row, .column), quoted(.text))]
    ErrorCell {
        /// Its row.
        row: usize,
        /// Its column.
        column: usize,
        /// The error.
        text: String,
    },
    /// A formula has no value.
    #[error("{} is a formula without a value: open the file in a spreadsheet and save it again, or write the value", place(.row, .column))]
    FormulaWithoutValue {
        /// Its row.
        row: usize,
        /// Its column.
        column: usize,
    },
    /// Points are no number.
    #[error("{}: \"{}\" is no number of points: write one number, such as 10 or 2,5", place(.row, .column), quoted(.text))]
    PointsUnreadable {
        /// Its row.
        row: usize,
        /// Its column.
        column: usize,
        /// What stands there.
        text: String,
    },
    /// A spreadsheet made a day of points.
    #[error("{} is a day ({}): the spreadsheet made it of something like 2-5 or 1.5; format the column as text and write the points again", place(.row, .column), quoted(.text))]
    PointsAreADay {
        /// Its row.
        row: usize,
        /// Its column.
        column: usize,
        /// The day.
        text: String,
    },
    /// Points are taken away.
    #[error("row {} takes {} points away and was left out: make it an adjustment of the pack", .row + 1, .points)]
    NegativePoints {
        /// The row.
        row: usize,
        /// The points.
        points: String,
    },
    /// An item has no points where others have.
    #[error("row {} has no points, but others have: it counts nothing until you give it some", .row + 1)]
    NoPoints {
        /// The row.
        row: usize,
    },
    /// Steps of points stand below an item.
    #[error("below row {} stand steps of its points: they were put into its help; make bands of them", .row + 1)]
    Steps {
        /// The row of the item.
        row: usize,
    },
    /// Two rows of one heading have the same number.
    #[error("rows {} and {} have the same number {}: one of them may be left from an earlier table", .first + 1, .row + 1, quoted(.number))]
    NumberTwice {
        /// The second row.
        row: usize,
        /// The first row.
        first: usize,
        /// The number.
        number: String,
    },
    /// Two rows have one id.
    #[error("row {} has the id {} of row {}: a new one was made; correct one of them", .row + 1, .id, .first + 1)]
    IdTwice {
        /// The second row.
        row: usize,
        /// The first row.
        first: usize,
        /// The id.
        id: Id,
    },
    /// An id is none.
    #[error("{}: \"{}\" is no id (1 to 40 of A-Z a-z 0-9 . _ -): one was made", place(.row, .column), quoted(.text))]
    IdInvalid {
        /// Its row.
        row: usize,
        /// Its column.
        column: usize,
        /// What stands there.
        text: String,
    },
    /// A kind of answer is not known.
    #[error("{}: the kind of answer \"{}\" is not known: the item asks for met or not met", place(.row, .column), quoted(.text))]
    KindUnknown {
        /// Its row.
        row: usize,
        /// Its column.
        column: usize,
        /// What stands there.
        text: String,
    },
    /// A selector of units is not known.
    #[error("{}: \"{}\" is no level or type of this pack: the item belongs to every form, and the words were put into its help", place(.row, .column), quoted(.text))]
    AppliesUnknown {
        /// Its row.
        row: usize,
        /// Its column.
        column: usize,
        /// What stands there.
        text: String,
    },
    /// Another table follows.
    #[error("another table begins in row {} and was left out: put it on a sheet of its own", .row + 1)]
    SecondTable {
        /// The row of its head.
        row: usize,
    },
    /// The points of a heading are not the sum of those below.
    #[error("row {} says {stated} points, but the rows below it add up to {sum}: correct one of them; the rows below count", .row + 1)]
    SumDiffers {
        /// The row of the heading.
        row: usize,
        /// What it says.
        stated: String,
        /// What the rows add up to.
        sum: String,
    },
    /// A total is not the sum of the items.
    #[error("the total in row {} is {stated}, but the items add up to {sum}: correct one of them; the items count", .row + 1)]
    TotalDiffers {
        /// The row of the total.
        row: usize,
        /// What it says.
        stated: String,
        /// What the items add up to.
        sum: String,
    },
    /// A heading stands within a criterion.
    #[error("row {} is a heading within a criterion: its words were put into the help of its items", .row + 1)]
    SubHeading {
        /// The row.
        row: usize,
    },
    /// A heading has no items.
    #[error("row {} looks like a criterion, but no item follows: give it items or delete it", .row + 1)]
    NoItemsBelow {
        /// The row.
        row: usize,
    },
    /// The table has no headings.
    #[error(
        "no row of the table is a heading: all items are in one criterion; number the headings I, II, III or add a column \"Tiêu chí\""
    )]
    NoHeadings,
    /// An item stands beside the headings.
    #[error("row {} stands beside the headings, in none of them: it was made a criterion of its own", .row + 1)]
    LoneItem {
        /// The row.
        row: usize,
    },
    /// A text stands in an old encoding.
    #[error("{} is written in the old encoding {}: convert the file to Unicode (in UniKey: Ctrl+Shift+F6) and import it again", place(.row, .column), .encoding.name())]
    OldEncoding {
        /// Its row.
        row: usize,
        /// Its column.
        column: usize,
        /// The encoding.
        encoding: Encoding,
    },
}

/// Why a row is not in the pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// It stands above the head of the table.
    Above,
    /// It is the head of the table.
    Head,
    /// It repeats the head, as on a second page.
    HeadAgain,
    /// It numbers the columns.
    ColumnNumbers,
    /// It is a total.
    Total,
    /// It is hidden.
    Hidden,
    /// It belongs to another table.
    OtherTable,
    /// It is a heading over all criteria.
    WholeTable,
    /// It is a heading without items.
    NoItemsBelow,
    /// It takes points away.
    Negative,
    /// It has neither numbering nor points, and belongs to no row.
    Words,
    /// It says nothing of what is asked.
    NoLabel,
}

impl Reason {
    /// Why, in English.
    pub fn words(self) -> &'static str {
        match self {
            Reason::Above => "above the table",
            Reason::Head => "the head of the table",
            Reason::HeadAgain => "the head once more",
            Reason::ColumnNumbers => "the numbers of the columns",
            Reason::Total => "a total",
            Reason::Hidden => "hidden",
            Reason::OtherTable => "another table",
            Reason::WholeTable => "a heading over all criteria",
            Reason::NoItemsBelow => "a heading without items",
            Reason::Negative => "takes points away",
            Reason::Words => "words without number or points",
            Reason::NoLabel => "says nothing of what is asked",
        }
    }
}

/// Why nothing can be made of a table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum ImportError {
    /// There is nothing in it.
    #[error("the sheet is empty: choose another sheet")]
    Empty,
    /// No row names the columns.
    #[error(
        "no row names the columns: write \"STT\", \"Nội dung\", \"Điểm tối đa\" above them, or choose the columns"
    )]
    NoHead,
    /// It is written in an old encoding.
    #[error("the table is written in the old encoding {}: convert it to Unicode (in UniKey: Ctrl+Shift+F6) and import it again", .0.name())]
    OldEncoding(Encoding),
    /// No row is an item.
    #[error("no row below the head (row {}) is an item: check the columns", .head + 1)]
    NoItems {
        /// The row of the head.
        head: usize,
    },
}

/// Why a file is no table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum FileError {
    /// It is larger than any table of criteria.
    #[error("the file is too large for a table of criteria: keep the one sheet that matters")]
    TooLarge,
    /// It is a workbook of before 2007.
    #[error("this is a workbook of before 2007 (.xls): save it as .xlsx")]
    OldWorkbook,
    /// It is locked by a password.
    #[error("the workbook is locked by a password: open it, remove the password and save it again")]
    Protected,
    /// Its end is missing, or it was changed on its way.
    #[error(
        "the workbook is cut off or damaged ({0}): open it in a spreadsheet and save it again, or ask for the file once more"
    )]
    Damaged(String),
    /// It is neither UTF-8 nor UTF-16.
    #[error("the text is not Unicode: save it as \"CSV UTF-8\" or as .xlsx")]
    NotUnicode,
    /// It is in an old encoding that is known.
    #[error("the text is in the old encoding {}: convert it to Unicode (in UniKey: Ctrl+Shift+F6), or save it as \"CSV UTF-8\"", .0.name())]
    OldEncoding(Encoding),
    /// A quotation mark is never closed.
    #[error("a quotation mark is never closed: save the table as .xlsx, or delete the mark")]
    Quotation,
}

/// A column in letters, as spreadsheets name it.
pub fn letters(column: &usize) -> String {
    let mut rest = *column;
    let mut name = Vec::new();
    loop {
        name.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        match (rest / 26).checked_sub(1) {
            Some(more) => rest = more,
            None => return name.into_iter().rev().collect(),
        }
    }
}

fn place(row: &usize, column: &usize) -> String {
    format!("cell {}{}", letters(column), row + 1)
}

fn quoted(text: &str) -> String {
    cut(text, QUOTED).into_owned()
}

fn first(rows: &[usize]) -> usize {
    rows.first().map_or(0, |row| row + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_spreadsheets() {
        for (column, name) in
            [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")]
        {
            assert_eq!(letters(&column), name);
        }
    }
}
