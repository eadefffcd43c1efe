//! Units that are to file: a list as a workbook, as text and typed; who has not filed is what the tool says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};

use crate::support::cli::{bontot, pack_file};
use crate::support::journey;
use crate::support::page::Page;
use crate::support::pdf;
use crate::support::shots::folder;

const FAULTS: &str = "forged=2,unknown_key=2,duplicate=2,superseded=2,conflict=4,malformed=1";
/// A day before the forms come.
const DUE: &str = "01/01/2026";

/// The samples in a folder, and the trust list beside it.
fn samples(folder: &Path) -> (PathBuf, PathBuf) {
    let into = folder.join("received");
    let pack = pack_file("nghe-an-2024");
    let out = into.to_str().unwrap();
    let made =
        bontot(&["sample", "--pack", &pack, "--count", "30", "--faults", FAULTS, "--out", out]);
    assert_eq!(made.status, 0, "{}", made.stderr);
    (into, folder.join("received-trust-1.json"))
}

fn files_of(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files.map(|file| file.to_str().unwrap().to_owned()).collect();
    files.sort();
    files
}

/// The register as the tool writes it, and what it says of these units.
fn by_the_tool(folder: &Path, trust: &Path, more: &[&str]) -> (Vec<Value>, Value) {
    let out = folder.with_extension("ndjson");
    let args = [folder, trust, &out].map(|path| path.to_str().unwrap());
    let fixed = ["register", args[0], "--trust", args[1], "--out", args[2], "--force", "--json"];
    let called = bontot(&[&fixed[..], more].concat());
    assert!(called.status <= 1, "{}", called.stderr);
    let text = fs::read_to_string(&out).unwrap();
    let rows = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (rows, serde_json::from_str(&called.stdout).unwrap())
}

type Line = [String; 4];

/// A list of units of the register but for two, with one that is not in it; every third is due before the forms come.
fn list_of(rows: &[Value]) -> Vec<Line> {
    let units: BTreeMap<&str, &str> = rows
        .iter()
        .filter_map(|row| Some((row["unit"].as_str()?, row["parent"].as_str().unwrap_or_default())))
        .collect();
    let mut lines = vec![["Tên chi bộ", "Trực thuộc", "Loại hình", "Hạn nộp"].map(str::to_owned)];
    for (place, (unit, parent)) in units.into_iter().enumerate().skip(2) {
        let due = if place % 3 == 0 { DUE } else { "" };
        let kind = if place % 2 == 0 { "Xóm" } else { "" };
        lines.push([unit, parent, kind, due].map(str::to_owned));
    }
    let more = ["Chi bộ vắng mặt, xóm 1", "Đảng bộ xã Vắng Mặt", "Xóm", "15/12/2099"];
    lines.push(more.map(str::to_owned));
    lines
}

