//! Receiving every file that is found.

use super::gathered::{Beside, Found, Gathered};
use super::pdf::{self, Pages};
use super::picture;
use super::progress::Progress;
use super::sources::{self, Content, Input, Sources};
use crate::archive::{is_pdf, is_picture};
use crate::cli::CliError;
use crate::cli::args::RegisterArgs;
use crate::cli::known::Known;
use crate::cli::spread::spread;
use crate::desk::register::{Row, Written};
use crate::desk::{Reception, Status};
use crate::seal::Appraisal;
use crate::share::Pictures;

/// What became of one file.
enum Arrived {
    /// A file that cannot be read.
    Refused(Box<Written>),
    /// Its row is written by the thread that received it.
    Submission(Box<Written>, Box<Beside>),
    /// An appraisal is no row of the register: it tells the decision of another one.
    Appraisal(String, Box<Appraisal>),
    /// A picture with codes: the form may go on in others.
    Picture(String, Vec<String>),
    /// The same of the pages of a PDF document, and what is to be said of the others.
    Pdf(String, Pages),
}

/// Takes every file that is found.
pub(super) fn receive(
    args: &RegisterArgs,
    known: &Known,
    gathered: &mut Gathered,
) -> Result<(), CliError> {
    let sources = Sources::of(&args.paths, &args.out)?;
    let mut progress = Progress::begin(sources.all());
    let mut pictures = Pictures::default();
    let is_kept = gathered.kept.is_some();
    let work = |reception: &Reception<'_>, input: Input| arrived(reception, known, input, is_kept);
    spread(args.threads, known, sources, work, |arrived| {
        progress.step();
        match arrived {
            Arrived::Picture(name, texts) => {
                pictures.add(name, texts);
                Ok(())
            }
            Arrived::Pdf(name, Pages { texts, fault }) => {
                if let Some(why) = fault {
                    take(gathered, refused(known, &name, &why))?;
                }
                if !texts.is_empty() {
                    pictures.add(name, texts);
                }
                Ok(())
            }
            arrived => take(gathered, arrived),
        }
    })?;
    let packs = known.catalog()?;
    let reception = known.reception(&packs);
    for (name, file) in pictures.files() {
        take(
            gathered,
            match file {
                Ok(bytes) => of_bytes(&reception, known, name, &bytes, is_kept),
                Err(why) => refused(known, &name, &why),
            },
        )?;
    }
    Ok(())
}

fn take(gathered: &mut Gathered, arrived: Arrived) -> Result<(), CliError> {
    match arrived {
        Arrived::Refused(row) => gathered.register.add(*row),
        Arrived::Submission(row, beside) => {
            gathered.keep(&beside)?;
            gathered.register.add(*row)
        }
        Arrived::Appraisal(name, appraisal) => gathered.appraisal(&name, &appraisal),
        // Codes are texts until all of them are there.
        Arrived::Picture(..) | Arrived::Pdf(..) => Ok(()),
    }
}

fn refused(known: &Known, name: &str, why: &str) -> Arrived {
    Arrived::Refused(Box::new(Row::refused(name, why, known.day).into()))
}

/// Receives one file.
fn arrived(reception: &Reception<'_>, known: &Known, input: Input, is_kept: bool) -> Arrived {
    let Input { name, content } = input;
    let read = match content {
        Content::Path(path) => sources::read(&path),
        Content::Bytes(bytes) => Ok(bytes),
        Content::Refused(why) => Err(why),
    };
    match read {
        Err(why) => refused(known, &name, &why),
        Ok(bytes) if is_picture(&bytes) => match picture::texts(&bytes) {
            Ok(texts) => Arrived::Picture(name, texts),
            Err(why) => refused(known, &name, &why),
        },
        Ok(bytes) if is_pdf(&bytes) => Arrived::Pdf(name, pdf::pages(bytes)),
        Ok(bytes) => of_bytes(reception, known, name, &bytes, is_kept),
    }
}

fn of_bytes(
    reception: &Reception<'_>,
    known: &Known,
    name: String,
    bytes: &[u8],
    is_kept: bool,
) -> Arrived {
    let found = Found::of(reception, known.day, &name, bytes, is_kept);
    if found.row.status == Status::Malformed
        && let Ok(appraisal) = Appraisal::from_bytes(bytes)
    {
        return Arrived::Appraisal(name, Box::new(appraisal));
    }
    Arrived::Submission(Box::new(found.row.into()), Box::new(found.beside))
}
