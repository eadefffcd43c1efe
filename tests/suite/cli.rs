//! The command-line tool: its words and exit codes, and the samples that it makes.
#![cfg(test)] // so that clippy knows these helpers for tests

mod pack_files;
mod writing;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use bon_tot::cli::sample::Samples;
use bon_tot::cli::schema::Format;
use bon_tot::desk::{
    Receipt, Status, TrustList, TrustedKey, check_appraisal, receive, side_by_side,
};
use bon_tot::json::{canonical, to_canonical};
use bon_tot::pack::Pack;
use bon_tot::pack::catalog::{BUILT_IN, Catalog};
use bon_tot::seal::{Appraisal, Submission};
use bon_tot::value::Date;
use unicode_normalization::UnicodeNormalization;

const DATA: &str = "tests/suite/cmd/data";
const PASSPHRASE: &str = "chi bộ bốn tốt";

#[test]
fn every_command_says_what_it_should() {
    trycmd::TestCases::new()
        .env("COLUMNS", "100")
        .case("tests/suite/cmd/*.trycmd")
        .case("tests/suite/cmd/*.toml");
}

/// Runs the tool with the passphrase of the test key.
fn bontot(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bontot"))
        .args(args)
        .env("BONTOT_PASSPHRASE", PASSPHRASE)
        .output()
        .unwrap()
}

