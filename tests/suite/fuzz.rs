//! The checks of the fuzzer on files that are known, and on damaged copies of them: no nightly toolchain is
//! needed for that.
#![cfg(test)] // so that clippy knows these helpers for tests

#[path = "../../fuzz/checks.rs"]
mod checks;

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::sample::Index;

type Check = (&'static str, fn(&[u8]));

const CHECKS: [Check; 9] = [
    ("json", checks::json),
    ("pack", checks::pack),
    ("submission", checks::submission),
    ("lock", checks::lock),
    ("card", checks::card),
    ("appraisal", checks::appraisal),
    ("trust", checks::trust),
    ("link", checks::link),
    ("paper", checks::paper),
];

/// Files that the fuzzer begins with (`scripts/fuzz.sh`).
const SEEDS: [&str; 4] = ["tests/suite/vectors", "tests/suite/cmd/data", "fuzz/seeds", "packs"];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

fn seeds() -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    SEEDS.iter().for_each(|folder| files(Path::new(folder), &mut found));
    found.sort();
    let read = |path: PathBuf| {
        let bytes = fs::read(&path).unwrap();
        (path, bytes)
    };
    found.into_iter().map(read).collect()
}

#[test]
fn every_reader_takes_every_file_as_it_should() {
    let seeds = seeds();
    assert!(seeds.len() > 50, "{}", seeds.len());
    for (_, bytes) in &seeds {
        CHECKS.iter().for_each(|(_, check)| check(bytes));
    }
}

#[test]
fn the_fuzzer_has_a_target_for_each_check() {
    let manifest = fs::read_to_string("fuzz/Cargo.toml").unwrap();
    for (name, _) in CHECKS {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
        let target = fs::read_to_string(format!("fuzz/fuzz_targets/{name}.rs")).unwrap();
        assert!(target.contains(&format!("checks::{name}(bytes)")), "{name}");
    }
}

proptest! {
    #![proptest_config(super::properties::cases(400))]

    #[test]
    fn every_reader_takes_damaged_files_as_it_should(
        which in any::<Index>(),
        changes in proptest::collection::vec((any::<Index>(), any::<u8>(), 0..4), 1..6),
    ) {
        let seeds: Vec<_> = seeds().into_iter().filter(|(_, bytes)| bytes.len() < 20_000).collect();
        let mut bytes = seeds[which.index(seeds.len())].1.clone();
        for (at, byte, how) in changes {
            let at = at.index(bytes.len().max(1));
            match how {
                0 => bytes.truncate(at),
                1 => bytes.insert(at.min(bytes.len()), byte),
                2 => drop((at < bytes.len()).then(|| bytes.remove(at))),
                _ => bytes.iter_mut().skip(at).take(1).for_each(|own| *own = byte),
            }
        }
        CHECKS.iter().for_each(|(_, check)| check(&bytes));
    }
}
