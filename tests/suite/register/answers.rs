//! Appraisals of many submissions at once, and the register that takes their decisions.

use std::fs;
use std::process::{Command, Output};

use bon_tot::seal::{Appraisal, Submission};
use tempfile::TempDir;

use super::{faulty, register, rows, runs};

fn appraise(folder: &TempDir, args: &[&str]) -> Output {
    let mut bontot = Command::new(env!("CARGO_BIN_EXE_bontot"));
    let run = bontot.args(args).env("BONTOT_PASSPHRASE", "mật khẩu của xã");
    run.current_dir(folder.path()).output().unwrap()
}

#[test]
fn many_are_appraised_at_once_and_each_answer_finds_its_unit() {
    let (folder, names, _) = faulty("8", "forged=1");
    let root = folder.path();
    let made = appraise(&folder, &["key", "new", "--out", "xa.jwe"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let files: Vec<&str> = names.iter().map(|name| name.to_str().unwrap()).collect();
    let fixed = ["--key", "xa.jwe", "--decision", "recognised", "--date", "2027-01-20"];
    let all = [&["appraise"], &files[..], &fixed, &["--out", "to/answers"]].concat();
    let made = appraise(&folder, &all);
    let (out, said) =
        (String::from_utf8(made.stdout).unwrap(), String::from_utf8(made.stderr).unwrap());
    assert_eq!(made.status.code(), Some(1), "one is forged");
    assert!(said.contains("is not sound (bad_signature)"), "{said}");
    assert_eq!(out, "7 of 8 submissions appraised, in to/answers\n");
    let mut answers = 0;
    for file in &files {
        let form = Submission::from_bytes(&fs::read(root.join(file)).unwrap()).unwrap();
        let name = format!("to/answers/tham-dinh_{}", form.file_name());
        let Ok(answer) = fs::read(root.join(&name)) else { continue };
        let answer = Appraisal::from_bytes(&answer).unwrap();
        assert!(answer.verify().is_ok());
        assert_eq!(answer.content().submission, form.digest(), "{name}");
        answers += 1;
    }
    assert_eq!(answers, 7);
    assert_eq!(fs::read_dir(root.join("to/answers")).unwrap().count(), 7);

    // The register takes them over where the key is trusted.
    let card =
        appraise(&folder, &["key", "card", "xa.jwe", "--unit", "Đảng ủy xã", "--out", "xa.json"]);
    let told = String::from_utf8(card.stderr).unwrap();
    let code = told.trim().strip_prefix("check code ").unwrap();
    runs(root, &["trust", "add", "xa.json", "--code", code, "--trust", "files-trust-1.json"]);
    let trust = ["--trust", "files-trust-1.json"];
    let decided = rows(&register(root, &["files", "to"], &trust));
    let recognised = decided.iter().filter(|row| {
        row.decision.map(|decision| decision.as_str()) == Some("recognised")
            && row.decision_date.map(|day| day.to_string()).as_deref() == Some("2027-01-20")
    });
    assert_eq!((recognised.count(), decided.len()), (7, 8));
    // Without trust none counts.
    let alone = rows(&register(root, &["files", "to"], &[]));
    assert!(alone.iter().all(|row| row.decision.is_none()));

    // Nothing is overwritten unasked, and one alone goes into a folder too.
    let again = appraise(&folder, &all);
    assert_eq!(
        String::from_utf8(again.stdout).unwrap(),
        "0 of 8 submissions appraised, in to/answers\n"
    );
    let sound = files.iter().find(|file| {
        let form = Submission::from_bytes(&fs::read(root.join(file)).unwrap()).unwrap();
        form.verify().is_ok()
    });
    let one = [&["appraise", sound.unwrap()], &fixed[..], &["--out", "."]].concat();
    let one = appraise(&folder, &one);
    let out = String::from_utf8(one.stdout).unwrap();
    assert!(out.starts_with("file        ./tham-dinh_bontot_"), "{out}");
}
