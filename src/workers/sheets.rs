//! What the worker for workbooks does: it reads them, and writes the register as one.

use crate::desk::register::{
    Filers, MemoryError, Reply, Sheets, Summary, Task, UnitList, UnitsTask, Writing,
};
use crate::json::{PACK_LIMIT, ReadError, parse};
use crate::kit::Told;
use crate::kit::import::{Answer, Choice, FileError, Grid, look};
use crate::pack::Pack;
use crate::pack::catalog::Catalog;
use crate::seal::PackFile;
use crate::sheets::{Book, XlsxError, grids_of, sheets_of};

/// What the sheet of units says where there is no list of them.
const NO_UNITS: &str = "no list of units is kept on this device";

/// What is told of the pack in a text.
fn advise(text: &str) -> Result<Told, ReadError> {
    let pack = Pack::from_json(&parse(text.as_bytes(), PACK_LIMIT)?)?;
    Ok(Told::of(&pack))
}

/// The worker for workbooks.
pub struct SheetWork {
    packs: Catalog,
    writing: Writing,
    /// How texts are that enter a form.
    normal: fn(&str) -> String,
    /// The table of criteria that was read last.
    grids: Result<Vec<Grid>, FileError>,
}

/// Why there is no workbook.
#[derive(Debug, thiserror::Error)]
enum WorkbookFault {
    #[error("the worker was not told the day")]
    NoDay,
    #[error("the list of units cannot be read: {0}")]
    Units(ReadError),
    #[error(transparent)]
    Rows(#[from] MemoryError),
    #[error("the workbook cannot be made: {0}")]
    Workbook(#[from] XlsxError),
}

impl From<crate::desk::register::RowError> for WorkbookFault {
    fn from(error: crate::desk::register::RowError) -> WorkbookFault {
        WorkbookFault::Rows(error.into())
    }
}

impl SheetWork {
    /// A worker that knows these packs, and how texts are that enter a form.
    pub fn new(packs: Catalog, normal: fn(&str) -> String) -> SheetWork {
        SheetWork { packs, writing: Writing::default(), normal, grids: Ok(Vec::new()) }
    }

    /// Does a task with what is beside it; nothing where it is not understood. Gives the reply, and what is beside that.
    pub fn answer(
        &mut self,
        task: &Task,
        beside: Vec<Vec<u8>>,
    ) -> Option<(Reply, Option<Vec<u8>>)> {
        Some(match task {
            Task::Units(UnitsTask::File) => {
                let sheets = Sheets(sheets_of(beside.into_iter().next()?));
                (Reply::Done, Some(sheets.to_bytes()?))
            }
            Task::Table => (Reply::Done, Some(self.table(beside)?.to_bytes()?)),
            Task::Packs(files) => match PackFile::teach(&mut self.packs, files) {
                Ok(()) => (Reply::Done, None),
                Err(error) => (Reply::Failed(error.to_string()), None),
            },
            Task::Workbook(units) => match self.workbook(units.as_ref()) {
                Ok(bytes) => (Reply::Done, Some(bytes)),
                Err(error) => (Reply::Failed(error.to_string()), None),
            },
            Task::Advise(text) => match advise(text) {
                Ok(told) => (Reply::Done, Some(told.to_text().into_bytes())),
                Err(error) => (Reply::Failed(error.to_string()), None),
            },
            task => {
                let (reply, text) = self.writing.answer(task)?;
                (reply, text.map(String::into_bytes))
            }
        })
    }

    fn table(&mut self, beside: Vec<Vec<u8>>) -> Option<Answer> {
        let mut beside = beside.into_iter();
        let choice = Choice::from_bytes(&beside.next()?)?;
        if let Some(file) = beside.next() {
            self.grids = grids_of(file);
            for grid in self.grids.iter_mut().flatten() {
                grid.each_text(self.normal);
            }
        }
        let grids = self.grids.as_deref().map_err(FileError::clone);
        Some(Answer(grids.and_then(|grids| look(grids, &choice))))
    }

    fn workbook(&mut self, filers: Option<&Filers>) -> Result<Vec<u8>, WorkbookFault> {
        let day = self.writing.day().ok_or(WorkbookFault::NoDay)?;
        let units = filers.map(|filers| UnitList::from_text(&filers.list));
        let mut units = units.transpose().map_err(WorkbookFault::Units)?;
        if let (Some(units), Some(deadline)) =
            (&mut units, filers.and_then(|filers| filers.deadline))
        {
            units.set_deadline(deadline);
        }
        // Where nobody compares keys, forms count without.
        let mut summary = Summary::new(self.writing.trust().keys.is_empty());
        let register = self.writing.take()?;
        let columns = register.columns();
        let mut book = Book::new(columns, day)?;
        register.rows::<WorkbookFault>(|settled| {
            let row = settled.row()?;
            summary.note(&row);
            if let Some(units) = &mut units {
                units.note(&row);
            }
            Ok(book.row(columns, &row)?)
        })?;
        Ok(book.finish(&summary, units.as_ref().ok_or(NO_UNITS), &self.packs)?)
    }
}
