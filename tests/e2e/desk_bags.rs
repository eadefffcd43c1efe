//! Two officers share the work: each receives a part, one saves a bag, the other takes it in; together they have what the
//! tool makes of all files. The bag and the workbook are read by other programs.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::support::axe::Rules;
use crate::support::cli::{bontot, pack_file};
use crate::support::journey;
use crate::support::page::Page;
use crate::support::shots::{NARROW, WIDE};

const FAULTS: &str =
    "forged=2,altered=2,unknown_key=2,revoked=1,duplicate=2,superseded=2,conflict=2,malformed=2";

/// The samples in two folders, and the trust list.
fn samples(folder: &Path) -> ([Vec<PathBuf>; 2], PathBuf) {
    let into = folder.join("received");
    let pack = pack_file("nghe-an-2024");
    let out = into.to_str().unwrap();
    let made =
        bontot(&["sample", "--pack", &pack, "--count", "30", "--faults", FAULTS, "--out", out]);
    assert_eq!(made.status, 0, "{}", made.stderr);
    let entries = fs::read_dir(&into).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries.collect();
    files.sort();
    let (mut one, mut other) = (Vec::new(), Vec::new());
    for (number, file) in files.into_iter().enumerate() {
        if number % 2 == 0 { one.push(file) } else { other.push(file) }
    }
    ([one, other], folder.join("received-trust-1.json"))
}

/// What a script of tests/register prints of files.
fn python(script: &str, args: &[&Path]) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut python = Command::new(root.join("target/python/bin/python"));
    let output = python.arg(root.join("tests/register").join(script)).args(args).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Trusts the keys of a list, and opens the desk.
async fn begin(page: &Page, trust: &Path) {
    page.goto("#/keys").await;
    page.take_in("import-file", trust).await;
    page.click("trust-all").await;
    page.shows("trust-all-keys").await;
    page.click("trust-all-form-go").await;
    let trusted = "return !at('trust-all') && !at('trust-all-form')";
    page.until("they are trusted", trusted, json!([])).await;
    page.goto("#/desk").await;
    page.shows("desk-import").await;
}

async fn receive(page: &Page, files: &[PathBuf], read: usize) {
    let names: Vec<&str> = files.iter().map(|file| file.to_str().unwrap()).collect();
    page.upload("desk-import", Path::new(&names.join("\n"))).await;
    page.has("desk-progress", "data-state", "ended").await;
    page.has("desk-total", "data-read", &read.to_string()).await;
}

/// The status of each file as the page shows it.
async fn statuses(page: &Page) -> BTreeMap<String, String> {
    let script = "return [...document.querySelectorAll('[data-testid=desk-row]')].map(row => [row.dataset.file, row.dataset.status])";
    let rows = page.look(script, json!([])).await;
    serde_json::from_value::<Vec<(String, String)>>(rows).unwrap().into_iter().collect()
}

