//! Bags that the tool writes, and those that it takes into its register.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::path::Path;

use zip::ZipArchive;

use super::RegisterError;
use super::gathered::{Found, Gathered};
use super::spool::Spool;
use crate::archive::ENTRY;
use crate::archive::bag::base;
use crate::bag::{self, Bag, BagWriteError, Contents, digest_of};
use crate::cli::known::Known;
use crate::cli::spread::spread;
use crate::cli::{CliError, files, print, time};
use crate::desk::Reception;
use crate::desk::register::{
    Appraisals, BagKey, BagSigner, Received, Register, Row, RowError, Settled, Shelf, Totals,
    Written,
};
use crate::seal::{SecretKey, sign_bag};
use crate::value::Date;

/// The signed files that go into a bag, on disk until it is written.
pub(super) type Kept = bag::Kept<Spool>;

/// Why a bag is not written; where it was to be is known only by who writes it.
enum Unwritten {
    Bag(BagWriteError),
    Other(Box<CliError>),
}

impl From<BagWriteError> for Unwritten {
    fn from(error: BagWriteError) -> Unwritten {
        Unwritten::Bag(error)
    }
}

impl From<RegisterError> for Unwritten {
    fn from(error: RegisterError) -> Unwritten {
        Unwritten::Other(Box::new(error.into()))
    }
}

impl From<RowError> for Unwritten {
    fn from(error: RowError) -> Unwritten {
        Unwritten::Other(Box::new(error.into()))
    }
}

/// Writes a bag of all files and all rows; each row is shown to `note`. Says how many files have each status.
pub(super) fn write(
    out: &mut dyn Write,
    path: &Path,
    register: &Register<Spool>,
    kept: &Kept,
    signed: (Option<&SecretKey>, Date),
    mut note: impl FnMut(&Settled) -> Result<(), CliError>,
) -> Result<Totals, CliError> {
    let (key, day) = signed;
    let told = |error| match error {
        BagWriteError::ManyFiles(count) => RegisterError::ManyFiles(count).into(),
        BagWriteError::Io(source) => CliError::Unwritable { file: files::name(path), source },
    };
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let base = stem.unwrap_or_else(|| "register".to_owned());
    let contents = Contents { base: &base, register, kept, day };
    let written = bag::write(out, &contents, |row| {
        note(row).map_err(|error| Unwritten::Other(Box::new(error)))
    });
    let (unsigned, totals) = written.map_err(|error| match error {
        Unwritten::Bag(error) => told(error),
        Unwritten::Other(error) => *error,
    })?;
    let signature = match key {
        Some(key) => Some(sign_bag(unsigned.tags(), key, time::now()?)),
        None => None,
    };
    unsigned.finish(signature.as_deref()).map_err(told)?;
    Ok(totals)
}

/// Is a file a bag? A register as text may be long, so it is told by its first bytes.
pub(super) fn is_bag(path: &Path) -> bool {
    let mut start = [0; ENTRY.len()];
    let is_archive = File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok();
    if !is_archive || start != ENTRY {
        return false;
    }
    let zip = File::open(path).ok().and_then(|file| ZipArchive::new(BufReader::new(file)).ok());
    zip.is_some_and(|zip| base(&zip).is_some())
}

/// A submission of a bag with the rows that the register of the bag has of its digest, each with its place.
struct Job {
    name: String,
    read: Result<Vec<u8>, String>,
    stated: Vec<(u64, Row)>,
}

/// A submission that was received again.
struct Again {
    name: String,
    found: Found,
    /// The rows of the register of the bag that are about it, confirmed, with their places.
    confirmed: Vec<(u64, Written)>,
}

/// Adds the rows, files and appraisals of a bag. A file that is there is received again: what its row says of it counts
/// only as far as it says the same, but for the day of receiving, and for a key that was trusted then.
pub(super) fn merge(
    path: &Path,
    known: &Known,
    threads: Option<u16>,
    gathered: &mut Gathered,
) -> Result<(), CliError> {
    let file = files::name(path);
    let wrong = |why: String| {
        CliError::from(RegisterError::Bag { file: file.clone(), why: print::told(&why) })
    };
    let within = |name: &str| format!("{}/{name}", path.to_string_lossy());
    let unread = |error: std::io::Error| wrong(format!("the bag cannot be read: {error}"));
    let mut bag = Bag::open(BufReader::new(File::open(path).map_err(unread)?)).map_err(&wrong)?;
    if let Some(header) = bag.signed().map_err(&wrong)? {
        let signer = signed_by(&BagSigner::of(&header.key, &known.trust, &[]));
        print::tell(&format!("{file} is signed by {signer}"));
    }
    let mut own = Appraisals::default();
    for name in bag.appraisals() {
        let appraisal = bag.appraisal(&name).map_err(&wrong)?;
        own.add(&name, &appraisal);
        gathered.appraisal(&within(&name), &appraisal)?;
    }
    let mut spool = Spool::new()?;
    let rows = bag.rows(&own, &mut spool).map_err(&wrong)?;
    let mut names = bag.submissions().into_iter();
    let jobs = std::iter::from_fn(|| {
        let name = names.next()?;
        let read = bag.payload(&name);
        let stated = rows.get(&digest_of(&name)).into_iter().flatten();
        let stated = stated.map(|place| Ok((*place, Row::from_line(&spool.get(*place)?)?)));
        Some(stated.collect::<Result<_, CliError>>().map(|stated| Job { name, read, stated }))
    });
    let work = |reception: &Reception<'_>, job: Result<Job, CliError>| -> Result<Again, CliError> {
        let Job { name, read, stated } = job?;
        let bytes = read.map_err(&wrong)?;
        let found = Found::of(reception, known.day, &name, &bytes, true);
        let stated = stated.into_iter().filter(|(_, row)| row.kid == found.row.kid);
        let confirmed = stated.map(|(place, row)| {
            (place, Received::again(reception, &bytes, row, known.day).row.into())
        });
        let confirmed = confirmed.collect();
        Ok(Again { name, found, confirmed })
    };
    let mut done = BTreeSet::new();
    spread(threads, known, jobs, work, |again| {
        let Again { name, found, confirmed } = again?;
        if found.row.digest.is_none() {
            return Err(wrong(format!("{name} is no submission")));
        }
        gathered.keep(&found.beside)?;
        if confirmed.is_empty() {
            gathered.register.add::<CliError>(Row { file: within(&name), ..found.row })?;
        }
        for (place, row) in confirmed {
            done.insert(place);
            gathered.register.add::<CliError>(row)?;
        }
        Ok(())
    })?;
    for place in rows.values().flatten().filter(|place| !done.contains(place)) {
        gathered.register.add::<CliError>(Row::from_line(&spool.get(*place)?)?)?;
    }
    Ok(())
}

/// Whose key signed a bag, in words.
fn signed_by(BagSigner { code, key }: &BagSigner) -> String {
    let known = match key {
        BagKey::Unknown => "which is in no trust list".to_owned(),
        BagKey::Revoked(day) => format!("which was revoked from {day} on"),
        BagKey::Trusted(unit) | BagKey::Own(unit) => {
            format!("trusted as {}", print::short(unit))
        }
    };
    format!("the key {code}, {known}")
}
