//! Reading a bag: what does not fit its manifests is refused, and what its register says of a file is found out again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use sha2::{Digest as _, Sha256};
use zip::ZipArchive;

use super::{APPRAISALS, MANIFEST, REGISTER, SIGNATURE, SUBMISSIONS, TAG_MANIFEST, hex};
use crate::archive::ENTRY;
use crate::archive::bag::{base, names};
use crate::cli::known::{Known, end_of};
use crate::cli::register::RegisterError;
use crate::cli::register::gathered::{Found, Gathered};
use crate::cli::register::spool::Spool;
use crate::cli::spread::spread;
use crate::cli::{CliError, files, print};
use crate::desk::register::{Appraisals, Row, Shelf, Written};
use crate::desk::{Reception, TrustList};
use crate::json::FILE_LIMIT;
use crate::seal::{Appraisal, verify_bag};
use crate::value::Digest;

/// The most bytes of a manifest, and of the signature.
const TAG_LIMIT: u64 = 64 << 20;
/// The most bytes of a line of the register.
const LINE_LIMIT: u64 = 4 << 20;
/// The most bytes of the register.
const REGISTER_LIMIT: u64 = 4 << 30;

/// An open bag.
struct Bag {
    zip: ZipArchive<BufReader<File>>,
    /// The folder that all files are in, with its slash.
    base: String,
    /// The digests of the payload by the names of its files.
    manifest: BTreeMap<String, String>,
}

