//! The register as a bag, validated by PyPI's bagit and jwcrypto with `tests/register/bag.py`, and appraisals that tell
//! decisions.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use bon_tot::desk::register::Row;
use bon_tot::desk::{Status, TrustList, TrustedKey};
use bon_tot::form::AnswerVerdict;
use bon_tot::seal::{
    Appraisal, AppraisalContent, AppraisalDecision, ItemAppraisal, Role, SecretKey, Submission,
    verify_bag,
};
use bon_tot::value::{Id, Instant};
use serde_json::{Value, json};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{Chance, DAY, bontot, day, faulty, named, python, refused, rows, runs};

const TRUST: [&str; 2] = ["--trust", "files-trust-1.json"];

/// Writes a bag of these paths.
#[track_caller]
pub(super) fn bag(root: &Path, out: &str, args: &[&str]) {
    runs(
        root,
        &[&["register", "--received", DAY, "--force", "--out", out], &TRUST[..], args].concat(),
    );
}

/// The register of these arguments.
#[track_caller]
pub(super) fn lines(root: &Path, args: &[&str]) -> String {
    bag(root, "out.ndjson", args);
    fs::read_to_string(root.join("out.ndjson")).unwrap()
}

/// What bagit says of a bag that it finds sound.
#[track_caller]
pub(super) fn validated(path: &Path) -> Value {
    let folder = TempDir::new().unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/register/bag.py");
    let output = python().arg(script).arg(path).arg(folder.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The files of an archive.
pub(super) fn entries(path: &Path) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let count = zip.len();
    let entry = |index| {
        let mut entry = zip.by_index(index).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        (entry.name().unwrap().into_owned(), bytes)
    };
    (0..count).map(entry).collect()
}

pub(super) fn entry(path: &Path, end: &str) -> Vec<u8> {
    let found = entries(path).into_iter().find(|(name, _)| name.ends_with(end));
    found.unwrap_or_else(|| panic!("no {end}")).1
}

/// The archive again, with entries changed.
pub(super) fn changed(path: &Path, to: &Path, change: impl Fn(&str, Vec<u8>) -> Option<Vec<u8>>) {
    let mut zip = ZipWriter::new(fs::File::create(to).unwrap());
    for (name, bytes) in entries(path) {
        if let Some(bytes) = change(&name, bytes) {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(&bytes).unwrap();
        }
    }
    zip.finish().unwrap();
}

fn superior() -> SecretKey {
    SecretKey::from_seed(&[42; 32])
}

/// Adds a key to the trust list of a folder of samples.
fn trusted(root: &Path, key: &SecretKey, unit: &str) {
    let path = root.join("files-trust-1.json");
    let mut trust = TrustList::from_bytes(&fs::read(&path).unwrap()).unwrap();
    trust.keys.push(TrustedKey {
        key: key.public(),
        unit: unit.to_owned(),
        also: Vec::new(),
        added: day(DAY),
        revoked: None,
    });
    fs::write(path, trust.to_text()).unwrap();
}

fn appraised(
    form: &Submission,
    decision: AppraisalDecision,
    key: &SecretKey,
    at: i64,
) -> Appraisal {
    let content = AppraisalContent {
        submission: form.digest(),
        items: Default::default(),
        decision,
        note: String::new(),
        date: day("2027-01-15"),
    };
    Appraisal::make(content, key, Instant::from_unix(1_800_000_000 + at))
}

/// A folder of samples of which some are appraised by a trusted superior.
pub(super) fn appraised_samples(count: &str, faults: &str, every: usize) -> TempDir {
    let (folder, names, _) = faulty(count, faults);
    let root = folder.path();
    trusted(root, &superior(), "Đảng ủy xã");
    fs::create_dir(root.join("answers")).unwrap();
    for (number, name) in names.iter().enumerate().step_by(every) {
        let Ok(form) = Submission::from_bytes(&fs::read(root.join(name)).unwrap()) else {
            continue;
        };
        let decision = AppraisalDecision::ALL[number / every % 4];
        let answer = appraised(&form, decision, &superior(), 0).to_text();
        fs::write(root.join(format!("answers/{number}.json")), answer).unwrap();
    }
    folder
}

#[test]
fn another_program_validates_the_bag() {
    let folder = appraised_samples("60", "all=1", 5);
    let root = folder.path();
    bag(root, "r.zip", &["files", "answers"]);
    let known = lines(root, &["files", "answers"]);
    let told = validated(&root.join("r.zip"));
    let payload: Vec<&str> =
        told["payload"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    // Every file that can be read is in it, by the digest of what is signed.
    let digests = rows(known.as_bytes());
    for row in &digests {
        let Some(digest) = row.digest else { continue };
        assert!(payload.contains(&&*format!("data/submissions/{digest}.json")), "{}", row.file);
    }
    assert!(payload.contains(&"data/register.ndjson"));
    assert_eq!(payload.iter().filter(|name| name.starts_with("data/appraisals/")).count(), 12);
    assert_eq!(told["info"]["Bagging-Date"], DAY);
    assert_eq!(told["signer"], Value::Null);
    assert_eq!(told["tags"], json!(["bag-info.txt", "bagit.txt", "manifest-sha256.txt"]));
    assert_eq!(
        String::from_utf8(entry(&root.join("r.zip"), "data/register.ndjson")).unwrap(),
        known
    );
    // The same files give the same bag.
    let first = fs::read(root.join("r.zip")).unwrap();
    bag(root, "r.zip", &["answers", "files", "--threads", "1"]);
    assert_eq!(first, fs::read(root.join("r.zip")).unwrap());
}

#[test]
fn two_bags_make_the_register_of_the_whole() {
    let folder = appraised_samples("200", "all=3", 4);
    let root = folder.path();
    let whole = lines(root, &["files", "answers"]);
    assert!(whole.contains("\"decision\":\"recognised\""), "{whole}");
    let mut files: Vec<String> = ["files", "answers"]
        .iter()
        .flat_map(|sub| fs::read_dir(root.join(sub)).unwrap())
        .map(|entry| entry.unwrap().path().strip_prefix(root).unwrap().display().to_string())
        .collect();
    files.sort();
    let mut files: Vec<&str> = files.iter().map(String::as_str).collect();
    Chance(5).shuffle(&mut files);
    let (one, other) = files.split_at(files.len() / 2);
    bag(root, "one.zip", one);
    bag(root, "other.zip", other);
    let merged = ["--merge", "one.zip", "--merge", "other.zip"];
    assert_eq!(lines(root, &merged), whole);
    assert_eq!(
        lines(root, &["--merge", "other.zip", "--merge", "one.zip", "--threads", "1"]),
        whole
    );
    // As a bag again, and with files that are there once more.
    bag(root, "both.zip", &merged);
    assert_eq!(lines(root, &["--merge", "both.zip"]), whole);
    assert_eq!(lines(root, &[&["--merge", "both.zip"], one].concat()), whole);
}

#[test]
fn a_bag_is_signed_and_the_signature_is_checked() {
    let (folder, ..) = faulty("10", "duplicate=1");
    let root = folder.path();
    let key = |args: &[&str]| {
        let mut bontot = std::process::Command::new(env!("CARGO_BIN_EXE_bontot"));
        let run = bontot.args(args).env("BONTOT_PASSPHRASE", "mật khẩu của xã").current_dir(root);
        let output = run.output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    key(&["key", "new", "--out", "xa.jwe"]);
    let made = key(&["register", "files", "--out", "r.zip", "--key", "xa.jwe"]);
    assert_eq!(made.0, Some(0), "{}", made.1);
    let path = root.join("r.zip");
    let told = validated(&path);
    let manifest = String::from_utf8(entry(&path, "tagmanifest-sha256.txt")).unwrap();
    let signature = entry(&path, "tagmanifest-sha256.jws.json");
    let header = verify_bag(&manifest, &signature).unwrap();
    assert_eq!(header.role, Role::Superior);
    assert_eq!(told["signer"], header.key.kid());
    assert!(verify_bag(&manifest.replace("bagit", "bagot"), &signature).is_err());
    let protected: Value = serde_json::from_slice(&signature).unwrap();
    let protected = protected["signatures"][0]["protected"].as_str().unwrap().to_owned();
    assert!(bon_tot::seal::Header::decode(&protected).is_err(), "its type is another");
    let code = header.key.check_code();
    let (status, said) = key(&["register", "--merge", "r.zip", "--out", "a.ndjson"]);
    assert_eq!(status, Some(0));
    assert!(
        said.contains(&format!("signed by the key {code}, which is in no trust list")),
        "{said}"
    );
    // Signed by nobody, the bag of somebody else under this signature, and other outputs.
    changed(&path, &root.join("x.zip"), |name, bytes| {
        Some(if name.ends_with("tagmanifest-sha256.txt") {
            [&bytes[..], b"\n"].concat()
        } else {
            bytes
        })
    });
    let (status, said) = key(&["register", "--merge", "x.zip", "--out", "b.ndjson"]);
    assert_eq!(status, Some(1));
    assert!(said.contains("changed after signing"), "{said}");
    let (status, said) = key(&["register", "files", "--out", "c.ndjson", "--key", "xa.jwe"]);
    assert_eq!((status, said.contains("only a bag")), (Some(1), true), "{said}");
}

#[test]
fn a_bag_that_was_changed_is_refused() {
    let folder = appraised_samples("12", "duplicate=1", 3);
    let root = folder.path();
    bag(root, "r.zip", &["files", "answers"]);
    let path = root.join("r.zip");
    for (what, why) in [
        ("data/register.ndjson", "data/register.ndjson is not what its manifest says"),
        ("data/submissions/", "is not what its manifest says"),
        ("data/appraisals/", "is not what its manifest says"),
        ("bag-info.txt", "bag-info.txt is not what its manifest says"),
    ] {
        changed(&path, &root.join("x.zip"), |name, mut bytes| {
            if name.contains(what) {
                bytes.push(b' ');
            }
            Some(bytes)
        });
        let said = refused(root, &["register", "--merge", "x.zip", "--out", "x.ndjson"]);
        assert!(said.contains(why), "{what}: {said}");
        changed(&path, &root.join("x.zip"), |name, bytes| (!name.contains(what)).then_some(bytes));
        refused(root, &["register", "--merge", "x.zip", "--out", "x.ndjson"]);
    }
    let more = root.join("x.zip");
    changed(&path, &more, |_, bytes| Some(bytes));
    let file = fs::File::options().read(true).write(true).open(&more).unwrap();
    let mut zip = ZipWriter::new_append(file).unwrap();
    zip.start_file("r/data/submissions/more.json", SimpleFileOptions::default()).unwrap();
    zip.finish().unwrap();
    let said = refused(root, &["register", "--merge", "x.zip", "--out", "x.ndjson"]);
    assert!(said.contains("more.json stands in no manifest"), "{said}");
}

/// A register in a bag that lies, with manifests that fit: what it says of the files beside it is found out again.
#[test]
fn what_a_bag_says_of_its_files_is_found_out_again() {
    let (folder, ..) = faulty("20", "altered=2,forged=2,unknown_key=3");
    let root = folder.path();
    let honest = lines(root, &["files"]);
    bag(root, "r.zip", &["files"]);
    let lie = |line: &str| {
        let row = Row::from_line(line).unwrap();
        if row.status != Status::OutcomeDiffers {
            return line.replace("\"C1\":\"failed\"", "\"C1\":\"passed\"") + "\n";
        }
        let verified = Some(Status::Verified);
        Row {
            status: Status::Verified,
            own_status: verified,
            detail: None,
            own_detail: None,
            ..row
        }
        .line()
    };
    let lies: String = honest.lines().map(lie).collect();
    assert_ne!(lies, honest);
    let digest = |bytes: &[u8]| bon_tot::value::Digest::of_bytes(bytes).to_string();
    let old = entry(&root.join("r.zip"), "manifest-sha256.txt");
    let manifest = String::from_utf8(old.clone()).unwrap();
    let manifest = manifest.replace(&digest(honest.as_bytes()), &digest(lies.as_bytes()));
    changed(&root.join("r.zip"), &root.join("x.zip"), |name, bytes| {
        Some(match name.rsplit('/').next().unwrap() {
            "register.ndjson" => lies.clone().into_bytes(),
            "manifest-sha256.txt" => manifest.clone().into_bytes(),
            "tagmanifest-sha256.txt" => String::from_utf8(bytes)
                .unwrap()
                .replace(&digest(&old), &digest(manifest.as_bytes()))
                .into_bytes(),
            _ => bytes,
        })
    });
    assert_eq!(lines(root, &["--merge", "x.zip"]), honest);

    // Among the files that came, it is an archive like any other: only the signed files in it count.
    fs::create_dir(root.join("came")).unwrap();
    fs::copy(root.join("x.zip"), root.join("came/x.zip")).unwrap();
    let came = lines(root, &["came"]);
    let names: Vec<String> = rows(came.as_bytes()).into_iter().map(|row| row.file).collect();
    assert!(
        names.iter().all(|name| name.starts_with("came/x.zip/r/data/submissions/")),
        "{names:?}"
    );
}

#[test]
fn a_key_that_was_trusted_on_the_day_stays_so_in_the_bag() {
    let (folder, ..) = faulty("8", "duplicate=1");
    let root = folder.path();
    let whole = lines(root, &["files"]);
    bag(root, "r.zip", &["files"]);
    let args =
        ["register", "--merge", "r.zip", "--received", "2027-03-01", "--out", "later.ndjson"];
    runs(root, &args);
    assert_eq!(fs::read_to_string(root.join("later.ndjson")).unwrap(), whole);
}

/// Status and decision of the form with these appraisals, and what is said of each.
#[track_caller]
fn decided(root: &Path, appraisals: &[(&str, &Appraisal)]) -> (Option<&'static str>, Value) {
    let folder = root.join("answers");
    fs::remove_dir_all(&folder).ok();
    fs::create_dir(&folder).unwrap();
    for (name, appraisal) in appraisals {
        fs::write(folder.join(name), appraisal.to_text()).unwrap();
    }
    let args = ["register", "--out", "r.ndjson", "--force", "--json", "form.json", "answers"];
    let output = bontot(root, &[&args[..], &TRUST].concat());
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let rows = rows(&fs::read(root.join("r.ndjson")).unwrap());
    assert_eq!(rows.len(), 1, "an appraisal has no row");
    let (decision, date) = (rows[0].decision, rows[0].decision_date);
    assert_eq!(decision.is_some(), date == Some(day("2027-01-15")));
    let mut counts = told["appraisals"].clone();
    counts.as_object_mut().unwrap().retain(|_, count| count != 0);
    (decision.map(AppraisalDecision::as_str), counts)
}

#[test]
fn only_the_word_of_a_trusted_superior_counts() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    let form = named("Chi bộ xóm Hoà Bình");
    let unit = SecretKey::from_seed(&[9; 32]);
    let deputy = SecretKey::from_seed(&[10; 32]);
    let twice = form.clone().verify().unwrap();
    let form = twice.add(&deputy, Role::Unit, Instant::from_unix(1_798_000_100)).unwrap();
    fs::write(root.join("form.json"), form.to_text()).unwrap();
    fs::write(root.join("files-trust-1.json"), TrustList::default().to_text()).unwrap();
    trusted(root, &superior(), "Đảng ủy xã");
    trusted(root, &unit, "Chi bộ xóm Hoà Bình");
    trusted(root, &deputy, "Chi bộ xóm Hai");
    let other = SecretKey::from_seed(&[43; 32]);
    trusted(root, &other, "Ban Xây dựng Đảng");
    use AppraisalDecision::{NotRecognised, Recognised, Returned};
    let by = |key: &SecretKey, decision, at| appraised(&form, decision, key, at);
    let yes = by(&superior(), Recognised, 5);
    assert_eq!(decided(root, &[("a.json", &yes)]), (Some("recognised"), json!({"counts": 1})));
    for (key, why) in [
        (&unit, "own_key"),
        (&deputy, "own_key"),
        (&SecretKey::from_seed(&[44; 32]), "unknown_key"),
    ] {
        let said = by(key, Recognised, 5);
        assert_eq!(decided(root, &[("a.json", &said)]), (None, json!({ why: 1 })));
    }
    // The latest of one key counts, in whatever file it is; a copy is the same.
    let no = by(&superior(), NotRecognised, 9);
    let all = [("b.json", &yes), ("a.json", &no), ("c.json", &no)];
    assert_eq!(decided(root, &all), (Some("not_recognised"), json!({"counts": 2, "older": 1})));
    // Two superiors agree, or do not.
    let agrees = by(&other, NotRecognised, 1);
    let both = [("a.json", &no), ("b.json", &agrees)];
    assert_eq!(decided(root, &both), (Some("not_recognised"), json!({"counts": 2})));
    let differs = by(&other, Returned, 1);
    let both = [("a.json", &no), ("b.json", &differs)];
    assert_eq!(decided(root, &both), (None, json!({"contradicted": 2})));
    // Of another form, of an item that the form does not have, changed after signing.
    let stranger = appraised(&named("Chi bộ khác"), Recognised, &superior(), 1);
    assert_eq!(decided(root, &[("a.json", &stranger)]), (None, json!({"no_form": 1})));
    let mut content = yes.content().clone();
    let item = ItemAppraisal { verdict: AnswerVerdict::Met, note: String::new() };
    content.items.insert(Id::new("no.such").unwrap(), item);
    let wrong = Appraisal::make(content, &superior(), Instant::from_unix(1_800_000_000));
    assert_eq!(decided(root, &[("a.json", &wrong)]), (None, json!({"no_item": 1})));
    let text = yes.to_text().replace("\"recognised\"", "\"not_recognised\"");
    let forged = Appraisal::from_bytes(text.as_bytes()).unwrap();
    assert_eq!(decided(root, &[("a.json", &forged)]), (None, json!({"bad_signature": 1})));
}
