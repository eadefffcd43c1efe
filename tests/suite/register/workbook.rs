//! The register as a workbook, read by PyPI's openpyxl with `tests/register/workbook.py`, and lists of units as
//! workbooks and text.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use bon_tot::desk::register::{MEMBERS, Row};
use bon_tot::seal::{SecretKey, Submission, seal};
use bon_tot::value::Instant;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{DAY, faulty, named, python, refused, register, rows, runs, usual};

/// The sheets of a workbook, as openpyxl sees them.
#[track_caller]
pub(super) fn sheets(path: &Path) -> BTreeMap<String, Value> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/register/workbook.py");
    let output = python().arg(script).arg(path).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn lines(sheet: &Value) -> Vec<Vec<Value>> {
    let rows = sheet["rows"].as_array().unwrap();
    rows.iter().map(|row| row.as_array().unwrap().clone()).collect()
}

#[test]
fn the_workbook_says_what_the_register_says() {
    let (folder, ..) = faulty("120", "all=2");
    let root = folder.path();
    let trust = ["--trust", "files-trust-1.json"];
    let known = rows(&register(root, &["files"], &trust));
    let names: Vec<&str> = known.iter().filter_map(|row| row.unit.as_deref()).take(3).collect();
    let list =
        format!("Đơn vị;Hạn nộp\n{}\nChi bộ vắng mặt;15/12/2026\n", names.join(";01/01/2027\n"));
    fs::write(root.join("units.csv"), list).unwrap();
    let args = ["register", "files", "--received", DAY, "--out", "r.xlsx", "--units", "units.csv"];
    runs(root, &[&args[..], &trust].concat());
    let first = fs::read(root.join("r.xlsx")).unwrap();
    let sheets = sheets(&root.join("r.xlsx"));
    assert_eq!(sheets.keys().collect::<Vec<_>>(), ["items", "missing", "units"]);

    let units = lines(&sheets["units"]);
    assert_eq!(sheets["units"]["frozen"], "A2");
    assert_eq!(sheets["units"]["filter"], sheets["units"]["dimensions"]);
    let head: Vec<&str> = units[0].iter().map(|name| name.as_str().unwrap()).collect();
    for member in MEMBERS.iter().filter(|name| !["criteria", "items"].contains(name)) {
        assert!(head.contains(member), "{member}");
    }
    assert_eq!(units.len(), known.len() + 1);
    for (line, row) in units[1..].iter().zip(&known) {
        let row: Value = serde_json::from_str(&row.line()).unwrap();
        for (name, cell) in head.iter().zip(line) {
            let value = match name.split_once('.') {
                Some((member, id)) => &row[member][id],
                None => &row[*name],
            };
            let wanted = match value {
                Value::Object(_) => {
                    let read: Value = serde_json::from_str(cell.as_str().unwrap()).unwrap();
                    assert_eq!(&read, value, "{name}");
                    continue;
                }
                Value::String(text) if text.is_empty() => Value::Null,
                Value::String(day)
                    if ["period_from", "period_to", "received", "decision_date"].contains(name) =>
                {
                    json!({"day": day})
                }
                other => other.clone(),
            };
            assert_eq!(*cell, wanted, "{name} of {}", row["file"]);
        }
    }

    // Each item of all forms and of each type, counted here once more.
    let verified: Vec<&Row> =
        known.iter().filter(|row| row.status.as_str() == "verified").collect();
    let items = lines(&sheets["items"]);
    let mut checked = 0;
    for line in &items[1..] {
        let text = |column: usize| line[column].as_str().unwrap_or_default();
        let is_of = |row: &&&Row| {
            let own_type = row.unit_type.as_ref().unwrap().as_str();
            text(5).is_empty() || own_type == text(5)
        };
        let member = if text(2) == "item" { "items" } else { "criteria" };
        let value = |row: &&Row| {
            let row: Value = serde_json::from_str(&row.line()).unwrap();
            row[member][text(3)].as_str().map(str::to_owned)
        };
        let values: Vec<String> = verified.iter().filter(is_of).filter_map(value).collect();
        let count = |words: [&str; 2]| {
            values.iter().filter(|value| words.contains(&value.as_str())).count() as u64
        };
        let numbers: Vec<u64> = line[6..11].iter().map(|cell| cell.as_u64().unwrap()).collect();
        let wanted = [
            values.len() as u64,
            count(["met", "passed"]),
            count(["not_met", "failed"]),
            count(["not_applicable"; 2]),
            count(["unanswered", "incomplete"]),
        ];
        assert_eq!(numbers, wanted, "{line:?}");
        checked += 1;
    }
    assert!(checked > 70, "{checked} lines");

    let missing = lines(&sheets["missing"]);
    assert_eq!(missing[1][..2], [json!("missing"), json!("Chi bộ vắng mặt")]);
    assert_eq!(missing[1][5], json!({"day": "2026-12-15"}));
    assert!(missing[2..].iter().all(|line| line[0] != json!("missing")), "{missing:?}");

    // The same files give the same workbook.
    runs(root, &[&args[..], &trust, &["--force"]].concat());
    assert_eq!(first, fs::read(root.join("r.xlsx")).unwrap());
}

