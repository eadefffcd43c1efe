//! Reading a bag: what does not fit its manifests is refused.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Seek};

use sha2::{Digest as _, Sha256};
use zip::ZipArchive;

use super::{APPRAISALS, MANIFEST, REGISTER, SIGNATURE, SUBMISSIONS, TAG_MANIFEST, hex};
use crate::archive::bag::{base, names};
use crate::desk::register::{Appraisals, Row, Shelf};
use crate::json::FILE_LIMIT;
use crate::seal::{Appraisal, Header, verify_bag};
use crate::value::Digest;

/// The most bytes of a manifest, and of the signature.
const TAG_LIMIT: u64 = 64 << 20;
/// The most bytes of a line of the register.
const LINE_LIMIT: u64 = 4 << 20;
/// The most bytes of the register.
const REGISTER_LIMIT: u64 = 4 << 30;

/// An open bag. What is refused is said in words, which may repeat names of its files.
pub struct Bag<R> {
    zip: ZipArchive<R>,
    /// The folder that all files are in, with its slash.
    base: String,
    /// The digests of the payload by the names of its files.
    manifest: BTreeMap<String, String>,
}

/// Where the rows of the register of a bag are kept, by the digests of the files that they are about.
pub type Rows = BTreeMap<Option<Digest>, Vec<u64>>;

impl<R: Read + Seek> Bag<R> {
    /// Opens a bag and checks everything but its payload.
    ///
    /// # Errors
    /// Why it is refused.
    pub fn open(file: R) -> Result<Bag<R>, String> {
        let zip = ZipArchive::new(file);
        Bag::of(zip.map_err(|error| format!("the bag cannot be read: {error}"))?)
    }

    /// As [`Bag::open`], of an archive that is open.
    ///
    /// # Errors
    /// Why it is refused.
    pub fn of(zip: ZipArchive<R>) -> Result<Bag<R>, String> {
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

    /// The signature of the bag, if it has one.
    ///
    /// # Errors
    /// It is refused.
    pub fn signed(&mut self) -> Result<Option<Header>, String> {
        if self.zip.index_for_name(&format!("{}{SIGNATURE}", self.base)).is_none() {
            return Ok(None);
        }
        let signature = self.bytes(SIGNATURE, TAG_LIMIT)?;
        let header = verify_bag(&self.tag(TAG_MANIFEST)?, &signature);
        header.map(Some).map_err(|error| format!("{SIGNATURE}: {error}"))
    }

    /// The names of the submissions that its manifest lists.
    pub fn submissions(&self) -> Vec<String> {
        self.listed(SUBMISSIONS)
    }

    /// The names of the appraisals that its manifest lists.
    pub fn appraisals(&self) -> Vec<String> {
        self.listed(APPRAISALS)
    }

    fn listed(&self, folder: &str) -> Vec<String> {
        self.manifest.keys().filter(|name| name.starts_with(folder)).cloned().collect()
    }

    /// An appraisal, if it fits the manifest and is one.
    ///
    /// # Errors
    /// Why it is refused.
    pub fn appraisal(&mut self, name: &str) -> Result<Appraisal, String> {
        let bytes = self.payload(name)?;
        Appraisal::from_bytes(&bytes).map_err(|error| format!("{name}: {error}"))
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
    ///
    /// # Errors
    /// It does not, or cannot be read.
    pub fn payload(&mut self, name: &str) -> Result<Vec<u8>, String> {
        let bytes = self.bytes(name, FILE_LIMIT as u64)?;
        let digest = self.manifest.get(name).map(String::as_str).unwrap_or_default();
        fits(name, digest, &Digest::of_bytes(&bytes).to_string())?;
        Ok(bytes)
    }

    /// Puts the rows of the register there; says where those of each digest are. A decision is left out where the bag has
    /// appraisals of the form, which tell it again.
    ///
    /// # Errors
    /// The register does not fit the manifest, or has a line that is no row.
    pub fn rows<S: Shelf>(&mut self, appraisals: &Appraisals, shelf: &mut S) -> Result<Rows, String>
    where
        S::Error: std::fmt::Display,
    {
        let told = |error: &dyn std::fmt::Display| format!("{REGISTER}: {error}");
        let entry = self.zip.by_name(&format!("{}{REGISTER}", self.base));
        let mut input = BufReader::new(entry.map_err(|error| told(&error))?.take(REGISTER_LIMIT));
        let (mut hash, mut rows) = (Sha256::new(), Rows::new());
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
                    let place = shelf.put(&row.line()).map_err(|error| told(&error))?;
                    rows.entry(row.digest).or_default().push(place);
                }
                Err(error) => wrong = wrong.or(Some(told(&error))),
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

/// The digest in the name of a file of a bag; only the file itself proves it.
pub fn digest_of(name: &str) -> Option<Digest> {
    let name = name.rsplit('/').next()?;
    Digest::parse(name.split('.').next()?)
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
