//! What stands in which column of a table of criteria, by what the columns are called.

use serde::{Deserialize, Serialize};

use super::grid::{Cell, Grid};
use crate::value::search_key;

/// The head stands among the first lines: titles may be above it.
const HEAD_WITHIN: usize = 40;

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Role {
    /// Numbering (*STT*).
    Number,
    /// Ids that are to stand in the pack (*mã*).
    Id,
    /// The criterion that the row belongs to.
    Criterion,
    /// What is asked.
    Label,
    /// The same in English.
    English,
    /// Full points.
    Points,
    /// How the item is answered.
    Kind,
    /// For which units.
    Applies,
    /// What proves it (*minh chứng*).
    Evidence,
    /// What else is said of it.
    Note,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 10] = [
        Role::Number,
        Role::Id,
        Role::Criterion,
        Role::Label,
        Role::English,
        Role::Points,
        Role::Kind,
        Role::Applies,
        Role::Evidence,
        Role::Note,
    ];

    /// Its word in English, for arguments and messages.
    pub fn word(self) -> &'static str {
        match self {
            Role::Number => "number",
            Role::Id => "id",
            Role::Criterion => "criterion",
            Role::Label => "label",
            Role::English => "english",
            Role::Points => "points",
            Role::Kind => "kind",
            Role::Applies => "applies",
            Role::Evidence => "evidence",
            Role::Note => "note",
        }
    }

    /// The role with this word.
    pub fn of_word(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// Names that a column has as a whole, and beginnings of longer names; as [`search_key`] gives them. Better ones first.
const NAMES: [(Role, &[&str], &[&str]); 10] = [
    (Role::Number, &["stt", "tt", "so tt", "so thu tu", "no", "no.", "#"], &[]),
    (Role::Id, &["ma", "ma tieu chi", "ma so", "ma noi dung", "id", "code"], &[]),
    (
        Role::Label,
        &["noi dung", "item", "label", "question"],
        &["tieu chi thanh phan", "noi dung", "chi tieu", "yeu cau", "item"],
    ),
    (
        Role::Criterion,
        &["tieu chi", "criterion", "tieu chuan"],
        &["tieu chi", "nhom tieu chi", "tieu chuan", "criterion"],
    ),
    (Role::English, &["en", "english", "tieng anh"], &["english", "tieng anh"]),
    (
        Role::Points,
        &[
            "diem toi da",
            "diem chuan",
            "thang diem",
            "points",
            "max",
            "max points",
            "diem",
            "so diem",
        ],
        &[
            "diem toi da",
            "diem chuan",
            "thang diem",
            "diem quy dinh",
            "muc diem",
            "so diem toi da",
            "max",
            "toi da",
        ],
    ),
    (
        Role::Kind,
        &["loai", "kieu", "type", "kind"],
        &["loai", "kieu tra loi", "hinh thuc tra loi", "cach tra loi"],
    ),
    (Role::Applies, &["doi tuong", "ap dung", "applies"], &["doi tuong", "ap dung", "pham vi"]),
    (
        Role::Evidence,
        &["minh chung", "evidence"],
        &["minh chung", "ho so minh chung", "tai lieu", "ho so", "evidence"],
    ),
    (
        Role::Note,
        &["ghi chu", "note", "notes", "help"],
        &["ghi chu", "huong dan", "cach cham", "cach tinh", "giai thich", "note"],
    ),
];

/// Columns that are filled in later on paper: they are no points of a pack.
const FILLED_LATER: [&str; 7] =
    ["tu cham", "tu danh gia", "tham dinh", "dat duoc", "diem cham", "cap tren cham", "ket qua"];

/// Where the columns are, by their places in a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns {
    /// Each role with its column; a role stands at most once.
    roles: Vec<(Role, usize)>,
}

impl Columns {
    /// The column of a role.
    pub fn get(&self, role: Role) -> Option<usize> {
        self.roles.iter().find(|(own, _)| *own == role).map(|(_, column)| *column)
    }

    /// The role of a column.
    pub fn role(&self, column: usize) -> Option<Role> {
        self.roles.iter().find(|(_, own)| *own == column).map(|(role, _)| *role)
    }

    /// Says which column has a role, or that none has. A column has one role: the last that was said.
    pub fn set(&mut self, role: Role, column: Option<usize>) {
        self.roles.retain(|(own, place)| *own != role && Some(*place) != column);
        self.roles.extend(column.map(|column| (role, column)));
        self.roles.sort_unstable();
    }

    /// The roles that have a column.
    pub fn all(&self) -> impl Iterator<Item = (Role, usize)> {
        self.roles.iter().copied()
    }

    /// Do these name a table: what is asked, and something beside it?
    fn is_head(&self) -> bool {
        self.get(Role::Label).is_some() && self.roles.len() > 1
    }
}

/// The head of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// Its first row, and the row behind its last.
    pub first: usize,
    pub end: usize,
    pub columns: Columns,
    /// Columns that claim a role which another one has.
    pub twice: Vec<(Role, usize, usize)>,
}

/// The first rows that name the columns.
pub(super) fn find(grid: &Grid) -> Option<Head> {
    let near = 0..grid.rows.len().min(HEAD_WITHIN);
    near.into_iter().find_map(|row| head_at(grid, row))
}

