//! The register (spec s. 10): every file in one row with one status, the same register however the files are taken, and
//! the command line that makes it.
#![cfg(test)] // so that clippy knows these helpers for tests

mod answers;
mod archives;
mod bags;
mod desk_work;
mod documents;
mod filter;
mod pictures;
mod report;
mod rows;
mod scale;
mod together;
mod units;
mod words;
mod workbook;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use bon_tot::cli::sample::Samples;
use bon_tot::desk::register::Row;
use bon_tot::desk::{Reception, TrustList};
use bon_tot::form::Assessment;
use bon_tot::pack::Pack;
use bon_tot::pack::catalog::{BUILT_IN, Catalog};
use bon_tot::seal::{SecretKey, Submission, seal};
use bon_tot::value::{Date, Instant};
use tempfile::TempDir;

/// The day of receiving in these tests.
const DAY: &str = "2027-02-01";

fn bontot(folder: &Path, args: &[&str]) -> Output {
    let mut bontot = Command::new(env!("CARGO_BIN_EXE_bontot"));
    bontot.args(args).current_dir(folder).stdin(Stdio::null()).output().unwrap()
}

/// Runs the tool; it may find something wrong, but must not fail. Returns what it printed.
#[track_caller]
fn runs(folder: &Path, args: &[&str]) -> String {
    let output = bontot(folder, args);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code().is_some() && !said.contains("error"), "{args:?}: {said}");
    assert!(!said.contains("panicked"), "{args:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

/// Python with the packages of `tests/register/requirements.txt`.
fn python() -> Command {
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/python/bin/python");
    assert!(
        python.exists(),
        "target/python is missing: run scripts/setup.sh python, then try again"
    );
    Command::new(python)
}

#[track_caller]
fn refused(folder: &Path, args: &[&str]) -> String {
    let output = bontot(folder, args);
    assert_eq!(output.status.code(), Some(1), "{args:?}");
    String::from_utf8(output.stderr).unwrap()
}

/// Writes a register of these paths and returns its bytes.
#[track_caller]
fn register(folder: &Path, paths: &[&str], more: &[&str]) -> Vec<u8> {
    let out = "out.ndjson";
    let fixed = ["--out", out, "--force", "--received", DAY];
    runs(folder, &[&["register"], paths, more, &fixed].concat());
    fs::read(folder.join(out)).unwrap()
}

/// The rows of a register, which are written as they are read.
#[track_caller]
fn rows(register: &[u8]) -> Vec<Row> {
    let text = std::str::from_utf8(register).unwrap();
    let rows: Vec<Row> = text.lines().map(|line| Row::from_line(line).unwrap()).collect();
    assert_eq!(rows.iter().map(Row::line).collect::<String>(), text);
    rows
}

/// The rows of a folder by the names of their files.
#[track_caller]
fn received(folder: &Path, paths: &[&str], more: &[&str]) -> BTreeMap<String, Row> {
    let rows = rows(&register(folder, paths, more));
    let count = rows.len();
    let by_name: BTreeMap<_, _> = rows.into_iter().map(|row| (row.file.clone(), row)).collect();
    assert_eq!(by_name.len(), count, "a file has two rows");
    by_name
}

/// Status and detail of a row.
#[track_caller]
fn said<'a>(rows: &'a BTreeMap<String, Row>, file: &str) -> (&'a str, &'a str) {
    let row = rows.get(file).unwrap_or_else(|| panic!("no row of {file}: {:?}", rows.keys()));
    (row.status.as_str(), row.detail.as_deref().unwrap_or_default())
}

fn usual() -> Pack {
    BUILT_IN[0].read().unwrap()
}

/// Signed files.
fn texts(count: u64) -> Vec<String> {
    let pack = usual();
    let samples = Samples::new(&pack, 5).unwrap();
    (0..count).map(|number| samples.submission(number).unwrap().to_text()).collect()
}

/// A form of a unit, signed by a key of its own.
fn named(unit: &str) -> Submission {
    let pack = usual();
    let samples = Samples::new(&pack, 5).unwrap();
    let mut form: Assessment = samples.submission(0).unwrap().assessment().clone();
    form.unit.name = unit.to_owned();
    seal(&pack, &form, &SecretKey::from_seed(&[9; 32]), Instant::from_unix(1_798_000_000))
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// The row of a file that is received alone.
fn row_of(file: &str, text: &str, trust: &TrustList, received: &str) -> Row {
    let packs = Catalog::built_in().unwrap();
    let reception = Reception { packs: &packs, trust, now: None };
    Row::receive(&reception, file, text.as_bytes(), day(received))
}

/// A folder with `count` samples in `files`, some with faults, and the trust lists of it; says how many have which.
fn faulty(count: &str, faults: &str) -> (TempDir, Vec<PathBuf>, String) {
    let folder = TempDir::new().unwrap();
    let made = runs(
        folder.path(),
        &[
            "sample",
            "--pack",
            "nghe-an-2024",
            "--count",
            count,
            "--seed",
            "3",
            "--faults",
            faults,
            "--out",
            "files",
        ],
    );
    let entries = fs::read_dir(folder.path().join("files")).unwrap();
    let mut names: Vec<PathBuf> =
        entries.map(|entry| Path::new("files").join(entry.unwrap().file_name())).collect();
    names.sort();
    (folder, names, made)
}

/// Numbers by chance, the same for the same seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, below: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }

    fn shuffle<T>(&mut self, values: &mut [T]) {
        for last in (1..values.len()).rev() {
            values.swap(last, self.below(last + 1));
        }
    }
}
