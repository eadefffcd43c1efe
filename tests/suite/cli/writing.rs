//! The tool writes safely: whole files or none, nothing in silence over what is there, nothing through links.

use std::process::Stdio;
use std::thread;

use bon_tot::seal::{KeyCard, SecretKey};
use bon_tot::value::Instant;

use super::*;

/// A key card of a seed, and its code.
fn card(folder: &Path, seed: u8) -> (String, String) {
    let now = Instant::from_unix(1_790_000_000);
    let card =
        KeyCard::make(&format!("Chi bộ xóm {seed}"), &SecretKey::from_seed(&[seed; 32]), now);
    let file = path(folder, &format!("card-{seed}.json"));
    fs::write(&file, card.to_text()).unwrap();
    (file, card.check_code())
}

fn units(list: &str) -> BTreeSet<String> {
    let list = TrustList::from_bytes(&fs::read(list).unwrap()).unwrap();
    list.keys.into_iter().map(|entry| entry.unit).collect()
}

fn names(folder: &Path) -> Vec<String> {
    files(folder).into_keys().collect()
}

#[test]
fn many_runs_at_once_lose_no_key() {
    let folder = tempfile::tempdir().unwrap();
    let list = path(folder.path(), "trust.json");
    let cards: Vec<_> = (1..=12).map(|seed| card(folder.path(), seed)).collect();
    thread::scope(|scope| {
        for (card, code) in &cards {
            let list = &list;
            scope.spawn(move || {
                succeeds(&["trust", "add", card, "--code", code, "--trust", list]);
            });
        }
    });
    assert_eq!(units(&list).len(), cards.len());
    let left: Vec<_> =
        names(folder.path()).into_iter().filter(|n| !n.starts_with("card")).collect();
    assert_eq!(left, ["trust.json"]);
}

#[test]
fn a_lock_that_was_left_behind_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let list = path(folder.path(), "trust.json");
    let (card, code) = card(folder.path(), 1);
    fs::write(format!("{list}.lock"), "").unwrap();
    let said = fails(&["trust", "add", &card, "--code", &code, "--trust", &list]);
    assert!(
        said.contains("trust.json.lock is there") && said.contains("delete that file"),
        "{said}"
    );
    assert!(!Path::new(&list).exists());
}

#[cfg(unix)]
#[test]
fn a_failed_write_leaves_the_old_list() {
    let folder = tempfile::tempdir().unwrap();
    let list = path(folder.path(), "trust.json");
    let (first, code) = card(folder.path(), 1);
    succeeds(&["trust", "add", &first, "--code", &code, "--trust", &list]);
    let before = fs::read(&list).unwrap();
    let (second, code) = card(folder.path(), 2);
    // No file may grow: as on a full disk.
    let script = format!(
        "ulimit -f 0; trap '' XFSZ; exec {} trust add {second} --code {code} --trust {list}",
        env!("CARGO_BIN_EXE_bontot")
    );
    let output = Command::new("sh").args(["-c", &script]).output().unwrap();
    assert!(!output.status.success(), "{output:?}");
    assert_eq!(fs::read(&list).unwrap(), before);
    assert!(
        !names(folder.path()).iter().any(|name| name.contains("lock") || name.contains("bontot"))
    );
}

#[cfg(unix)]
#[test]
fn a_replaced_list_keeps_its_mode_and_no_link_is_followed() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| path(folder.path(), name);
    let (list, victim) = (at("trust.json"), at("victim"));
    fs::write(&victim, "mine").unwrap();
    for name in ["trust.json.new", "trust.json.tmp", ".trust.json"] {
        symlink(&victim, at(name)).unwrap();
    }
    let (first, code) = card(folder.path(), 1);
    succeeds(&["trust", "add", &first, "--code", &code, "--trust", &list]);
    for mode in [0o600, 0o640, 0o666] {
        fs::set_permissions(&list, fs::Permissions::from_mode(mode)).unwrap();
        succeeds(&["trust", "revoke", &code, "--from", "2026-11-01", "--trust", &list]);
        assert_eq!(fs::metadata(&list).unwrap().permissions().mode() & 0o777, mode);
    }
    // An output that is a link is replaced by the file; what it leads to stays.
    let out = at("out.json");
    symlink(&victim, &out).unwrap();
    let (small, key) = (data("small.json"), data("unit-key.jwe"));
    let form = data("good.json");
    let args = ["sign", &form, "--pack", &small, "--key", &key, "--out", &out];
    assert!(fails(&args).contains("is there already"));
    succeeds(&[&args[..], &["--force"]].concat());
    assert!(Submission::from_bytes(&fs::read(&out).unwrap()).is_ok());
    assert_eq!(fs::read_to_string(&victim).unwrap(), "mine");
}

