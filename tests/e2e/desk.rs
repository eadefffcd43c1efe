//! The desk: what the tool makes is received in the page with the statuses that the tool gives, is there after a reload,
//! and is the same when it is received again.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::cli::{bontot, pack_file};
use crate::support::journey;
use crate::support::page::Page;

const FAULTS: &str = "forged=2,altered=2,unknown_key=2,revoked=1,duplicate=2,superseded=2,conflict=2,wrong_pack=1,malformed=2,newer=1";

/// The samples in a folder, ten of them in an archive; and the trust list beside it.
fn samples(folder: &Path) -> (PathBuf, PathBuf) {
    let into = folder.join("received");
    let pack = pack_file("nghe-an-2024");
    let out = into.to_str().unwrap();
    let made =
        bontot(&["sample", "--pack", &pack, "--count", "30", "--faults", FAULTS, "--out", out]);
    assert_eq!(made.status, 0, "{}", made.stderr);
    let mut files = files_of(&into);
    assert_eq!(files.len(), 30);
    let mut zip = ZipWriter::new(File::create(into.join("tuần 2.zip")).unwrap());
    for file in files.drain(15..25) {
        let name = file.file_name().unwrap().to_str().unwrap();
        zip.start_file(format!("xã/{name}"), SimpleFileOptions::default()).unwrap();
        zip.write_all(&fs::read(&file).unwrap()).unwrap();
        fs::remove_file(file).unwrap();
    }
    zip.finish().unwrap();
    (into, folder.join("received-trust-1.json"))
}

fn files_of(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files.collect();
    files.sort();
    files
}

/// The status of each file as the tool gives it, by its name from the folder on; and the register.
fn by_the_tool(folder: &Path, trust: &Path) -> (BTreeMap<String, String>, Vec<Value>) {
    let out = folder.with_extension("ndjson");
    let args = [folder, trust, &out].map(|path| path.to_str().unwrap());
    let called = bontot(&["register", args[0], "--trust", args[1], "--out", args[2], "--force"]);
    assert_eq!(called.status, 1, "{}", called.stderr);
    let rows = rows_of(&out);
    let prefix = format!("{}/", args[0]);
    let name =
        |row: &Value| row["file"].as_str().unwrap().strip_prefix(&prefix).unwrap().to_owned();
    let statuses = rows.iter().map(|row| (name(row), row["status"].as_str().unwrap().to_owned()));
    (statuses.collect(), rows)
}