#[track_caller]
fn succeeds(args: &[&str]) -> String {
    let output = bontot(args);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{args:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
fn fails(args: &[&str]) -> String {
    let output = bontot(args);
    assert_eq!(output.status.code(), Some(1), "{args:?}");
    String::from_utf8(output.stderr).unwrap()
}

fn data(name: &str) -> String {
    format!("{DATA}/{name}")
}

fn path(folder: &Path, name: &str) -> String {
    folder.join(name).to_str().unwrap().to_owned()
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let file = |entry: fs::DirEntry| {
        let name = entry.file_name().into_string().unwrap();
        (name, fs::read(entry.path()).unwrap())
    };
    entries.map(file).collect()
}

fn small_pack() -> Pack {
    Pack::from_bytes(&fs::read(data("small.json")).unwrap()).unwrap()
}

fn known(pack: &Pack) -> Catalog {
    let mut catalog = Catalog::built_in().unwrap();
    catalog.add(pack.clone());
    catalog
}

/// A trust list with the keys that signed some submissions.
fn trusting(submissions: &[Submission]) -> TrustList {
    let key = |submission: &Submission| {
        let verified = submission.clone().verify().unwrap();
        TrustedKey {
            key: verified.signers()[0].key,
            unit: submission.assessment().unit.name.clone(),
            added: Date::new(2024, 1, 1).unwrap(),
            also: Vec::new(),
            revoked: None,
        }
    };
    TrustList { keys: submissions.iter().map(key).collect() }
}

fn samples(pack: &Pack, seed: u64, count: u64) -> Vec<Submission> {
    let samples = Samples::new(pack, seed).unwrap();
    (0..count).map(|n| samples.submission(n).unwrap()).collect()
}

// --- sample ---

#[test]
fn the_same_seed_gives_the_same_files_and_another_seed_others() {
    let folder = tempfile::tempdir().unwrap();
    let small = data("small.json");
    let make = |name: &str, count: &str, seed: &str| {
        let out = path(folder.path(), name);
        succeeds(&["sample", "--pack", &small, "--count", count, "--seed", seed, "--out", &out]);
        files(Path::new(&out))
    };
    let first = make("first", "30", "7");
    assert_eq!(first.len(), 30);
    assert_eq!(first, make("second", "30", "7"));
    let longer = make("longer", "35", "7");
    assert!(first.iter().all(|(name, bytes)| longer.get(name) == Some(bytes)));
    let other = make("other", "30", "8");
    assert!(other.keys().all(|name| !first.contains_key(name)));
}

#[test]
fn samples_are_sound_and_of_every_kind() {
    let mut packs: Vec<_> = BUILT_IN.iter().map(|b| b.read().unwrap()).collect();
    packs.push(small_pack());
    for pack in packs {
        let made = samples(&pack, 1, 60);
        let (catalog, trust) = (known(&pack), trusting(&made));
        let nobody = TrustList::default();
        let mut verdicts = BTreeSet::new();
        let mut kinds = BTreeSet::new();
        let mut keys = BTreeSet::new();
        for submission in &made {
            let text = submission.to_text();
            let receipt = receive(text.as_bytes(), &catalog, &trust);
            assert_eq!(receipt.status, Status::Verified, "{:?}", receipt.detail);
            let untrusted = receive(text.as_bytes(), &catalog, &nobody);
            assert_eq!(untrusted.status, Status::UnknownKey);
            let received = receipt.received.unwrap();
            verdicts.insert(received.verdict);
            keys.insert(received.kid);
            let form = submission.assessment();
            kinds.insert((form.unit.level.clone(), form.unit.unit_type.clone()));
            let mut normal = form.clone();
            normal.normalize(|text| text.trim().nfc().collect());
            assert_eq!(&normal, form, "texts are NFC and trimmed");
        }
        assert!(verdicts.len() >= 3, "{}: {verdicts:?}", pack.id);
        assert_eq!(kinds.len(), pack.levels.len() * pack.types.len());
        assert_eq!(keys.len(), made.len(), "every unit has its own key");
    }
}

#[test]
fn the_bytes_of_samples_are_the_same_on_every_machine() {
    // The pack is part of the tests, so that a new edition of a built-in pack changes nothing here.
    let names: Vec<_> = samples(&small_pack(), 1, 5).iter().map(Submission::file_name).collect();
    // The check code in a name is that of every signed byte.
    assert_eq!(
        names,
        [
            "bontot_chi-bo-ban-na-cang_2026-01-01_r1_21FK-SZQ4.json",
            "bontot_chi-bo-ban-huoi-dun_2026-01-01_r1_VMBV-2AEQ.json",
            "bontot_chi-bo-ban-pa-khom_2026-09-01_r1_HDB5-R7JA.json",
            "bontot_chi-bo-phong-van-hoa-xa-hoi-xa-muong-long_2026-01-01_r1_9F65-TM55.json",
            "bontot_chi-bo-ban-ke-le_2026-01-01_r2_0008-WPQF.json",
        ]
    );
}

#[test]
fn no_flipped_bit_of_a_sample_is_verified() {
    let pack = small_pack();
    let made = samples(&pack, 1, 1);
    let (catalog, trust) = (known(&pack), trusting(&made));
    let mut bytes = made[0].to_text().into_bytes();
    let status = |bytes: &[u8]| -> Receipt { receive(bytes, &catalog, &trust) };
    assert_eq!(status(&bytes).status, Status::Verified);
    for at in 0..bytes.len() {
        for bit in [0x01, 0x20] {
            bytes[at] ^= bit;
            let receipt = status(&bytes);
            assert!(!receipt.status.is_sound(), "byte {at}: {receipt:?}");
            bytes[at] ^= bit;
        }
    }
}

// --- keys and signing ---

#[test]
fn a_form_is_signed_with_a_new_key_and_verified_by_its_card() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| path(folder.path(), name);
    let (small, key, card) = (data("small.json"), at("key.jwe"), at("card.json"));

    let made = succeeds(&["key", "new", "--out", &key]);
    let code = made.lines().last().unwrap().split_whitespace().last().unwrap();
    let shown = bontot(&["key", "card", &key, "--unit", "Chi bộ", "--out", &card]);
    assert!(String::from_utf8(shown.stderr).unwrap().contains(code));

    let out = folder.path().to_str().unwrap();
    let sign = |form: &str, to: &str, more: &[&str]| -> Vec<String> {
        let args = ["sign", form, "--pack", &small, "--key", &key, "--out", to];
        let args = [&args[..], more].concat();
        args.into_iter().map(str::to_owned).collect()
    };
    let args = sign(&data("good.json"), out, &[]);
    let args: Vec<_> = args.iter().map(String::as_str).collect();
    let said = succeeds(&args);
    let written = files(folder.path());
    let (name, bytes) = written.iter().find(|(name, _)| name.starts_with("bontot_")).unwrap();
    assert!(name.starts_with("bontot_chi-bo-xom-tan-son_2026-01-01_r1_"));
    assert!(said.contains(name) && said.contains("verdict     eligible"));

    let submission = Submission::from_bytes(bytes).unwrap();
    let pack = small_pack();
    let trust = trusting(std::slice::from_ref(&submission));
    let receipt = receive(bytes, &known(&pack), &trust);
    assert_eq!(receipt.status, Status::Verified);
    assert_eq!(submission.assessment().revision, 1);

    let once = at("once.json");
    for (more, overwritten) in [(&[][..], true), (&[][..], false), (&["--force"][..], true)] {
        let args = sign(&data("good.json"), &once, more);
        let args: Vec<_> = args.iter().map(String::as_str).collect();
        if overwritten {
            succeeds(&args);
        } else {
            assert!(fails(&args).contains("is there already"));
        }
    }
}

#[test]
fn texts_are_normalized_when_a_form_is_signed() {
    let folder = tempfile::tempdir().unwrap();
    let form = fs::read_to_string(data("good.json")).unwrap();
    let typed: String = "  Chi bộ xóm Tân Sơn ".nfd().collect();
    let form = form.replace("Chi bộ xóm Tân Sơn", &typed);
    let (from, to) = (path(folder.path(), "typed.json"), path(folder.path(), "signed.json"));
    fs::write(&from, form).unwrap();
    let (small, key) = (data("small.json"), data("unit-key.jwe"));
    succeeds(&["sign", &from, "--pack", &small, "--key", &key, "--out", &to]);
    let signed = Submission::from_bytes(&fs::read(&to).unwrap()).unwrap();
    assert_eq!(signed.assessment().unit.name, "Chi bộ xóm Tân Sơn");
}

/// Two keys sign, a superior appraises, trust is given by the code that was said and taken away again.
#[test]
fn a_file_is_signed_twice_trusted_appraised_and_its_key_revoked() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| path(folder.path(), name);
    let (small, signed, unit) = (data("small.json"), data("signed-r1.json"), data("unit-key.jwe"));
    let (other, card, trust) = (at("other.jwe"), at("card.json"), at("trust.json"));
    succeeds(&["key", "new", "--out", &other]);
    succeeds(&["key", "card", &unit, "--unit", "Chi bộ xóm Tân Sơn", "--out", &card]);
    let twice = at("twice.json");
    let said = succeeds(&[
        "sign", &signed, "--pack", &small, "--key", &other, "--role", "superior", "--out", &twice,
    ]);
    assert_eq!(said.matches("signed by").count(), 2, "{said}");
    let (once, both) = (fs::read(&signed).unwrap(), fs::read(&twice).unwrap());
    let [once, both] = [once, both].map(|bytes| Submission::from_bytes(&bytes).unwrap());
    assert_eq!(once.digest(), both.digest());
    let signers = both.verify().unwrap();
    let roles: Vec<_> = signers.signers().iter().map(|s| s.role.as_str()).collect();
    assert_eq!(roles, ["unit", "superior"]);

    let code = once.clone().verify().unwrap().signers()[0].key.check_code();
    succeeds(&["trust", "add", &card, "--code", &code, "--trust", &trust]);
    let verify = |trust: &str| {
        let output = bontot(&["verify", &twice, "--pack", &small, "--trust", trust]);
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(verify(&trust).starts_with("verified"));
    let day = once.assessment().updated.date().to_string();
    succeeds(&["trust", "revoke", &code, "--from", &day, "--trust", &trust]);
    let revoked = verify(&trust);
    assert!(revoked.starts_with("unknown_key") && revoked.contains(&format!("revoked from {day}")));

    let out = at("appraisal.json");
    succeeds(&[
        "appraise",
        &twice,
        "--pack",
        &small,
        "--key",
        &other,
        "--decision",
        "returned",
        "--set",
        "a.1=not_met",
        "--remark",
        "a.1= Xem lại ",
        "--note",
        "Sửa",
        "--date",
        "2026-11-20",
        "--out",
        &out,
    ]);
    let appraisal = Appraisal::from_bytes(&fs::read(&out).unwrap()).unwrap();
    let who = check_appraisal(&small_pack(), signers.content(), &appraisal).unwrap();
    assert_eq!(who[0].key, signers.signers()[1].key);
    let rows = side_by_side(&small_pack(), signers.content(), &appraisal);
    let differing: Vec<_> = rows.iter().filter(|row| row.differs()).collect();
    assert_eq!(differing.len(), 1);
    assert_eq!(differing[0].note, "Xem lại");
}

#[cfg(unix)]
#[test]
fn only_its_owner_may_read_a_new_key() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let key = path(folder.path(), "key.jwe");
    succeeds(&["key", "new", "--out", &key]);
    let mode = fs::metadata(&key).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(!fs::read_to_string(&key).unwrap().contains("\"d\""));
}