#[test]
fn nothing_in_a_cell_is_run() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    fs::create_dir(root.join("in")).unwrap();
    fs::write(root.join("in/a.json"), named("=HYPERLINK(\"http://x\")").to_text()).unwrap();
    runs(root, &["register", "in", "--out", "r.xlsx"]);
    let units = lines(&sheets(&root.join("r.xlsx"))["units"]);
    let unit = units[0].iter().position(|name| name == "unit").unwrap();
    // openpyxl takes a text that begins so for a formula when it is told nothing else; the cell must say that it is text.
    let sheet = fs::File::open(root.join("r.xlsx")).unwrap();
    let mut zip = zip::ZipArchive::new(sheet).unwrap();
    let mut xml = String::new();
    let mut part = zip.by_name("xl/worksheets/sheet1.xml").unwrap();
    std::io::Read::read_to_string(&mut part, &mut xml).unwrap();
    assert!(!xml.contains("<f>"), "{xml}");
    assert!(xml.contains("t=\"inlineStr\"><is><t>=HYPERLINK("), "{xml}");
    assert!(!units[1][unit].is_null());
}

/// Says of a list how its units stand; the register has one form, of `Chi bộ xóm Hoà Bình`.
fn told(root: &Path, list: &str, more: &[&str]) -> String {
    let args = ["register", "in", "--received", DAY, "--out", "r.ndjson", "--force", "--units"];
    runs(root, &[&args[..], &[list], more].concat())
}

fn one_form() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    let file = folder.path().join("in/a.json");
    fs::write(file, named("Chi bộ xóm Hoà Bình").to_text()).unwrap();
    folder
}

#[test]
fn a_list_may_be_a_workbook() {
    let folder = one_form();
    let root = folder.path();
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "Ghi chú").unwrap();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "DANH SÁCH CHI BỘ").unwrap();
    for (column, name) in (0..).zip(["TT", "TÊN CHI BỘ", "Mã", "Hạn nộp"]) {
        sheet.write(2, column, name).unwrap();
    }
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let due = ExcelDateTime::from_ymd(2027, 1, 31).unwrap();
    for (row, name) in (3..).zip(["chi bộ xóm Hòa Bình", "Chi bộ Vắng"]) {
        sheet.write(row, 0, row - 2).unwrap();
        sheet.write(row, 1, name).unwrap();
        sheet.write(row, 2, 40_430_001 + row).unwrap();
        sheet.write_with_format(row, 3, &due, &day).unwrap();
    }
    book.save(root.join("units.xlsx")).unwrap();
    assert!(told(root, "units.xlsx", &[]).ends_with(
        "1 of 2 units have not filed\n  Chi bộ Vắng\n1 of 2 units have filed late\n  chi bộ xóm Hòa Bình\n"
    ));
    fs::write(root.join("old.xls"), b"\xd0\xcf\x11\xe0 and so on").unwrap();
    fs::write(root.join("cut.xlsx"), &fs::read(root.join("units.xlsx")).unwrap()[..900]).unwrap();
    for (list, why) in [("old.xls", "save it as .xlsx"), ("cut.xlsx", "cannot be read")] {
        let said = refused(root, &["register", "in", "--out", "x.ndjson", "--units", list]);
        assert!(said.contains(why), "{said}");
    }
}

#[test]
fn a_list_may_be_any_text_that_a_spreadsheet_saves() {
    let folder = one_form();
    let root = folder.path();
    let text = "STT\tĐơn vị\r\n1\tCHI BỘ XÓM HÒA BÌNH\r\n2\tChi bộ Vắng\r\n";
    let utf16 = |mark: u16, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        std::iter::once(mark).chain(text.encode_utf16()).flat_map(bytes).collect()
    };
    for (name, list) in [
        ("little end first", utf16(0xfeff, u16::to_le_bytes)),
        ("big end first", utf16(0xfeff, u16::to_be_bytes)),
        ("no BOM", text.as_bytes().to_vec()),
        ("separator said", format!("sep=;\r\n{}", text.replace('\t', ";")).into_bytes()),
        ("a title above", format!("Danh sách năm 2026\r\n\r\n{text}").into_bytes()),
    ] {
        fs::write(root.join("units.txt"), list).unwrap();
        let told = told(root, "units.txt", &[]);
        assert!(told.ends_with("1 of 2 units have not filed\n  Chi bộ Vắng\n"), "{name}: {told}");
    }
    for (list, why) in [
        (&b"\xff\xfea"[..], "neither UTF-8"),
        (b"\xff\xfe\x00\xd8", "neither UTF-8"),
        ("unit,deadline\nA,32/12/2026\n".as_bytes(), "line 2: the deadline is no day"),
    ] {
        fs::write(root.join("units.txt"), list).unwrap();
        let said = refused(root, &["register", "in", "--out", "x.ndjson", "--units", "units.txt"]);
        assert!(said.contains(why), "{said}");
    }
}

