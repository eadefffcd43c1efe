//! `register`: receives folders, archives, pictures and PDF documents into one register.

mod bag;
mod error;
mod gathered;
mod pdf;
mod picture;
mod progress;
mod receive;
mod sources;
mod spool;
mod tell;
mod units;
mod write;

use std::path::Path;

use crate::cli::args::RegisterArgs;
use crate::cli::files::Existing;
use crate::cli::known::Known;
use crate::cli::{CliError, Ending, files, keys, print};
use crate::desk::register::{Appraisals, Register, Row, RowError};

use bag::Kept;
pub use error::RegisterError;
use gathered::Gathered;
pub(super) use pdf::print_pages;
use spool::Spool;
pub(super) use units::read_units;
use write::{Format, Output};

impl From<RowError> for CliError {
    fn from(error: RowError) -> CliError {
        RegisterError::from(error).into()
    }
}

/// Receives everything, writes the register, prints the totals.
pub(super) fn run(args: &RegisterArgs) -> Result<Ending, CliError> {
    let format = Format::of(&args.out)?;
    if args.key.is_some() && format != Format::Bag {
        return Err(RegisterError::KeyWithoutBag.into());
    }
    let existing = Existing::by_force(args.force);
    files::check_writable(&args.out, existing)?;
    let list = args.units.as_deref().map(|path| read_units(path, args.deadline));
    let mut units = list.transpose()?;
    let known = Known::read(&args.packs, &args.trust, args.received)?;
    let key = args.key.as_deref().map(keys::open).transpose()?;
    let kept = (format == Format::Bag).then(Spool::new).transpose()?.map(Kept::new);
    let mut gathered = Gathered {
        register: Register::new(Spool::new()?),
        appraisals: Appraisals::default(),
        kept,
    };
    for path in &args.merge {
        if bag::is_bag(path) {
            bag::merge(path, &known, args.threads, &mut gathered)?;
        } else {
            each_row(path, |row| gathered.register.add::<CliError>(row).map(drop))?;
        }
    }
    receive::receive(args, &known, &mut gathered)?;
    let Gathered { mut register, appraisals, kept } = gathered;
    register.revoke::<CliError>(&known.trust)?;
    let found = register.decide::<CliError>(&appraisals, &known.trust)?;
    let output =
        Output { register: &register, known: &known, kept: kept.as_ref(), key: key.as_ref() };
    let totals = files::write_with(&args.out, existing, |out| {
        format.write(out, &args.out, &output, units.as_mut())
    })?;
    tell::tell(args, &totals, units.as_ref(), &found)
}

/// Hands on each row of a register that was written as NDJSON.
pub(in crate::cli) fn each_row(
    path: &Path,
    mut take: impl FnMut(Row) -> Result<(), CliError>,
) -> Result<(), CliError> {
    for (index, line) in files::lines(path)?.enumerate() {
        let wrong = |why| RegisterError::Line { file: files::name(path), line: index + 1, why };
        let line = line?.ok_or_else(|| wrong("the line is too long".to_owned()))?;
        let text = std::str::from_utf8(&line).map_err(|error| wrong(error.to_string()))?;
        if text.trim().is_empty() {
            continue;
        }
        take(Row::from_line(text).map_err(|error| wrong(print::told(&error.to_string())))?)?;
    }
    Ok(())
}
