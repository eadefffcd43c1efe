//! Hostile files named by their defect, in `vectors/hostile`: one folder a format, `expected.txt` says of each
//! file what is said of it. They are for other implementations too.

mod make;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use bon_tot::desk::{AppraisalError, check_appraisal};
use bon_tot::pack::lint;
use bon_tot::seal::{Appraisal, KeyCard, LockedKey};

use super::*;

const FOLDER: &str = "tests/suite/vectors/hostile";
/// What locks the keys of `lock`.
const PASSPHRASE: &str = "mật khẩu";

/// What is said of a file of a format.
fn said(format: &str, bytes: &[u8]) -> String {
    match format {
        "submission" => {
            let receipt = receive(bytes, &packs(), &TrustList::default());
            let detail = receipt.detail.map(|detail| format!(": {detail}"));
            format!("{}{}", receipt.status.as_str(), detail.unwrap_or_default())
        }
        "card" => match KeyCard::from_bytes(bytes) {
            Err(error) => error.to_string(),
            Ok(card) => match card.verify() {
                Err(fault) => fault.to_string(),
                Ok(()) => "sound".to_owned(),
            },
        },
        "trust" => match TrustList::from_bytes(bytes) {
            Err(error) => error.to_string(),
            Ok(list) => format!("sound: {} keys", list.keys.len()),
        },
        "appraisal" => match Appraisal::from_bytes(bytes) {
            Err(error) => error.to_string(),
            Ok(appraisal) => {
                let submission = Submission::from_bytes(SOUND.as_bytes()).unwrap();
                match check_appraisal(&tiny(), &submission, &appraisal) {
                    Err(AppraisalError::Signature(at)) => {
                        format!("Signature({}, {:?})", at.index, at.error)
                    }
                    Err(error) => format!("{error:?}"),
                    Ok(_) => "sound".to_owned(),
                }
            }
        },
        "lock" => {
            let text = String::from_utf8_lossy(bytes);
            let opened = LockedKey::parse(&text)
                .and_then(|locked| locked.open(&locked.derivation().run(PASSPHRASE)));
            match opened {
                Err(fault) => fault.to_string(),
                Ok(key) => format!("opens: {}", key.public().kid()),
            }
        }
        "pack" => match Pack::from_bytes(bytes) {
            Err(error) => error.to_string(),
            Ok(pack) => {
                let findings = lint::errors(&pack);
                let findings: Vec<_> = findings.iter().map(ToString::to_string).collect();
                if findings.is_empty() { "sound".to_owned() } else { findings.join("; ") }
            }
        },
        other => panic!("no format is called {other}"),
    }
}

fn formats() -> Vec<PathBuf> {
    let entries = fs::read_dir(FOLDER).unwrap();
    let mut folders: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}

#[test]
fn every_hostile_file_is_refused_with_its_own_reason() {
    let mut count = 0;
    for folder in formats() {
        let listed = fs::read_to_string(folder.join("expected.txt")).unwrap();
        let listed: BTreeMap<_, _> = listed
            .lines()
            .map(|line| line.split_once(": ").unwrap())
            .map(|(name, said)| (name.to_owned(), said.to_owned()))
            .collect();
        let mut found = BTreeMap::new();
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if name_of(&path) != "expected.txt" {
                let bytes = fs::read(&path).unwrap();
                found.insert(name_of(&path), said(&name_of(&folder), &bytes));
            }
        }
        assert_eq!(found, listed, "{}", folder.display());
        count += found.len();
    }
    println!("{count} files, each with its own reason");
    assert!(count > 80, "{count}");
}

#[test]
fn what_is_too_large_is_refused() {
    let mut large = SOUND.trim_end().as_bytes().to_vec();
    large.resize(FILE_LIMIT, b' ');
    check_sound(std::str::from_utf8(&large).unwrap());
    large.push(b' ');
    let told = format!("malformed: larger than {FILE_LIMIT} bytes");
    assert_eq!(said("submission", &large), told);
    for format in ["card", "trust", "appraisal"] {
        assert_eq!(said(format, &large), told["malformed: ".len()..]);
    }
}

/// Writes the files anew, as `make` makes them, and what is said of them.
#[test]
#[ignore = "writes into the repository: cargo test --test suite rewrite_the_hostile -- --ignored"]
fn rewrite_the_hostile_files() {
    for (format, files) in make::all() {
        let folder = Path::new(FOLDER).join(format);
        fs::create_dir_all(&folder).unwrap();
        let mut listed = String::new();
        let files: BTreeMap<_, _> = files.into_iter().collect();
        for (name, bytes) in files {
            fs::write(folder.join(&name), &bytes).unwrap();
            listed.push_str(&format!("{name}: {}\n", said(format, &bytes)));
        }
        fs::write(folder.join("expected.txt"), listed).unwrap();
    }
}