fn rows_of(file: &Path) -> Vec<Value> {
    let text = fs::read_to_string(file).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The records of a CSV file without quotation marks in it, as texts.
fn csv_of(file: &Path) -> Vec<Vec<String>> {
    let text = fs::read_to_string(file).unwrap();
    let (mut records, mut record, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut is_quoted = false;
    for sign in text.trim_start_matches('\u{feff}').chars() {
        match sign {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => record.push(std::mem::take(&mut cell)),
            '\r' if !is_quoted => {}
            '\n' if !is_quoted => {
                record.push(std::mem::take(&mut cell));
                records.push(std::mem::take(&mut record));
            }
            sign => cell.push(sign),
        }
    }
    records
}

#[test]
fn two_officers_merge_what_they_received() {
    journey("desk-bags", 400, async |stage| {
        let ([one, other], trust) = samples(stage.folder());
        let all = stage.folder().join("received");
        let out = stage.folder().join("all.ndjson");
        let args = [&all, &trust, &out].map(|path| path.to_str().unwrap());
        let made = bontot(&["register", args[0], "--trust", args[1], "--out", args[2]]);
        assert_eq!(made.status, 1, "{}", made.stderr);
        let rows = rows_of(&out);
        let prefix = format!("{}/", args[0]);
        let name =
            |row: &Value| row["file"].as_str().unwrap().strip_prefix(&prefix).unwrap().to_owned();
        let expected: BTreeMap<String, String> = rows
            .iter()
            .map(|row| (name(row), row["status"].as_str().unwrap().to_owned()))
            .collect();

        // The first officer receives a part, and signs a bag of it.
        let first = stage.open("first").await;
        first.goto("#/keys").await;
        first.click("key-new").await;
        first.type_into("key-name", "Văn phòng Đảng ủy").await;
        first.type_into("passphrase", "mật khẩu của xã").await;
        first.type_into("passphrase-again", "mật khẩu của xã").await;
        first.click("key-make-go").await;
        first.says("key-row", "Văn phòng Đảng ủy").await;
        begin(&first, &trust).await;
        receive(&first, &one, one.len()).await;
        first.click("desk-bag-sign").await;
        first.resize(WIDE).await;
        first.scroll_to("desk-export-bag").await;
        first.shoot("desk-bag-wide.png").await;
        first.resize(NARROW).await;
        first.scroll_to("desk-export-bag").await;
        first.shoot("desk-bag-narrow.png").await;
        let faults = [first.sideways().await, first.axe(Rules::All).await].concat();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        first.resize(WIDE).await;
        let bag = first.download("desk-export-bag").await;
        let unpacked = stage.folder().join("unpacked");
        let told = python("bag.py", &[&bag, &unpacked]);
        assert!(told["signer"].is_string(), "{told}");
        let payload = told["payload"].as_array().unwrap();
        assert!(payload.iter().any(|name| name == "data/register.ndjson"));

        // The other one receives the rest, and merges it.
        let second = stage.open("second").await;
        begin(&second, &trust).await;
        receive(&second, &other, other.len()).await;
        receive(&second, std::slice::from_ref(&bag), 30).await;
        second.has("desk-bag-signer", "data-key", "unknown").await;
        assert_eq!(statuses(&second).await, expected);
        // Once more it changes nothing.
        receive(&second, std::slice::from_ref(&bag), 30).await;
        assert_eq!(statuses(&second).await, expected);
        let written = rows_of(&second.download("desk-export-ndjson").await);
        assert_eq!(written.len(), rows.len());
        for (own, tool) in written.iter().zip(&rows) {
            for member in ["status", "digest", "verdict", "items", "criteria", "unit", "points"] {
                assert_eq!(own[member], tool[member], "{member}");
            }
        }

        // The workbook has the numbers of the CSV.
        let csv = csv_of(&second.download("desk-export-csv").await);
        let book = second.download("desk-export-xlsx").await;
        let sheets = python("workbook.py", &[&book]);
        assert_eq!(sheets["units"]["frozen"], "A2");
        let lines = sheets["units"]["rows"].as_array().unwrap();
        assert_eq!(lines.len(), csv.len());
        for (line, record) in lines.iter().zip(&csv) {
            for (cell, text) in line.as_array().unwrap().iter().zip(record) {
                let shown = match cell {
                    Value::Null => String::new(),
                    Value::String(text) => text.clone(),
                    Value::Object(day) => day["day"].as_str().unwrap().to_owned(),
                    other => other.to_string(),
                };
                assert_eq!(shown.replace('"', ""), *text);
            }
        }

        // A bag that was changed is one file that cannot be opened, and gives nothing.
        let damaged = stage.folder().join("damaged.zip");
        let mut bytes = fs::read(&bag).unwrap();
        let at = bytes.windows(8).position(|part| part == b"bagit.tx").unwrap() + 60;
        bytes[at] ^= 1;
        fs::write(&damaged, bytes).unwrap();
        let third = stage.open("third").await;
        begin(&third, &trust).await;
        receive(&third, &[damaged], 1).await;
        assert_eq!(statuses(&third).await.into_values().collect::<Vec<_>>(), ["malformed"]);
    });
}