fn rows_of(file: &Path) -> Vec<Value> {
    let text = fs::read_to_string(file).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The status of each file as the page shows it.
async fn by_the_page(page: &Page) -> BTreeMap<String, String> {
    let script = "return [...document.querySelectorAll('[data-testid=desk-row]')].map(row => [row.dataset.file, row.dataset.status])";
    let rows = page.look(script, json!([])).await;
    serde_json::from_value::<Vec<(String, String)>>(rows).unwrap().into_iter().collect()
}

async fn is_received(page: &Page, folder: &Path) {
    let files: Vec<String> =
        files_of(folder).iter().map(|file| file.to_str().unwrap().to_owned()).collect();
    page.upload("desk-import", Path::new(&files.join("\n"))).await;
    page.has("desk-progress", "data-state", "ended").await;
}

#[test]
fn a_superior_receives_what_the_tool_receives() {
    journey("desk", 300, async |stage| {
        let (folder, trust) = samples(stage.folder());
        let (expected, rows) = by_the_tool(&folder, &trust);
        let page = stage.open("commune").await;
        page.goto("#/keys").await;
        page.take_in("import-file", &trust).await;
        page.click("trust-all").await;
        page.shows("trust-all-keys").await;
        page.click("trust-all-form-go").await;
        page.until(
            "they are trusted",
            "return !at('trust-all') && !at('trust-all-form')",
            json!([]),
        )
        .await;
        page.go_home().await;
        page.click("desk").await;
        page.shows("desk-total").await;
        is_received(&page, &folder).await;
        page.has("desk-total", "data-read", "30").await;
        assert_eq!(by_the_page(&page).await, expected);
        page.has("desk-progress", "data-state", "ended").await;

        // It is kept, and the same again changes nothing.
        page.reload().await;
        page.has("desk-total", "data-read", "30").await;
        assert_eq!(by_the_page(&page).await, expected);
        is_received(&page, &folder).await;
        page.has("desk-total", "data-read", "30").await;
        assert_eq!(by_the_page(&page).await, expected);

        // The register is that of the tool, but for the folder in the names.
        let file = page.download("desk-export-ndjson").await;
        let written = rows_of(&file);
        let statuses: Vec<_> = written.iter().map(|row| &row["status"]).collect();
        assert_eq!(statuses, rows.iter().map(|row| &row["status"]).collect::<Vec<_>>());
        for (own, tool) in written.iter().zip(&rows) {
            for member in ["digest", "verdict", "items", "criteria", "facts", "unit", "points"] {
                assert_eq!(own[member], tool[member], "{member}");
            }
        }
        let file = page.download("desk-export-csv").await;
        let text = fs::read_to_string(file).unwrap();
        assert!(text.starts_with('\u{feff}') && text.lines().count() >= 31);

        // Found without marks; a form that differs says where.
        page.type_into("desk-search", "tuan 2").await;
        page.until(
            "the archive is found",
            "return document.querySelectorAll('[data-testid=desk-row]').length === 10",
            json!([]),
        )
        .await;
        page.type_into("desk-search", "").await;
        page.pick("desk-filter-status", "outcome_differs").await;
        page.until(
            "they are found",
            "return document.querySelectorAll('[data-testid=desk-row]').length === 2",
            json!([]),
        )
        .await;
        page.element(
            "a row",
            "return document.querySelectorAll('[data-testid=desk-row]')[0].querySelector('button')",
            json!([]),
        )
        .await
        .click()
        .await
        .unwrap();
        page.has("desk-detail", "data-status", "outcome_differs").await;
        page.shows("desk-signatures").await;
        let fields = "return at('desk-detail').querySelectorAll('input, select, textarea').length";
        assert_eq!(page.look(fields, json!([])).await, json!(0));
        page.is_accessible("desk-detail", "desk-detail").await;
        page.pick("desk-filter-status", "").await;
        page.pick("desk-group", "4").await;
        page.shows("desk-group-head").await;
        page.is_accessible("desk-total", "desk-total").await;
    });
}

/// How many files the page says that it has received.
const DONE: &str = "return Number((said(at('desk-progress')).match(/\\d+/) ?? [0])[0])";

#[test]
fn a_kill_while_receiving_loses_no_file_that_was_counted() {
    journey("desk_kill", 300, async |stage| {
        let folder = stage.folder().join("many");
        let pack = pack_file("nghe-an-2024");
        let out = folder.to_str().unwrap();
        let made = bontot(&["sample", "--pack", &pack, "--count", "400", "--out", out]);
        assert_eq!(made.status, 0, "{}", made.stderr);
        let files: Vec<String> =
            files_of(&folder).iter().map(|file| file.to_str().unwrap().to_owned()).collect();
        let files = files.join("\n");
        let page = stage.open("commune").await;
        page.goto("#/desk").await;
        page.shows("desk-total").await;
        page.upload("desk-import", Path::new(&files)).await;
        let some = format!("{}; return n > 0", DONE.replacen("return", "const n =", 1));
        page.until("some are received", &some, json!([])).await;
        let counted = page.look(DONE, json!([])).await.as_u64().unwrap();
        stage.cut().await;

        let page = stage.open("commune").await;
        page.goto("#/desk").await;
        page.shows("desk-total").await;
        let kept: u64 = page.attribute("desk-total", "data-read").await.parse().unwrap();
        assert!(counted <= kept && kept <= 400, "{counted} counted, {kept} kept");
        page.upload("desk-import", Path::new(&files)).await;
        page.has("desk-progress", "data-state", "ended").await;
        page.has("desk-total", "data-read", "400").await;
        let read = "return at('desk-total').querySelectorAll('li').length";
        assert_eq!(page.look(read, json!([])).await, json!(1));
    });
}
