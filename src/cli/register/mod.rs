//! `register`: receives folders, archives and pictures into one register.

mod archive;
mod error;
mod picture;
mod progress;
mod sources;
mod spool;
mod units;
mod workbook;
mod write;

use std::path::Path;

use serde::Serialize;

use crate::cli::args::RegisterArgs;
use crate::cli::files::Existing;
use crate::cli::known::Known;
use crate::cli::spread::{ending, spread};
use crate::cli::{CliError, Ending, files, print};
use crate::desk::register::{Register, Row, RowError, Standing, Totals, UnitList, Written};
use crate::desk::{Reception, Status};
use crate::json::{Map, to_canonical};

pub use error::RegisterError;
use picture::{Pictures, is_picture};
use progress::Progress;
use sources::{Content, Input, Sources};
use spool::Spool;
pub(super) use units::read_units;
use write::Format;

/// How PDF begins.
const PDF: &[u8] = b"%PDF-";

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
    let list = args.units.as_deref().map(|path| read_units(path, args.deadline));
    let mut units = list.transpose()?;
    let known = Known::read(&args.packs, &args.trust, args.received)?;
    let mut register = Register::new(Spool::new()?);
    for path in &args.merge {
        merge(path, &mut register)?;
    }
    receive(args, &known, &mut register)?;
    register.revoke::<CliError>(&known.trust)?;
    let totals = files::write_with(&args.out, existing, |out| {
        format.write(out, &args.out, &register, &known, units.as_mut())
    })?;
    tell(args, &totals, units.as_ref())
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
    late: Option<Vec<String>>,
    twice: Option<Vec<String>>,
    conflict: Option<Vec<String>>,
}

/// Prints the totals, and who has not filed, or not as wanted.
fn tell(
    args: &RegisterArgs,
    totals: &Totals,
    units: Option<&UnitList>,
) -> Result<Ending, CliError> {
    if args.json {
        let statuses = totals.each().map(|(status, count)| (status.as_str(), count));
        let names = |standing| units.map(|units| units.names(standing));
        let row = TotalsRow {
            read: totals.read(),
            statuses: statuses.collect(),
            out: args.out.to_string_lossy().into_owned(),
            missing: names(Standing::Missing),
            late: names(Standing::Late),
            twice: names(Standing::Twice),
            conflict: names(Standing::Conflict),
        };
        print::json(&to_canonical(&row))?;
    } else {
        print::line(&totals.told())?;
        if let Some(units) = units {
            for (standing, told) in [
                (Standing::Missing, "have not filed"),
                (Standing::Late, "have filed late"),
                (Standing::Twice, "have filed twice, with different keys"),
                (Standing::Conflict, "have filed what contradicts itself"),
            ] {
                let names = units.names(standing);
                // That nobody is missing is worth a line; of the rest only what is.
                if standing == Standing::Missing || !names.is_empty() {
                    print::line(&format!("{} of {} units {told}", names.len(), units.count()))?;
                }
                for name in names {
                    print::line(&format!("  {}", print::short(&name)))?;
                }
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
