//! `register`: receives folders, archives and pictures into one register.

mod error;
mod picture;
mod progress;
mod sources;
mod spool;

use std::path::Path;

use serde::Serialize;

use crate::cli::args::RegisterArgs;
use crate::cli::files::Existing;
use crate::cli::known::Known;
use crate::cli::spread::{ending, spread};
use crate::cli::{CliError, Ending, files, print};
use crate::desk::register::{Register, Row, RowError, Totals, UnitList, Written};
use crate::desk::{Reception, Status};
use crate::json::{FILE_LIMIT, Map, to_canonical};

pub use error::RegisterError;
use picture::{Pictures, is_picture};
use progress::Progress;
use sources::{Content, Input, Sources};
use spool::Spool;

/// How PDF begins.
const PDF: &[u8] = b"%PDF-";

/// How a register is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Ndjson,
    Csv,
}

impl Format {
    /// By the end of the name.
    fn of(path: &Path) -> Result<Format, RegisterError> {
        let end = path.extension().unwrap_or_default().to_ascii_lowercase();
        match end.to_str() {
            Some("ndjson") => Ok(Format::Ndjson),
            Some("csv") => Ok(Format::Csv),
            _ => Err(RegisterError::Output(files::name(path))),
        }
    }
}

/// What became of one file.
enum Arrived {
    Row(Box<Written>),
    /// A picture with codes: the form may go on in others.
    Picture(String, Vec<String>),
}

impl From<RowError> for CliError {
    fn from(error: RowError) -> CliError {
        RegisterError::from(error).into()
    }
}

/// Receives everything, writes the register, prints the totals.
pub(super) fn run(args: &RegisterArgs) -> Result<Ending, CliError> {
    let format = Format::of(&args.out)?;
    let existing = Existing::by_force(args.force);
    files::check_writable(&args.out, existing)?;
    let units = args.units.as_deref().map(read_units).transpose()?;
    let known = Known::read(&args.packs, &args.trust, args.received)?;
    let mut register = Register::new(Spool::new()?);
    for path in &args.merge {
        merge(path, &mut register)?;
    }
    receive(args, &known, &mut register)?;
    register.revoke::<CliError>(&known.trust)?;
    let mut filed = units.unwrap_or_default();
    let totals = files::write_with(&args.out, existing, |out| {
        let mut put = |text: &str| {
            let unwritable = |source| CliError::Unwritable { file: files::name(&args.out), source };
            out.write_all(text.as_bytes()).map_err(unwritable)
        };
        if format == Format::Csv {
            put(&register.columns().csv_head())?;
        }
        register.rows(|settled| {
            if args.units.is_some() {
                filed.note(&settled.row()?);
            }
            match format {
                Format::Ndjson => put(&settled.line),
                Format::Csv => put(&register.columns().csv_line(&settled.row()?)),
            }
        })
    })?;
    tell(args, &totals, &filed)
}

/// Reads the list of the units that are to file.
fn read_units(path: &Path) -> Result<UnitList, CliError> {
    let bytes = files::read(path, FILE_LIMIT)?;
    let list = UnitList::from_csv(&bytes);
    Ok(list.map_err(|error| RegisterError::Units { file: files::name(path), error })?)
}

/// Adds the rows of an earlier register.
fn merge(path: &Path, register: &mut Register<Spool>) -> Result<(), CliError> {
    for (index, line) in files::lines(path)?.enumerate() {
        let wrong = |why| RegisterError::Line { file: files::name(path), line: index + 1, why };
        let line = line?.ok_or_else(|| wrong("the line is too long".to_owned()))?;
        let text = std::str::from_utf8(&line).map_err(|error| wrong(error.to_string()))?;
        if text.trim().is_empty() {
            continue;
        }
        let row = Row::from_line(text).map_err(|error| wrong(print::told(&error.to_string())))?;
        register.add::<CliError>(row)?;
    }
    Ok(())
}

/// Adds a row for every file that is found.
fn receive(
    args: &RegisterArgs,
    known: &Known,
    register: &mut Register<Spool>,
) -> Result<(), CliError> {
    let sources = Sources::of(&args.paths, &args.out)?;
    let mut progress = Progress::begin(sources.all());
    let mut pictures = Pictures::default();
    let work = |reception: &Reception<'_>, input: Input| arrived(reception, known, input);
    spread(args.threads, known, sources, work, |arrived| {
        progress.step();
        match arrived {
            Arrived::Row(row) => register.add::<CliError>(*row)?,
            Arrived::Picture(name, texts) => pictures.add(name, texts),
        }
        Ok(())
    })?;
    let packs = known.catalog()?;
    let reception = known.reception(&packs);
    for (name, file) in pictures.files() {
        register.add::<CliError>(match file {
            Ok(bytes) => Row::receive(&reception, &name, &bytes, known.day),
            Err(why) => Row::refused(&name, &why, known.day),
        })?;
    }
    Ok(())
}

/// Receives one file.
fn arrived(reception: &Reception<'_>, known: &Known, input: Input) -> Arrived {
    let Input { name, content } = input;
    let refused = |why: &str| Arrived::Row(Box::new(Row::refused(&name, why, known.day).into()));
    let read = match content {
        Content::Path(path) => sources::read(&path),
        Content::Bytes(bytes) => Ok(bytes),
        Content::Refused(why) => Err(why),
    };
    match read {
        Err(why) => refused(&why),
        Ok(bytes) if is_picture(&bytes) => match picture::texts(&bytes) {
            Ok(texts) => Arrived::Picture(name, texts),
            Err(why) => refused(&why),
        },
        Ok(bytes) if bytes.starts_with(PDF) => {
            refused("this is a PDF: save its pages as PNG or JPEG pictures")
        }
        Ok(bytes) => {
            let row = Row::receive(reception, &name, &bytes, known.day);
            Arrived::Row(Box::new(row.into()))
        }
    }
}

/// The totals as JSON.
#[derive(Serialize)]
struct TotalsRow {
    read: usize,
    statuses: Map<&'static str, usize>,
    out: String,
    missing: Option<Vec<String>>,
}

/// Prints the totals, and who has not filed.
fn tell(args: &RegisterArgs, totals: &Totals, units: &UnitList) -> Result<Ending, CliError> {
    let missing = args.units.is_some().then(|| units.missing());
    if args.json {
        let statuses = totals.each().map(|(status, count)| (status.as_str(), count));
        let out = args.out.to_string_lossy().into_owned();
        let row = TotalsRow { read: totals.read(), statuses: statuses.collect(), out, missing };
        print::json(&to_canonical(&row))?;
    } else {
        print::line(&totals.told())?;
        if let Some(missing) = missing {
            print::line(&format!("{} of {} units have not filed", missing.len(), units.count()))?;
            for name in missing {
                print::line(&format!("  {}", print::short(&name)))?;
            }
        }
    }
    if totals.of(Status::UnknownPack) > 0 {
        print::tell("Bring the packs that are not known here by --pack.");
    }
    let looked_at = [
        Status::Malformed,
        Status::BadSignature,
        Status::UnknownPack,
        Status::OutcomeDiffers,
        Status::Conflict,
    ];
    Ok(ending(looked_at.iter().all(|status| totals.of(*status) == 0)))
}
