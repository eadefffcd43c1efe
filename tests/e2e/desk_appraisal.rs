//! A superior appraises at the desk: one form with an item changed, two others at once; what is being written survives a
//! reload; the answers come out, and the tool makes the same decisions of them.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use bon_tot::seal::{Appraisal, Submission};
use serde_json::{Value, json};
use zip::ZipArchive;

use crate::support::cli::{bontot, bontot_with, pack_file};
use crate::support::journey;
use crate::support::page::Page;

const PASSPHRASE: &str = "chín con gà mái vàng";
const OFFICE: &str = "Đảng ủy xã Nghi Lâm";

fn files_of(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn rows_of(file: &Path) -> Vec<Value> {
    let text = fs::read_to_string(file).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The decision and its day, by check code.
fn decisions(rows: &[Value]) -> Vec<(Value, Value, Value)> {
    let of = |row: &Value| {
        (row["check_code"].clone(), row["decision"].clone(), row["decision_date"].clone())
    };
    let mut all: Vec<_> = rows.iter().map(of).collect();
    all.sort_by_key(|one| one.0.as_str().unwrap_or_default().to_owned());
    all
}

async fn receive(page: &Page, files: &[PathBuf]) {
    let names: Vec<_> = files.iter().map(|file| file.to_str().unwrap()).collect();
    page.upload("desk-import", Path::new(&names.join("\n"))).await;
    page.has("desk-progress", "data-state", "ended").await;
}

/// Opens the details of the row of a file.
async fn open(page: &Page, file: &str) {
    let script = "return [...document.querySelectorAll('[data-testid=desk-row]')].find(row => row.dataset.file === arguments[0])?.querySelector('th button')";
    page.element("the row", script, json!([file])).await.click().await.unwrap();
    page.shows("desk-appraise-sign").await;
}

/// Ticks the row of a file.
async fn tick(page: &Page, file: &str) {
    let script = "return [...document.querySelectorAll('[data-testid=desk-row]')].find(row => row.dataset.file === arguments[0])?.querySelector('[data-testid=desk-select]')";
    page.element("the box", script, json!([file])).await.click().await.unwrap();
}

async fn is_decided(page: &Page, file: &str, decision: &str) {
    let script = "return [...document.querySelectorAll('[data-testid=desk-row]')].find(row => row.dataset.file === arguments[0])?.dataset.decision === arguments[1]";
    page.until("it is decided", script, json!([file, decision])).await;
}

#[test]
fn a_superior_appraises_one_and_recognises_two_at_once() {
    journey("desk_appraisal", 300, async |stage| {
        let folder = stage.folder().to_owned();
        let at = |name: &str| folder.join(name).to_str().unwrap().to_owned();
        let (pack, out) = (pack_file("nghe-an-2024"), at("received"));
        let made = bontot(&["sample", "--pack", &pack, "--count", "3", "--out", &out]);
        assert_eq!(made.status, 0, "{}", made.stderr);
        let files = files_of(Path::new(&out));
        let names: Vec<String> =
            files.iter().map(|file| file.file_name().unwrap().to_str().unwrap().into()).collect();
        let (key, card) = (at("xa.jwe"), at("xa.json"));
        bontot_with(PASSPHRASE, &["key", "new", "--out", &key]);
        let told =
            bontot_with(PASSPHRASE, &["key", "card", &key, "--unit", OFFICE, "--out", &card]);
        let code = told.stderr.trim().strip_prefix("check code ").unwrap().to_owned();

        let page = stage.open("commune").await;
        page.goto("#/keys").await;
        page.upload("import-file", Path::new(&key)).await;
        page.shows("key-restore").await;
        page.type_into("key-name", OFFICE).await;
        page.type_into("passphrase", PASSPHRASE).await;
        page.click("key-restore-go").await;
        page.says("key-list", OFFICE).await;
        page.goto("#/desk").await;
        page.shows("desk-import").await;
        receive(&page, &files).await;
        page.has("desk-total", "data-read", "3").await;

        // One is appraised with an item changed; what is being written is there after a reload.
        open(&page, &names[0]).await;
        let submission = Submission::from_bytes(&fs::read(&files[0]).unwrap()).unwrap();
        let item = page
            .look("return document.querySelector('[data-testid^=desk-appraise-verdict-]').dataset.testid.slice('desk-appraise-verdict-'.length)", json!([]))
            .await;
        let item = item.as_str().unwrap().to_owned();
        page.pick(&format!("desk-appraise-verdict-{item}"), "not_met").await;
        page.type_into(&format!("desk-appraise-note-{item}"), "Biên bản <b>thiếu</b> chữ ký").await;
        page.pick("desk-decision", "returned").await;
        page.type_into("desk-number", "12-QĐ/ĐU").await;
        page.type_into("desk-note", "Đề nghị bổ sung").await;
        page.says("desk-results", "Theo").await;
        page.reload().await;
        open(&page, &names[0]).await;
        page.shows("desk-writing").await;
        page.has_value("desk-number", "12-QĐ/ĐU").await;
        page.has_value(&format!("desk-appraise-verdict-{item}"), "not_met").await;
        page.is_accessible("appraisal-desk-detail", "desk-detail").await;
        open_again(&page, &names[0]).await;
        page.type_into("desk-appraise-passphrase", PASSPHRASE).await;
        page.click("desk-appraise-sign").await;
        is_decided(&page, &names[0], "returned").await;
        page.has("desk-answer", "data-status", "counts").await;
        page.says("desk-signed", "Trả lại").await;
        page.says("desk-answer-items", "Biên bản <b>thiếu</b> chữ ký").await;
        let answer = page.download("desk-signed-save").await;
        let name = answer.file_name().unwrap().to_str().unwrap();
        assert_eq!(name, format!("tham-dinh_{}", submission.file_name()));
        let signed = Appraisal::from_bytes(&fs::read(&answer).unwrap()).unwrap();
        assert!(signed.verify().is_ok());
        assert_eq!(signed.content().submission, submission.digest());
        assert_eq!(signed.content().note, "Quyết định số: 12-QĐ/ĐU\nĐề nghị bổ sung");
        let said = signed.content().items.iter().next().unwrap();
        assert_eq!((said.0.as_str(), said.1.verdict.as_str()), (item.as_str(), "not_met"));
        page.click("desk-close").await;

        // Two are recognised at once, by the key that is open.
        tick(&page, &names[1]).await;
        tick(&page, &names[2]).await;
        page.pick("desk-many-decision", "recognised").await;
        page.type_date("desk-many-day", "2026-12-20").await;
        page.shoot("desk-many.png").await;
        page.click("desk-decide-selected").await;
        // Nobody has told yet whose keys signed them.
        page.says("desk-sign-question", "2 phiếu có khóa ký chưa được tin").await;
        page.click("desk-sign-anyway").await;
        page.has("desk-decided", "data-signed", "2").await;
        page.has("desk-decided", "data-left-out", "0").await;
        is_decided(&page, &names[1], "recognised").await;
        is_decided(&page, &names[2], "recognised").await;
        page.pick("desk-filter-decision", "returned").await;
        page.until(
            "one is returned",
            "return document.querySelectorAll('[data-testid=desk-row]').length === 1",
            json!([]),
        )
        .await;
        page.pick("desk-filter-decision", "").await;
        page.is_accessible("appraisal-desk-opinions", "desk-opinions").await;

        // The tool makes the same decisions of the forms and the answers.
        let archive = page.download("desk-answers-zip").await;
        let zip = ZipArchive::new(File::open(&archive).unwrap()).unwrap();
        assert_eq!(zip.len(), 3);
        let written = page.download("desk-export-ndjson").await;
        let trust = format!("{out}-trust-1.json");
        bontot(&["trust", "add", &card, "--code", &code, "--trust", &trust]);
        let (answers, register) = (archive.to_str().unwrap(), at("register.ndjson"));
        let args = ["register", &out, answers, "--trust", &trust, "--out", &register];
        let called = bontot(&args);
        assert_eq!(called.status, 0, "{}", called.stderr);
        let own = decisions(&rows_of(&written));
        assert_eq!(own, decisions(&rows_of(Path::new(&register))));
        assert_eq!(own.iter().filter(|one| one.1 == json!("recognised")).count(), 2);
        assert_eq!(own.iter().filter(|one| one.1 == json!("returned")).count(), 1);

        // They arrive at another desk, which does not trust the key yet.
        let other = stage.open("province").await;
        other.goto("#/desk").await;
        other.shows("desk-import").await;
        receive(&other, &[files.clone(), vec![archive.clone()]].concat()).await;
        other.says("desk-progress", "3 phiếu, 3 văn bản thẩm định").await;
        other.has("desk-total", "data-read", "3").await;
        other.says("desk-opinions", "khóa chưa được tin").await;
        is_decided(&other, &names[0], "open").await;
    });
}

/// Opens the details where they are not open.
async fn open_again(page: &Page, file: &str) {
    if !page.sees("desk-appraise-sign").await {
        open(page, file).await;
    }
}
