//! `sample`: realistic signed files for rehearsals and load tests, the same for the same seed.
//!
//! No item, gate or rule of any pack is named here: values are drawn and tried against the pack's own
//! rules until the form has the wanted verdict. The random numbers come from the seed,
//! the pack and the number of the sample alone; there is no clock, no floating point and no map
//! order in it, so that the bytes are the same on every machine. Every unit has its own key.

mod answers;
mod facts;
mod faults;
mod faulty;
mod form;
mod generator;
mod parts;
mod periods;
mod phrases;
mod profile;
mod units;
mod values;

use std::fs;
use std::path::Path;

use crate::cli::args::SampleArgs;
use crate::cli::{CliError, Ending, files, packs, print};
use crate::desk::Status;
use crate::form::{Assessment, check};
use crate::pack::Pack;
use crate::rules::Scope;
use crate::seal::{SecretKey, Submission, seal};
use crate::value::{AssessmentId, Instant};

pub use faults::{Fault, Faults};
use faulty::Made;
use form::Drafter;
use generator::Generator;
use parts::{Part, Parts};
use periods::Times;
use profile::Profile;
use units::{Seat, UnitKind};

/// Progress is printed after this many files.
const PROGRESS: u64 = 500;

/// Makes the files.
pub(super) fn run(args: &SampleArgs) -> Result<Ending, CliError> {
    let pack = packs::load(&args.pack)?;
    let samples = Samples::new(&pack, args.seed)?;
    let parts = args.faults.as_ref().map(|faults| Parts::deal(&samples, faults, args.count));
    let parts = parts.transpose()?;
    let unwritable = |path: &Path, source| CliError::Unwritable { file: files::name(path), source };
    fs::create_dir_all(&args.out).map_err(|source| unwritable(&args.out, source))?;
    match &parts {
        Some(parts) => write_faulty(args, &samples, parts)?,
        None => write_all(args, (0..args.count).map(|number| (number, Part::Sound)), &samples)?,
    }
    let files = if args.count == 1 { "file" } else { "files" };
    print::tell(&format!("{} {files} written to {}", args.count, files::name(&args.out)));
    Ok(Ending::Well)
}

/// Writes every sample.
fn write_all(
    args: &SampleArgs,
    parts: impl Iterator<Item = (u64, Part)>,
    samples: &Samples<'_>,
) -> Result<(), CliError> {
    for (number, part) in parts {
        let Made { name, text } = faulty::made(samples, number, part)?;
        write_once(&args.out.join(name), &text)?;
        let done = number + 1;
        if done % PROGRESS == 0 && done < args.count {
            print::tell(&format!("{done} of {} written", args.count));
        }
    }
    Ok(())
}

/// Writes a file, unless an earlier run wrote the same bytes.
fn write_once(path: &Path, text: &str) -> Result<(), CliError> {
    match files::write_many(path, text.as_bytes()) {
        Err(CliError::Exists(_)) if holds(path, text.as_bytes()) => Ok(()),
        written => written,
    }
}

/// Writes samples with faults and the trust lists beside their folder, where nobody takes them for files of units;
/// prints how many have each fault, and the status that a receiver gives them.
fn write_faulty(args: &SampleArgs, samples: &Samples<'_>, parts: &Parts) -> Result<(), CliError> {
    write_all(args, parts.each(), samples)?;
    for fault in Fault::ALL.iter().copied() {
        let count = parts.count(Some(fault));
        if count > 0 {
            print::line(&format!("{count} {}: {}", fault.as_str(), fault.status().as_str()))?;
        }
    }
    print::line(&format!("{} sound: {}", parts.count(None), Status::Verified.as_str()))?;
    for (place, list) in faulty::trusted(samples, parts.each())?.iter().enumerate() {
        let mut path = args.out.as_os_str().to_owned();
        path.push(format!("-trust-{}.json", place + 1));
        write_once(Path::new(&path), &list.to_text())?;
        print::line(&format!("trust list: {}", files::name(Path::new(&path))))?;
    }
    Ok(())
}

/// Is this what stands in the file?
fn holds(path: &Path, bytes: &[u8]) -> bool {
    files::read(path, bytes.len()).is_ok_and(|found| found == bytes)
}

/// A form with the key that seals it, and when.
struct Draft {
    form: Assessment,
    key: SecretKey,
    signed: Instant,
}

impl Draft {
    fn sealed(&self, pack: &Pack) -> Submission {
        seal(pack, &self.form, &self.key, self.signed)
    }
}

/// The endless series of samples of a pack and a seed.
pub struct Samples<'a> {
    pack: &'a Pack,
    seed: u64,
    /// Levels and types that have a form.
    kinds: Vec<UnitKind>,
    /// The commonest of them.
    commonest: UnitKind,
}

impl<'a> Samples<'a> {
    /// The series of a pack and a seed.
    ///
    /// # Errors
    /// The pack has no level or no type.
    pub fn new(pack: &'a Pack, seed: u64) -> Result<Samples<'a>, CliError> {
        let kinds = units::kinds(pack);
        let commonest = kinds.first().cloned().ok_or(CliError::NothingToSample)?;
        Ok(Samples { pack, seed, kinds, commonest })
    }

    /// The sample with this number, from 0, independent of all others.
    ///
    /// # Errors
    /// The sample does not fit the pack, which is a defect of the sampler.
    pub fn submission(&self, number: u64) -> Result<Submission, CliError> {
        Ok(self.draft(number)?.sealed(self.pack))
    }

    /// The form of a sample, before it is sealed.
    fn draft(&self, number: u64) -> Result<Draft, CliError> {
        let mut generator = self.generator(number, "form");
        let times = Times::draw(self.pack, &mut generator);
        let blank = Assessment::blank(self.pack, self.id(number), times.period, times.begun);
        let mut form = blank.ok_or(CliError::NothingToSample)?;
        let seat = self.seat(number);
        form.unit = seat.unit;
        form.locality = seat.locality;
        form.revision = i64::from(generator.percent(15));
        let scope = Scope::of(self.pack, &form.unit);
        let drafter = Drafter::new(self.pack, &scope, &times);
        drafter.fill(&mut form, Profile::of(number), &mut generator);
        check(self.pack, &form).map_err(CliError::SampleMisfit)?;
        Ok(Draft { form, key: self.key(number), signed: times.signed })
    }

    /// The id of the form of a sample.
    fn id(&self, number: u64) -> AssessmentId {
        let mut id = [0; 16];
        id.copy_from_slice(&self.generator(number, "id").bytes()[..16]);
        AssessmentId::from_bits(id)
    }

    /// The unit of a sample.
    fn seat(&self, number: u64) -> Seat {
        Seat::of(self.pack, self.kind(number), number, self.seed)
    }

    /// The key of that unit.
    fn key(&self, number: u64) -> SecretKey {
        SecretKey::from_seed(&self.generator(number, "key").bytes())
    }

    fn generator(&self, number: u64, part: &str) -> Generator {
        Generator::new(&self.pack.digest, self.seed, number, part)
    }

    /// Every other unit is of the first kind; the rest cycle through all kinds.
    fn kind(&self, number: u64) -> &UnitKind {
        let turns = self.kinds.len() as u64;
        let index = usize::try_from(number / 2 % turns);
        let other = index.ok().and_then(|index| self.kinds.get(index));
        other.filter(|_| number % 2 == 1).unwrap_or(&self.commonest)
    }
}