// --- packs, schemas, completions ---

#[test]
fn a_built_in_pack_is_shown_as_it_is() {
    for built_in in &BUILT_IN {
        assert_eq!(succeeds(&["pack", "show", built_in.id]), built_in.text);
        let digest = built_in.read().unwrap().digest.to_string();
        assert_eq!(succeeds(&["pack", "digest", built_in.id]).trim(), digest);
        let linted = succeeds(&["pack", "lint", built_in.id]);
        assert!(linted.starts_with("ok: ") && linted.trim().ends_with(&digest));
    }
}

#[test]
fn a_schema_has_a_short_and_a_full_name() {
    for name in ["pack", "assessment", "submission", "key", "trust"] {
        let short = succeeds(&["schema", name]);
        assert_eq!(short, succeeds(&["schema", &format!("bontot.{name}/1")]));
        assert!(short.contains("https://json-schema.org/draft/2020-12/schema"));
    }
    assert!(succeeds(&["schema", "outcome"]).contains("not_eligible"));
}

/// The names that a schema gives to members, wherever they stand.
fn members(schema: &serde_json::Value, found: &mut BTreeSet<String>) {
    match schema {
        serde_json::Value::Object(object) => {
            if let Some(serde_json::Value::Object(properties)) = object.get("properties") {
                found.extend(properties.keys().cloned());
            }
            object.values().for_each(|inner| members(inner, found));
        }
        serde_json::Value::Array(list) => list.iter().for_each(|inner| members(inner, found)),
        _ => {}
    }
}

#[test]
fn a_schema_knows_every_member_that_is_written() {
    let pack = small_pack();
    let mut known = BTreeSet::new();
    members(Format::Submission.schema().as_value(), &mut known);
    for submission in samples(&pack, 1, 20) {
        let unit = to_canonical(&submission.assessment().unit);
        let period = to_canonical(&submission.assessment().period);
        for text in [unit, period, canonical(submission.stated_outcome())] {
            let json: serde_json::Value = serde_json::from_str(&text).unwrap();
            let mut written = BTreeSet::new();
            names(&json, &mut written);
            assert!(written.is_subset(&known), "{written:?}");
        }
    }
}

fn names(json: &serde_json::Value, found: &mut BTreeSet<String>) {
    match json {
        serde_json::Value::Object(object) => {
            found.extend(object.keys().cloned());
            object.values().for_each(|inner| names(inner, found));
        }
        serde_json::Value::Array(list) => list.iter().for_each(|inner| names(inner, found)),
        _ => {}
    }
}

#[test]
fn every_shell_has_completions() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(succeeds(&["completions", shell]).contains("bontot"), "{shell}");
    }
}