fn workbook(file: &Path, lines: &[Line]) {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Bìa").unwrap();
    let sheet = book.add_worksheet().set_name("Đơn vị").unwrap();
    sheet.write_string(0, 0, "DANH SÁCH ĐƠN VỊ PHẢI NỘP PHIẾU").unwrap();
    for (row, line) in (1..).zip(lines) {
        for (column, cell) in (0..).zip(line) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    book.save(file).unwrap();
}

type Names = BTreeSet<String>;

/// The units that the tool finds missing, though files name them.
fn refused_of(rows: &[Value], told: &Value) -> Names {
    let named: BTreeSet<&str> = rows.iter().filter_map(|row| row["unit"].as_str()).collect();
    let missing: Names = serde_json::from_value(told["missing"].clone()).unwrap();
    missing.into_iter().filter(|name| named.contains(name.as_str())).collect()
}

/// The names of the units of the table by how they stand.
async fn by_the_page(page: &Page) -> BTreeMap<String, Names> {
    let script = "return [...document.querySelectorAll('[data-testid=desk-unit-row]')].map(row => [row.dataset.standing, row.dataset.unit])";
    let rows = page.look(script, json!([])).await;
    let mut names: BTreeMap<String, Names> = BTreeMap::new();
    for (standing, unit) in serde_json::from_value::<Vec<(String, String)>>(rows).unwrap() {
        names.entry(standing).or_default().insert(unit);
    }
    names
}

/// The page says what the tool says, in the table and in the counts; those whose files are all refused are missing to
/// the tool.
async fn says_what_the_tool_says(page: &Page, told: &Value, units: usize, refused: &Names) {
    let mut others = 0;
    for standing in ["missing", "refused", "late", "twice", "conflict"] {
        let tool: Names = match standing {
            "refused" => refused.clone(),
            _ => serde_json::from_value(told[standing].clone()).unwrap(),
        };
        let tool = if standing == "missing" { &tool - refused } else { tool };
        let id = format!("desk-units-count-{standing}");
        page.has(&id, "data-count", &tool.len().to_string()).await;
        let own = by_the_page(page).await.remove(standing).unwrap_or_default();
        assert_eq!(own, tool, "{standing}");
        others += tool.len();
    }
    page.has("desk-units-count-filed", "data-count", &(units - others).to_string()).await;
}

#[test]
fn who_has_not_filed_is_what_the_tool_says() {
    journey("desk_units", 300, async |stage| {
        let (received, trust) = samples(stage.folder());
        let (rows, _) = by_the_tool(&received, &trust, &[]);
        let lines = list_of(&rows);
        let units = lines.len() - 1;
        let (xlsx, csv) = (stage.folder().join("đơn vị.xlsx"), stage.folder().join("units.csv"));
        workbook(&xlsx, &lines);
        let quoted = lines.iter().map(|line| format!("\"{}\"\r\n", line.join("\";\"")));
        fs::write(&csv, format!("\u{feff}{}", quoted.collect::<String>())).unwrap();
        let list = xlsx.to_str().unwrap();
        let (_, told) = by_the_tool(&received, &trust, &["--units", list]);
        assert!(
            told["missing"].as_array().unwrap().len() > 1
                && !told["late"].as_array().unwrap().is_empty()
        );
        let refused = refused_of(&rows, &told);
        assert!(!refused.is_empty(), "{told}");

        let page = stage.open("commune").await;
        page.goto("#/keys").await;
        page.take_in("import-file", &trust).await;
        page.click("trust-all").await;
        page.shows("trust-all-keys").await;
        page.click("trust-all-form-go").await;
        let trusted = "return !at('trust-all') && !at('trust-all-form')";
        page.until("they are trusted", trusted, json!([])).await;
        page.goto("#/desk").await;
        page.shows("desk-import").await;
        page.upload("desk-import", Path::new(&files_of(&received).join("\n"))).await;
        page.has("desk-progress", "data-state", "ended").await;

        // A workbook, of which the second sheet has the list.
        page.click("desk-section-units").await;
        page.shows("desk-units-text").await;
        page.upload("desk-units-file", &xlsx).await;
        page.has("desk-units-found", "data-count", &units.to_string()).await;
        assert_eq!(page.value("desk-units-column-deadline").await, "3");
        assert_eq!(page.value("desk-units-sheet").await, "1");
        page.is_accessible("desk-units-preview", "desk-units-lines").await;
        page.click("desk-units-take").await;
        says_what_the_tool_says(&page, &told, units, &refused).await;
        page.shows("desk-units-strangers").await;
        page.is_accessible("desk-units-counts", "desk-units-count-missing").await;
        page.is_accessible("desk-units-table", "desk-unit-row").await;

        // Taken away it comes back; as text it is the same.
        page.click("desk-units-remove").await;
        page.until("no unit is left", "return !at('desk-unit-row')", json!([])).await;
        page.click("desk-units-back").await;
        says_what_the_tool_says(&page, &told, units, &refused).await;
        page.unfold("desk-units-new").await;
        page.upload("desk-units-file", &csv).await;
        page.has("desk-units-found", "data-count", &units.to_string()).await;
        page.click("desk-units-take").await;
        page.until("it is taken", "return !at('desk-units-take')", json!([])).await;
        says_what_the_tool_says(&page, &told, units, &refused).await;

        // With one deadline for all; after a reload too.
        let deadline = ["--units", list, "--deadline", "2026-01-02"];
        let (_, late) = by_the_tool(&received, &trust, &deadline);
        assert!(late["late"].as_array().unwrap().len() > told["late"].as_array().unwrap().len());
        page.type_into("desk-deadline", "02/01/2026").await;
        says_what_the_tool_says(&page, &late, units, &refused).await;
        page.reload().await;
        page.shows("desk-unit-row").await;
        says_what_the_tool_says(&page, &late, units, &refused).await;
        assert_eq!(page.value("desk-deadline").await, "02/01/2026");

        // Found without marks.
        page.type_into("desk-units-search", "vang mat, xom 1").await;
        let one = "return document.querySelectorAll('[data-testid=desk-unit-row]').length === 1";
        page.until("it is found", one, json!([])).await;
        page.type_into("desk-units-search", "").await;

        // The pilot by type and overall, rounded up.
        page.type_into("desk-pilot-percent", "100").await;
        let needed = |id: &str| {
            format!(
                "return at('desk-pilot').querySelector('[data-pilot=\"{id}\"]')?.dataset.needed"
            )
        };
        let missing = told["missing"].as_array().unwrap().len().to_string();
        let is_all = format!("{} === arguments[0]", needed("all"));
        page.until("all are needed", &is_all, json!([missing])).await;
        page.type_into("desk-pilot-percent", "10").await;
        page.is_accessible("desk-units-pilot", "desk-pilot").await;
        page.pick("desk-ceiling-base", "typed").await;
        page.type_into("desk-ceiling-typed", "34").await;
        page.says("desk-ceiling", "6").await;
        page.pick("desk-ceiling-base", "forms").await;
        let verified = rows.iter().filter(|row| row["status"] == "verified");
        let forms: BTreeSet<_> =
            verified.map(|row| (row["unit_key"].as_str(), row["parent"].as_str())).collect();
        page.says("desk-ceiling", &forms.len().to_string()).await;
        page.is_accessible("desk-units-ceiling", "desk-ceiling").await;

        // The reminders, to copy and on paper.
        let text = page.value("desk-reminders-text").await;
        for name in told["missing"].as_array().unwrap() {
            assert!(text.contains(&format!("- {}", name.as_str().unwrap())), "{name} in {text}");
        }
        page.click("desk-reminders-copy").await;
        page.is_accessible("desk-units-reminders", "desk-reminders-text").await;
        let listen = "window.print = () => { window.printed = true; }; window.printed = false";
        page.look(listen, json!([])).await;
        page.click("desk-reminders-print").await;
        page.until("it prints", "return window.printed", json!([])).await;
        let file = folder().join("desk-units-reminders.pdf");
        page.pdf(&file).await;
        pdf::shoot(&file);
        let printed = pdf::texts(&file).join(" ");
        assert!(printed.contains("Danh sách đơn vị chưa nộp phiếu"), "{printed}");
        assert!(printed.contains("Chi bộ vắng mặt, xóm 1"), "{printed}");
        assert!(!printed.contains("Hạn nộp chung"), "{printed}");
        // Those that sent what is refused stand apart, with the reason.
        assert!(text.contains("Đã gửi, phải gửi lại:\n"), "{text}");
        assert!(printed.contains("phải gửi lại"), "{printed}");
        for name in &refused {
            let line = text.lines().find(|line| line.starts_with(&format!("- {name}")));
            assert!(line.is_some_and(|line| line.contains(": ")), "{name} in {text}");
        }

        // Paper that came before the deadline is not late, which a reload keeps.
        let late_row =
            "[...document.querySelectorAll('[data-testid=desk-unit-row][data-standing=late]')][0]";
        let unit = page.look(&format!("return {late_row}.dataset.unit"), json!([])).await;
        let open =
            format!("{late_row}.querySelector('[data-testid=desk-unit-paper-open]').click()");
        page.look(&open, json!([])).await;
        page.type_into("desk-unit-paper-day", "01/01/2026").await;
        let stands = "return [...document.querySelectorAll('[data-testid=desk-unit-row]')].find(row => row.dataset.unit === arguments[0])?.dataset.standing === 'filed'";
        page.until("it is in time", stands, json!([unit])).await;
        page.is_accessible("desk-units-paper", "desk-unit-paper-day").await;
        page.click("desk-unit-paper-done").await;
        page.reload().await;
        page.until("it is in time", stands, json!([unit])).await;

        // The period is kept too.
        page.pick("desk-units-period", "0").await;
        page.until(
            "more are missing",
            "return Number(at('desk-units-count-missing').dataset.count) > arguments[0]",
            json!([told["missing"].as_array().unwrap().len()]),
        )
        .await;
        page.reload().await;
        page.shows("desk-unit-row").await;
        assert_eq!(page.value("desk-units-period").await, "0");

        // What is typed is a list too, and what is no list is refused in words.
        page.unfold("desk-units-new").await;
        page.type_into("desk-units-text", "Chi bộ A").await;
        page.reload().await;
        page.unfold("desk-units-new").await;
        assert_eq!(page.value("desk-units-text").await, "Chi bộ A");
        page.click("desk-units-read").await;
        page.has("desk-units-found", "data-count", "1").await;
        page.click("desk-units-leave").await;
        let broken = stage.folder().join("cũ.xls");
        fs::write(&broken, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").unwrap();
        page.upload("desk-units-file", &broken).await;
        page.says("desk-units-refused", ".xlsx").await;
    });
}