#[test]
fn no_force_overwrites_a_key() {
    let folder = tempfile::tempdir().unwrap();
    let key = path(folder.path(), "unit.jwe");
    fs::copy(data("unit-key.jwe"), &key).unwrap();
    let before = fs::read(&key).unwrap();
    let (small, form, signed) = (data("small.json"), data("good.json"), data("signed-r1.json"));
    let other = path(folder.path(), "other.jwe");
    succeeds(&["key", "new", "--out", &other]);
    for args in [
        &["sign", &form, "--pack", &small, "--key", &key, "--out", &key, "--force"][..],
        &["key", "card", &key, "--out", &key, "--force"],
        &[
            "appraise",
            &signed,
            "--pack",
            &small,
            "--key",
            &other,
            "--decision",
            "agreed",
            "--out",
            &key,
            "--force",
        ],
    ] {
        let said = fails(args);
        assert!(said.contains("is a locked key and is never overwritten"), "{said}");
        assert_eq!(fs::read(&key).unwrap(), before);
    }
}

#[test]
fn a_unit_does_not_appraise_itself() {
    let folder = tempfile::tempdir().unwrap();
    let out = path(folder.path(), "appraisal.json");
    let (small, signed, key) = (data("small.json"), data("signed-r1.json"), data("unit-key.jwe"));
    let args = [
        "appraise",
        &signed,
        "--pack",
        &small,
        "--key",
        &key,
        "--decision",
        "agreed",
        "--out",
        &out,
    ];
    let said = fails(&args);
    assert!(said.contains("no unit is its own superior"), "{said}");
    let args =
        ["sign", &signed, "--pack", &small, "--key", &key, "--role", "superior", "--out", &out];
    assert!(fails(&args).contains("has signed"));
    assert!(!Path::new(&out).exists());
}

#[test]
fn samples_overwrite_nothing_but_what_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let small = data("small.json");
    let args = ["sample", "--pack", &small, "--count", "3", "--out", out];
    succeeds(&args);
    let made = files(folder.path());
    succeeds(&args);
    assert_eq!(files(folder.path()), made);
    let first = folder.path().join(made.keys().next().unwrap());
    fs::write(&first, "mine").unwrap();
    assert!(fails(&args).contains("is there already"));
    assert_eq!(fs::read_to_string(&first).unwrap(), "mine");
}

#[test]
fn a_new_key_asks_for_ten_characters() {
    let folder = tempfile::tempdir().unwrap();
    let key = path(folder.path(), "key.jwe");
    for (passphrase, code) in [("chín ký tự", 0), ("chín kýtự", 1), ("  chín kýtự  ", 1)]
    {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bontot"));
        let command = command.args(["key", "new", "--out", &key]);
        let output = command.env("BONTOT_PASSPHRASE", passphrase).output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{passphrase}");
        assert_eq!(Path::new(&key).exists(), code == 0);
        if code == 0 {
            fs::remove_file(&key).unwrap();
        } else {
            let said = String::from_utf8(output.stderr).unwrap();
            assert!(said.contains("shorter than 10 characters"), "{said}");
        }
    }
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_are_refused_with_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = path(folder.path(), "pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let (small, key, form) = (data("small.json"), data("unit-key.jwe"), data("good.json"));
    let sign = ["sign", &form, "--pack", &small, "--key", &key, "--force", "--out"];
    for file in [pipe.as_str(), "/dev/zero", "/dev/null"] {
        for args in [
            &["verify", file][..],
            &["score", file, "--pack", &small],
            &["score", &form, "--pack", file],
            &["trust", "list", "--trust", file],
            &["key", "card", file],
            &[&sign[..], &[file]].concat(),
        ] {
            let said = fails(args);
            assert!(said.contains("is no file but a pipe or a device"), "{args:?}: {said}");
        }
    }
}

#[test]
fn json_on_a_terminal_commands_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let list = path(folder.path(), "trust.json");
    let unit = "a\u{9b}31m\u{85}b\u{202e}c\u{2028}d\u{2029}e\u{200b}f\u{e0041}g\u{7f}h";
    let trust = TrustList {
        keys: vec![TrustedKey {
            key: SecretKey::from_seed(&[1; 32]).public(),
            unit: unit.to_owned(),
            also: Vec::new(),
            added: Date::new(2026, 1, 1).unwrap(),
            revoked: None,
        }],
    };
    fs::write(&list, trust.to_text()).unwrap();
    let out = succeeds(&["trust", "list", "--trust", &list, "--json"]);
    let line = out.trim_end_matches('\n');
    assert!(!line.chars().any(bon_tot::value::is_unfit), "{line:?}");
    let row: serde_json::Value = serde_json::from_str(line).unwrap();
    assert_eq!(row["unit"], unit);
}

#[cfg(unix)]
#[test]
fn days_are_those_of_this_machine() {
    let folder = tempfile::tempdir().unwrap();
    let (card, code) = card(folder.path(), 1);
    let day = |zone: &str, name: &str| -> i64 {
        let list = path(folder.path(), name);
        let mut command = Command::new(env!("CARGO_BIN_EXE_bontot"));
        let command = command.args(["trust", "add", &card, "--code", &code, "--trust", &list]);
        let status = command.env("TZ", zone).stdout(Stdio::null()).status().unwrap();
        assert!(status.success());
        TrustList::from_bytes(&fs::read(&list).unwrap()).unwrap().keys[0].added.days()
    };
    // These two are 26 hours apart, so they never have the same day.
    let (east, west) = (day("EAST-14", "east.json"), day("WEST+12", "west.json"));
    assert!((1..=2).contains(&(east - west)), "{east} {west}");
}