#[test]
fn late_twice_and_conflict_are_told_apart() {
    let (folder, ..) = faulty("30", "conflict=2,duplicate=2");
    let root = folder.path();
    let trust = ["--trust", "files-trust-1.json"];
    let known = rows(&register(root, &["files"], &trust));
    let first = |status: &str| known.iter().find(|row| row.status.as_str() == status).unwrap();
    let unit_of = |status: &str| first(status).unit.clone().unwrap();
    let (conflict, copied) = (unit_of("conflict"), unit_of("duplicate"));
    // Another person signs for a unit that has filed.
    let filed = fs::read(root.join(&first("duplicate").file)).unwrap();
    let filed = Submission::from_bytes(&filed).unwrap();
    let key = SecretKey::from_seed(&[9; 32]);
    let other = seal(&usual(), filed.assessment(), &key, Instant::from_unix(1_798_000_000));
    fs::write(root.join("files/zz.json"), other.to_text()).unwrap();
    let quiet = known.iter().filter(|row| row.status.as_str() == "verified");
    let quiet: Vec<&str> = quiet.map(|row| row.unit.as_deref().unwrap()).collect();
    let quiet = quiet.into_iter().find(|name| *name != copied && *name != conflict).unwrap();
    let list = format!("unit,deadline\n{conflict},\n{copied},\n{quiet},2027-02-01\nNobody,\n");
    fs::write(root.join("units.csv"), list).unwrap();
    let args = ["register", "files", "--received", DAY, "--units", "units.csv", "--json"];
    let more = ["--deadline", "2027-01-31", "--out", "r.csv", "--force"];
    let told: Value =
        serde_json::from_str(&runs(root, &[&args[..], &more, &trust].concat())).unwrap();
    assert_eq!(told["missing"], json!(["Nobody"]));
    assert_eq!(told["conflict"], json!([conflict]));
    assert_eq!(told["twice"], json!([copied]));
    assert_eq!(told["late"], json!([]), "the list's own deadline holds for {quiet}");
}

#[test]
fn units_of_one_name_are_told_apart_by_code_or_parent() {
    let folder = one_form();
    let root = folder.path();
    let form = named("Chi bộ xóm Hoà Bình");
    let parent = &form.assessment().unit.parent;
    let list =
        format!("unit;parent\nChi bộ xóm Hòa Bình;Đảng bộ khác\nChi bộ xóm Hòa Bình;{parent}\n");
    fs::write(root.join("units.csv"), list).unwrap();
    assert!(told(root, "units.csv", &[]).contains("1 of 2 units have not filed"));
    let list = "unit;parent\nChi bộ xóm Hòa Bình;A\nChi bộ xóm Hòa Bình;B\n";
    fs::write(root.join("units.csv"), list).unwrap();
    assert!(told(root, "units.csv", &[]).contains("2 of 2 units have not filed"));
}

/// LibreOffice opens the workbook and gives the same numbers, where `scripts/test.sh office` finds it.
#[test]
fn an_office_program_opens_the_workbook() {
    let Ok(office) = std::env::var("SOFFICE") else { return };
    let (folder, ..) = faulty("60", "all=1");
    let root = folder.path();
    let trust = ["--trust", "files-trust-1.json"];
    let known = rows(&register(root, &["files"], &trust));
    runs(
        root,
        &[&["register", "files", "--received", DAY, "--out", "r.xlsx"][..], &trust].concat(),
    );
    let home = format!("-env:UserInstallation=file://{}/home", root.display());
    let mut command = Command::new(office);
    // Every sheet as CSV, in UTF-8 (76), separated by commas.
    let filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1";
    command.args([&home, "--headless", "--convert-to", filter, "r.xlsx"]).current_dir(root);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let read = |sheet: &str| {
        let text = fs::read(root.join(format!("r-{sheet}.csv"))).unwrap();
        bon_tot::desk::register::table_of(&text).unwrap()
    };
    let units = read("units");
    assert_eq!(units.len(), known.len() + 1);
    for (line, row) in units[1..].iter().zip(&known) {
        assert_eq!((line[0].as_str(), line[1].as_str()), (row.file.as_str(), row.status.as_str()));
    }
    let items = read("items");
    let forms = known.iter().filter(|row| row.status.as_str() == "verified").count();
    let number = |text: &str| text.parse::<usize>().unwrap();
    for line in items[1..].iter().filter(|line| line[2] == "criterion" && line[5].is_empty()) {
        let (passed, all) = (number(&line[7]), number(&line[6]));
        assert_eq!(all, forms);
        let tenths = (passed * 2000 + all) / (all * 2);
        assert_eq!(line[11], format!("{}.{}%", tenths / 10, tenths % 10), "{line:?}");
    }
    assert_eq!(read("missing").len(), 2);
}
