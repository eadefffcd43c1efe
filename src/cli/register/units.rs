//! Lists of units: text that a spreadsheet saved, or a workbook.

use std::path::Path;

use super::RegisterError;
use crate::cli::{CliError, files};
use crate::desk::register::{UNIT_LIST_LIMIT, UnitList, first_list};
use crate::sheets::sheets_of;
use crate::value::Date;

/// Reads the list of the units that are to file. `deadline` is for those for which the list names none.
pub(in crate::cli) fn read_units(
    path: &Path,
    deadline: Option<Date>,
) -> Result<UnitList, CliError> {
    let bytes = files::read(path, UNIT_LIST_LIMIT)?;
    let refused = |why: String| RegisterError::Units { file: files::name(path), why };
    let sheets = sheets_of(bytes).map_err(|error| refused(error.to_string()))?;
    let list = first_list(sheets.iter().map(|(_, table)| table));
    let (_, mut list) = list.map_err(|error| refused(error.to_string()))?;
    if let Some(deadline) = deadline {
        list.set_deadline(deadline);
    }
    Ok(list)
}