/// Is a file a bag? A register as text may be long, so it is told by its first bytes.
pub(in crate::cli::register) fn is_bag(path: &Path) -> bool {
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
pub(in crate::cli::register) fn merge(
    path: &Path,
    known: &Known,
    threads: Option<u16>,
    gathered: &mut Gathered,
) -> Result<(), CliError> {
    let file = files::name(path);
    let wrong = |why: String| CliError::from(RegisterError::Bag { file: file.clone(), why });
    let within = |name: &str| format!("{}/{name}", path.to_string_lossy());
    let mut bag = Bag::open(path).map_err(&wrong)?;
    if let Some(signed) = bag.signed(&known.trust).map_err(&wrong)? {
        print::tell(&format!("{file} is signed by {signed}"));
    }
    let listed: Vec<String> = bag.manifest.keys().cloned().collect();
    let mut own = Appraisals::default();
    for name in listed.iter().filter(|name| name.starts_with(APPRAISALS)) {
        let bytes = bag.payload(name).map_err(&wrong)?;
        let appraisal = Appraisal::from_bytes(&bytes);
        let appraisal = appraisal.map_err(|error| wrong(format!("{name}: {error}")))?;
        own.add(name, &appraisal);
        gathered.appraisal(&within(name), &appraisal)?;
    }
    let mut spool = Spool::new()?;
    let rows = bag.rows(&own, &mut spool).map_err(&wrong)?;
    let mut names = listed.into_iter().filter(|name| name.starts_with(SUBMISSIONS));
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
        let mut confirmed = Vec::new();
        for (place, row) in stated {
            if row.kid == found.row.kid {
                // It is received as on the day on which it came.
                let day = row.received.unwrap_or(known.day);
                let reception = Reception { now: Some(end_of(day)), ..*reception };
                let again = Row::receive(&reception, &row.file, &bytes, day);
                confirmed.push((place, row.confirmed(again).into()));
            }
        }
        Ok(Again { name, found, confirmed })
    };
    let mut done = BTreeSet::new();
    spread(threads, known, jobs, work, |again| {
        let Again { name, found, confirmed } = again?;
        if found.row.digest.is_none() {
            return Err(wrong(format!("{name} is no submission")));
        }
        gathered.keep(&found)?;
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

/// The digest in the name of a file of a bag; only the file itself proves it.
fn digest_of(name: &str) -> Option<Digest> {
    let name = name.rsplit('/').next()?;
    Digest::parse(name.split('.').next()?)
}

impl Bag {
    /// Opens a bag and checks everything but its payload.
    fn open(path: &Path) -> Result<Bag, String> {
        let told = |error: &dyn std::fmt::Display| format!("the bag cannot be read: {error}");
        let file = File::open(path).map_err(|error| told(&error))?;
        let zip = ZipArchive::new(BufReader::new(file)).map_err(|error| told(&error))?;
        let names = names(&zip);
        let base = base(&zip).ok_or("this archive is no bag: it has no bagit.txt")?;
        let mut bag = Bag { zip, base, manifest: BTreeMap::new() };
        let tags = bag.tag(TAG_MANIFEST)?;
        for (name, digest) in listed(&tags)? {
            let bytes = bag.bytes(&name, TAG_LIMIT)?;
            fits(&name, &digest, &Digest::of_bytes(&bytes).to_string())?;
        }
        bag.manifest = listed(&bag.tag(MANIFEST)?)?;
        let payload = names.iter().filter_map(|name| name.strip_prefix(&bag.base));
        let mut payload = payload.filter(|name| name.starts_with("data/") && !name.ends_with('/'));
        match payload.find(|name| !bag.manifest.contains_key(*name)) {
            Some(name) => Err(format!("{name} stands in no manifest")),
            None => Ok(bag),
        }
    }

    /// Who signed the bag, in words; nothing where nobody did.
    fn signed(&mut self, trust: &TrustList) -> Result<Option<String>, String> {
        if self.zip.index_for_name(&format!("{}{SIGNATURE}", self.base)).is_none() {
            return Ok(None);
        }
        let signature = self.bytes(SIGNATURE, TAG_LIMIT)?;
        let header = verify_bag(&self.tag(TAG_MANIFEST)?, &signature);
        let header = header.map_err(|error| format!("{SIGNATURE}: {error}"))?;
        let entry = trust.keys.iter().find(|entry| entry.key == header.key);
        let known = match entry {
            None => "which is in no trust list".to_owned(),
            Some(entry) => match entry.revoked {
                Some(day) => format!("which was revoked from {day} on"),
                None => format!("trusted as {}", print::short(&entry.unit)),
            },
        };
        Ok(Some(format!("the key {}, {known}", header.key.check_code())))
    }

    fn tag(&mut self, name: &str) -> Result<String, String> {
        String::from_utf8(self.bytes(name, TAG_LIMIT)?).map_err(|_| format!("{name} is not UTF-8"))
    }

    fn bytes(&mut self, name: &str, limit: u64) -> Result<Vec<u8>, String> {
        let told = |error: &dyn std::fmt::Display| format!("{name}: {error}");
        let entry = self.zip.by_name(&format!("{}{name}", self.base));
        let mut bytes = Vec::new();
        let read = entry.map_err(|error| told(&error))?.take(limit + 1).read_to_end(&mut bytes);
        match read {
            Ok(count) if count as u64 > limit => Err(format!("{name} is too large")),
            Ok(_) => Ok(bytes),
            Err(error) => Err(told(&error)),
        }
    }

    /// A file of the payload, if it fits the manifest.
    fn payload(&mut self, name: &str) -> Result<Vec<u8>, String> {
        let bytes = self.bytes(name, FILE_LIMIT as u64)?;
        let digest = self.manifest.get(name).map(String::as_str).unwrap_or_default();
        fits(name, digest, &Digest::of_bytes(&bytes).to_string())?;
        Ok(bytes)
    }

    /// Puts the rows of the register there; says where those of each digest are. A decision is left out where the bag has
    /// appraisals of the form, which tell it again.
    fn rows(
        &mut self,
        appraisals: &Appraisals,
        spool: &mut Spool,
    ) -> Result<BTreeMap<Option<Digest>, Vec<u64>>, String> {
        let told = |error: &dyn std::fmt::Display| format!("{REGISTER}: {error}");
        let entry = self.zip.by_name(&format!("{}{REGISTER}", self.base));
        let mut input = BufReader::new(entry.map_err(|error| told(&error))?.take(REGISTER_LIMIT));
        let (mut hash, mut rows) = (Sha256::new(), BTreeMap::<_, Vec<u64>>::new());
        let mut wrong = None;
        loop {
            let mut line = String::new();
            let read = input.by_ref().take(LINE_LIMIT).read_line(&mut line);
            if read.map_err(|error| told(&error))? == 0 {
                break;
            }
            hash.update(line.as_bytes());
            match Row::from_line(&line) {
                Ok(row) => {
                    let row = row.without_decision_of(appraisals);
                    let place = spool.put(&row.line()).map_err(|error| told(&error))?;
                    rows.entry(row.digest).or_default().push(place);
                }
                Err(error) => wrong = wrong.or(Some(told(&print::told(&error.to_string())))),
            }
        }
        // That it was changed says more than what is wrong with it now.
        let digest = self.manifest.get(REGISTER).map(String::as_str).unwrap_or_default();
        fits(REGISTER, digest, &hex(hash))?;
        if let Some(why) = wrong {
            return Err(why);
        }
        Ok(rows)
    }
}

fn fits(name: &str, stated: &str, found: &str) -> Result<(), String> {
    if stated == found { Ok(()) } else { Err(format!("{name} is not what its manifest says")) }
}

/// The digests in a manifest by the names of their files.
fn listed(manifest: &str) -> Result<BTreeMap<String, String>, String> {
    let line = |line: &str| {
        let (digest, name) = line.split_once([' ', '\t'])?;
        let name = name.trim_start_matches([' ', '\t', '*']);
        Some((name.to_owned(), digest.to_ascii_lowercase()))
    };
    let lines = manifest.lines().filter(|text| !text.is_empty());
    lines
        .map(|text| line(text).ok_or_else(|| "a manifest has a line without a name".to_owned()))
        .collect()
}