/// The head at a row, if the row is one. The names of a second row, under merged cells, are taken in.
pub(super) fn head_at(grid: &Grid, row: usize) -> Option<Head> {
    let mut head = named(grid.rows.get(row)?, row)?;
    let below = grid.rows.get(row + 1).map(Vec::as_slice).unwrap_or_default();
    let has_digits = |cell: &Cell| cell.text.chars().any(|c| c.is_ascii_digit());
    if let Some(lower) = (!below.iter().any(has_digits)).then(|| claims(below)) {
        let mut taken = false;
        for (role, column, _) in lower {
            let above = grid.cell(row, column).map_or("", |cell| cell.text.as_str());
            let is_part = search_key(above).is_empty()
                || grid.shown_at(row, column) != grid.shown_at(row + 1, column);
            let is_vague =
                head.columns.get(role).is_none_or(|own| role == Role::Points && own <= column);
            if is_part && is_vague && head.columns.role(column).is_none_or(|own| own == role) {
                head.columns.set(role, Some(column));
                taken = true;
            }
        }
        // A number row or the first item may stand there as well: only names make it a part of the head.
        if taken {
            head.end += 1;
        }
    }
    Some(head)
}

fn named(line: &[Cell], row: usize) -> Option<Head> {
    let mut columns = Columns::default();
    let mut best: Vec<(Role, usize, usize)> = claims(line);
    best.sort_by_key(|(role, column, rank)| (*role, *rank, *column));
    let mut twice = Vec::new();
    for (role, column, _) in best {
        match columns.get(role) {
            None => columns.set(role, Some(column)),
            Some(first) => twice.push((role, first, column)),
        }
    }
    // Where only criteria are named, they are what is asked.
    if columns.get(Role::Label).is_none()
        && let Some(column) = columns.get(Role::Criterion)
    {
        // Two such columns are a criterion and its parts.
        match twice.iter().position(|(role, ..)| *role == Role::Criterion) {
            Some(place) => {
                let (_, _, second) = twice.remove(place);
                columns.set(Role::Label, Some(second.max(column)));
                columns.set(Role::Criterion, Some(second.min(column)));
            }
            None => {
                columns.set(Role::Criterion, None);
                columns.set(Role::Label, Some(column));
            }
        }
    }
    columns.is_head().then_some(Head { first: row, end: row + 1, columns, twice })
}

/// Which roles the cells of a row claim by their names, and how well each fits: the less, the better.
fn claims(line: &[Cell]) -> Vec<(Role, usize, usize)> {
    let claims = line.iter().enumerate().filter_map(|(column, cell)| {
        let key = search_key(&cell.text);
        let key = key.split(['(', '[', '/', '*']).next().unwrap_or_default().trim();
        let (role, rank) = claim(key)?;
        Some((role, column, rank))
    });
    claims.collect()
}

fn claim(key: &str) -> Option<(Role, usize)> {
    // A sentence is no name.
    if key.is_empty()
        || key.chars().count() > 40
        || FILLED_LATER.iter().any(|word| key.contains(word))
    {
        return None;
    }
    let whole = NAMES
        .iter()
        .find_map(|(role, names, _)| Some((*role, names.iter().position(|name| *name == key)?)));
    whole.or_else(|| {
        NAMES.iter().find_map(|(role, _, beginnings)| {
            let begins = |own: &&str| {
                key.strip_prefix(*own).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
            };
            Some((*role, 100 + beginnings.iter().position(begins)?))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(rows: &[&[&str]]) -> Grid {
        let texts = rows.iter().map(|row| row.iter().map(|text| (*text).to_owned()).collect());
        Grid::of_texts(texts.collect())
    }

    #[track_caller]
    fn check(head: &[&str], expected: &[(Role, usize)]) {
        let found = find(&grid(&[&["BỘ TIÊU CHÍ"], &[], head])).unwrap();
        assert_eq!(found.first, 2);
        assert_eq!(found.columns.all().collect::<Vec<_>>(), expected, "{head:?}");
    }

    #[test]
    fn columns_are_known_by_the_names_that_officers_give_them() {
        use Role::{Applies, Criterion, Evidence, Kind, Label, Note, Number, Points};
        check(&["STT", "Tiêu chí", "Điểm tối đa"], &[(Number, 0), (Label, 1), (Points, 2)]);
        check(
            &["TT", "Tiêu chí", "Nội dung đánh giá", "Điểm chuẩn", "Điểm tự chấm", "Ghi chú"],
            &[(Number, 0), (Criterion, 1), (Label, 2), (Points, 3), (Note, 5)],
        );
        check(
            &["tiêu chí", "TIÊU CHÍ THÀNH PHẦN", "Thang điểm (100)", "MINH CHỨNG"],
            &[(Criterion, 0), (Label, 1), (Points, 2), (Evidence, 3)],
        );
        check(
            &["Nội dung", "Loại", "Đối tượng áp dụng", "Điểm"],
            &[(Label, 0), (Points, 3), (Kind, 1), (Applies, 2)],
        );
        assert_eq!(find(&grid(&[&["a", "b"], &["c", "1"]])), None);
    }

    #[test]
    fn a_head_of_two_rows_is_one_and_a_person_has_the_last_word() {
        let rows: &[&[&str]] = &[
            &["STT", "Nội dung", "Điểm", ""],
            &["", "", "Điểm tối đa", "Điểm tự chấm"],
            &["1", "Có nghị quyết", "10", ""],
        ];
        let mut found = find(&grid(rows)).unwrap();
        assert_eq!((found.end, found.columns.get(Role::Points)), (2, Some(2)));
        found.columns.set(Role::Note, Some(2));
        assert_eq!(found.columns.get(Role::Points), None);
        assert_eq!(found.columns.get(Role::Note), Some(2));
    }
}
