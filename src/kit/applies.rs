//! For which levels and types of units something applies: as a table to tick, and as the list of a pack.

use crate::json::Json;
use crate::kit::tree::{list, text};

/// A tick for each level (row) and type (column) of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    levels: Vec<String>,
    types: Vec<String>,
    ticks: Vec<Vec<bool>>,
}

impl Matrix {
    /// The table of what an `applies` list says in a pack that is being written.
    ///
    /// ```
    /// use bon_tot::json::{Json, parse};
    /// use bon_tot::kit::Matrix;
    ///
    /// let pack = parse(br#"{"levels": [{"id": "cell"}, {"id": "committee"}], "types": [{"id": "village"}, {"id": "agency"}]}"#, 200)?;
    /// let mut matrix = Matrix::of(&pack, &["cell:*".into()]);
    /// assert!(matrix.has(0, 1) && !matrix.has(1, 0));
    /// matrix.set(1, 1, true);
    /// assert_eq!(matrix.entries(), ["cell:*".into(), "*:agency".into()]);
    /// # Ok::<(), bon_tot::json::ReadError>(())
    /// ```
    pub fn of(pack: &Json, applies: &[Json]) -> Matrix {
        let ids = |of| list(pack, of).iter().map(|own| text(own, "/id").to_owned()).collect();
        let (levels, types): (Vec<String>, Vec<String>) = (ids("/levels"), ids("/types"));
        let entries: Vec<_> = applies
            .iter()
            .filter_map(Json::as_text)
            .filter_map(|own| own.split_once(':'))
            .collect();
        let is_named = |level: &str, unit_type: &str| {
            let fits = |entry: &str, own: &str| entry == "*" || entry == own;
            entries.iter().any(|(one, other)| fits(one, level) && fits(other, unit_type))
        };
        let row = |level: &String| types.iter().map(|own| is_named(level, own)).collect();
        let ticks = levels.iter().map(row).collect();
        Matrix { levels, types, ticks }
    }

    /// Is it ticked for a level and a type, by their places in the pack?
    pub fn has(&self, level: usize, unit_type: usize) -> bool {
        self.ticks.get(level).and_then(|row| row.get(unit_type)).copied().unwrap_or_default()
    }

    /// Sets a tick.
    pub fn set(&mut self, level: usize, unit_type: usize, ticked: bool) {
        if let Some(own) = self.ticks.get_mut(level).and_then(|row| row.get_mut(unit_type)) {
            *own = ticked;
        }
    }

    /// Sets every tick.
    pub fn set_all(&mut self, ticked: bool) {
        self.ticks.iter_mut().flatten().for_each(|own| *own = ticked);
    }

    /// Is every tick set?
    pub fn is_full(&self) -> bool {
        self.ticks.iter().flatten().all(|own| *own)
    }

    /// The list that says the same: whole rows and columns by a star, so that it also holds for what is added later.
    pub fn entries(&self) -> Vec<Json> {
        if self.is_full() {
            return vec!["*:*".into()];
        }
        let row_is_full = |row: usize| self.ticks[row].iter().all(|own| *own);
        let column_is_full = |column: usize| self.ticks.iter().all(|row| row[column]);
        let mut entries: Vec<Json> = Vec::new();
        let whole = (0..self.levels.len()).filter(|row| row_is_full(*row));
        entries.extend(whole.map(|row| format!("{}:*", self.levels[row]).into()));
        let whole = (0..self.types.len()).filter(|column| column_is_full(*column));
        entries.extend(whole.map(|column| format!("*:{}", self.types[column]).into()));
        for (row, level) in self.levels.iter().enumerate().filter(|(row, _)| !row_is_full(*row)) {
            for (column, unit_type) in self.types.iter().enumerate() {
                if self.ticks[row][column] && !column_is_full(column) {
                    entries.push(format!("{level}:{unit_type}").into());
                }
            }
        }
        entries
    }
}
