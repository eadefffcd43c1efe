//! Writing a register, as the end of its name says.

use std::io::Write;
use std::path::Path;

use super::bag::{self, Kept};
use super::spool::Spool;
use super::{RegisterError, files};
use crate::cli::CliError;
use crate::cli::known::Known;
use crate::desk::register::{Register, Row, Settled, Summary, Totals, UnitList};
use crate::seal::SecretKey;
use crate::sheets::Book;

/// What the sheet of units says where there is no list of them.
const NO_UNITS: &str = "no list of units was given (--units)";

/// How a register is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Ndjson,
    Csv,
    Workbook,
    Bag,
}

/// What is written.
pub(super) struct Output<'a> {
    pub(super) register: &'a Register<Spool>,
    pub(super) known: &'a Known,
    /// The files, for a bag.
    pub(super) kept: Option<&'a Kept>,
    /// The key that signs a bag.
    pub(super) key: Option<&'a SecretKey>,
}

impl Format {
    /// By the end of the name.
    pub(super) fn of(path: &Path) -> Result<Format, RegisterError> {
        let end = path.extension().unwrap_or_default().to_ascii_lowercase();
        match end.to_str() {
            Some("ndjson") => Ok(Format::Ndjson),
            Some("csv") => Ok(Format::Csv),
            Some("xlsx") => Ok(Format::Workbook),
            Some("zip") => Ok(Format::Bag),
            _ => Err(RegisterError::Output(files::name(path))),
        }
    }

    /// Writes all rows; says how many files have each status. Each unit learns what has come of it.
    pub(super) fn write(
        self,
        out: &mut dyn Write,
        path: &Path,
        output: &Output<'_>,
        mut units: Option<&mut UnitList>,
    ) -> Result<Totals, CliError> {
        let Output { register, known, kept, key } = *output;
        let unwritable = |source| CliError::Unwritable { file: files::name(path), source };
        let mut note = |settled: &Settled| -> Result<Option<Row>, CliError> {
            let Some(units) = &mut units else { return Ok(None) };
            let row = settled.row()?;
            units.note(&row);
            Ok(Some(row))
        };
        let columns = register.columns();
        match self {
            Format::Ndjson => register.rows(|settled| {
                note(&settled)?;
                out.write_all(settled.line.as_bytes()).map_err(unwritable)
            }),
            Format::Csv => {
                out.write_all(columns.csv_head().as_bytes()).map_err(unwritable)?;
                register.rows(|settled| {
                    let row = note(&settled)?.map_or_else(|| settled.row(), Ok)?;
                    out.write_all(columns.csv_line(&row).as_bytes()).map_err(unwritable)
                })
            }
            Format::Workbook => {
                let mut book = Book::new(columns, known.day).map_err(RegisterError::from)?;
                // Where nobody compares keys, forms count without.
                let mut summary = Summary::new(known.trust.keys.is_empty());
                let totals = register.rows(|settled| {
                    let row = note(&settled)?.map_or_else(|| settled.row(), Ok)?;
                    summary.note(&row);
                    Ok::<(), CliError>(book.row(columns, &row).map_err(RegisterError::from)?)
                })?;
                let packs = known.catalog()?;
                let bytes = book.finish(&summary, units.as_deref().ok_or(NO_UNITS), &packs);
                out.write_all(&bytes.map_err(RegisterError::from)?).map_err(unwritable)?;
                Ok(totals)
            }
            Format::Bag => {
                let Some(kept) = kept else { return Ok(Totals::default()) };
                let signed = (key, known.day);
                bag::write(out, path, register, kept, signed, |settled| note(settled).map(|_| ()))
            }
        }
    }
}
