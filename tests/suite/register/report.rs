//! The page that sums a register up: its numbers counted once more, and its HTML read by Python with
//! `tests/register/page.py`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use bon_tot::desk::register::{Participation, Row, Share, ceiling};
use bon_tot::form::Assessment;
use bon_tot::seal::{SecretKey, seal};
use bon_tot::value::Instant;
use serde_json::Value;
use tempfile::TempDir;

use super::{faulty, named, python, refused, register, rows, runs, usual};

/// The tables of a page, each by the heading above it.
#[track_caller]
fn read(path: &Path) -> (BTreeMap<String, Vec<Vec<String>>>, Value) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/register/page.py");
    let output = python().arg(script).arg(path).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let tables: Vec<(String, Vec<Vec<String>>)> =
        serde_json::from_value(told["tables"].clone()).unwrap();
    (tables.into_iter().collect(), told)
}

fn tenths(part: usize, whole: usize) -> String {
    if whole == 0 {
        return String::new();
    }
    let tenths = (part * 2000 + whole) / (whole * 2);
    format!("{}.{}\u{a0}%", tenths / 10, tenths % 10)
}

#[test]
fn the_numbers_are_those_of_the_rows() {
    let (folder, ..) = faulty("300", "all=1%,conflict=4");
    let root = folder.path();
    let known = rows(&register(root, &["files"], &["--trust", "files-trust-1.json"]));
    runs(root, &["report", "out.ndjson", "--lang", "en", "--out", "r.html"]);
    let (tables, _) = read(&root.join("r.html"));
    let counted: Vec<&Row> = known.iter().filter(|row| row.status.as_str() == "verified").collect();

    let files = &tables["Files received"];
    for line in &files[1..files.len() - 1] {
        let status = line[0].replace(' ', "_");
        let count = known.iter().filter(|row| row.status.as_str() == status).count();
        assert_eq!(line[1], count.to_string(), "{status}");
    }
    assert_eq!(files.last().unwrap()[1], known.len().to_string());

    let pack = usual();
    let type_of = |name: &str| {
        let mut types = pack.types.iter();
        types.find(|own| own.label.text(bon_tot::value::Lang::En) == name).unwrap().id.clone()
    };
    let mut cells = 0;
    for (heading, member, good, left_out) in [
        ("Passed, by type", "criteria", "passed", "none"),
        ("Met, of the forms to which the item applies, by type", "items", "met", "not_applicable"),
    ] {
        let table = &tables[heading];
        for line in &table[1..] {
            let id = line[0].split(' ').next().unwrap();
            for (column, cell) in line.iter().enumerate().skip(1) {
                let own = (column > 1).then(|| type_of(&table[0][column]));
                let forms = counted.iter().filter(|row| own.is_none() || row.unit_type == own);
                let words = forms.filter_map(|row| {
                    let row: Value = serde_json::from_str(&row.line()).unwrap();
                    row[member][id].as_str().map(str::to_owned)
                });
                let words: Vec<String> = words.filter(|word| word != left_out).collect();
                let part = words.iter().filter(|word| *word == good).count();
                assert_eq!(*cell, tenths(part, words.len()), "{heading}: {line:?}");
                cells += 1;
            }
        }
    }
    assert!(cells > 300, "{cells} cells");

    // Worst first, and each as often as it fails.
    let failing = &tables["Items that fail most"];
    let failed = |id: &str| {
        let is_failed = |row: &&&Row| {
            let items = row.items.as_ref().unwrap().iter();
            items
                .into_iter()
                .any(|(own, verdict)| own.as_str() == id && verdict.as_str() == "not_met")
        };
        counted.iter().filter(is_failed).count()
    };
    let counts: Vec<usize> = failing[1..]
        .iter()
        .map(|line| {
            let count = failed(line[0].split(' ').next().unwrap());
            assert!(line[1].starts_with(&format!("{count} of ")), "{line:?}");
            count
        })
        .collect();
    assert_eq!(counts.len(), 10);
    assert!(counts.windows(2).all(|pair| pair[0] >= pair[1]), "{counts:?}");
    let least = *counts.last().unwrap();
    let shown = |id: &str| failing[1..].iter().any(|line| line[0].starts_with(&format!("{id} ")));
    for item in pack.items.iter().filter(|item| !shown(item.id.as_str())) {
        assert!(failed(item.id.as_str()) <= least, "{}", item.id);
    }

    let eligible = counted.iter().filter(|row| row.verdict.unwrap().as_str() == "eligible").count();
    let cap = &tables["Ceiling of “tasks completed excellently”"];
    assert_eq!(cap[1][1..], [eligible.to_string(), (eligible * 20 / 100).to_string()]);
    assert_eq!(cap[3][1], counted.len().to_string());
}

#[test]
fn who_is_still_to_take_part_is_rounded_up_by_type_and_overall() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    fs::create_dir(root.join("in")).unwrap();
    let form = named("Chi bộ xóm Hoà Bình");
    fs::write(root.join("in/a.json"), form.to_text()).unwrap();
    register(root, &["in"], &[]);
    let pack = usual();
    let own = &form.assessment().unit.unit_type;
    let own = &pack.types.iter().find(|one| one.id == *own).unwrap().label;
    let mut list =
        format!("unit;type\nChi bộ xóm Hoà Bình;{}\n", own.text(bon_tot::value::Lang::Vi));
    for number in 0..10 {
        list.push_str(&format!(
            "Xóm {number};{}\n",
            own.text(bon_tot::value::Lang::En).to_uppercase()
        ));
    }
    list.push_str("Trường A;trường học\n\"Không rõ\";\n");
    fs::write(root.join("units.csv"), list).unwrap();
    let args = ["report", "out.ndjson", "--units", "units.csv", "--out", "r.html", "--force"];
    let line = |more: &[&str], name: &str| {
        runs(root, &[&args[..], more].concat());
        let (tables, _) = read(&root.join("r.html"));
        let table = &tables["Tỷ lệ tham gia thí điểm"];
        let line = table.iter().find(|line| line[0] == name);
        line.unwrap_or_else(|| panic!("{name}: {table:?}"))[1..].join(" ")
    };
    let vi = own.text(bon_tot::value::Lang::Vi);
    // Units, needed in all, taking part, still needed: a form of a key that nobody compared does not count.
    assert_eq!(line(&[], vi), "11 2 0 2");
    assert_eq!(line(&["--unknown-keys"], vi), "11 2 1 1");
    assert_eq!(line(&["--unknown-keys"], "trường học"), "1 1 0 1");
    assert_eq!(line(&["--unknown-keys"], "(không ghi)"), "1 1 0 1");
    assert_eq!(line(&["--unknown-keys"], "Tất cả"), "13 2 1 1");
    assert_eq!(line(&["--unknown-keys", "--take-part", "50"], "Tất cả"), "13 7 1 6");
    assert_eq!(Participation::of(1361, 137, 10).needed(), 0);
    assert_eq!(Participation::of(1361, 130, 10).needed(), 7);
    assert_eq!((ceiling(14, 20), ceiling(15, 20), ceiling(4, 20)), (2, 3, 0));
    assert_eq!(Share { part: 1, whole: 0 }.per_mille(), None);
}

#[test]
fn the_page_holds_texts_of_files_and_runs_nothing() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    fs::create_dir(root.join("in")).unwrap();
    let pack = usual();
    let mut form: Assessment = named("Chi bộ <b>").assessment().clone();
    form.unit.parent = "<script>alert('1')</script>&\"\u{202e}".to_owned();
    let key = SecretKey::from_seed(&[9; 32]);
    let sealed = seal(&pack, &form, &key, Instant::from_unix(1_798_000_000));
    fs::write(root.join("in/a.json"), sealed.to_text()).unwrap();
    register(root, &["in"], &[]);
    for lang in ["vi", "en"] {
        let args = ["report", "out.ndjson", "--unknown-keys", "--lang", lang, "--out", "r.html"];
        runs(root, &[&args[..], &["--force"]].concat());
        let text = fs::read_to_string(root.join("r.html")).unwrap();
        assert!(text.starts_with(&format!("<!doctype html>\n<html lang=\"{lang}\">")));
        assert!(text.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot;"));
        assert!(!text.contains('\u{202e}'), "the reading direction is turned");
        let (_, told) = read(&root.join("r.html"));
        let names = told["names"].as_array().unwrap();
        for refused in ["script", "link", "img", "iframe", "a", "form", "b", "object"] {
            assert!(!names.contains(&refused.into()), "{refused}");
        }
        for attribute in told["attributes"].as_array().unwrap() {
            let name = attribute[1].as_str().unwrap();
            assert!(!name.starts_with("on") && name != "style" && name != "src", "{attribute}");
        }
        let policy = told["attributes"].as_array().unwrap().iter().find_map(|attribute| {
            let value = attribute[2].as_str()?;
            value.starts_with("default-src 'none'; style-src 'sha256-").then_some(value)
        });
        assert!(policy.is_some(), "no policy");
    }
    // The same register gives the same page; nothing is overwritten unasked.
    let said = refused(root, &["report", "out.ndjson", "--out", "r.html"]);
    assert!(said.contains("is there already"), "{said}");
    let said = refused(root, &["report", "in/a.json", "--out", "x.html"]);
    assert!(said.contains("in/a.json, line 1"), "{said}");
    fs::write(root.join("empty.ndjson"), "").unwrap();
    runs(root, &["report", "empty.ndjson", "--out", "empty.html"]);
    let (tables, _) = read(&root.join("empty.html"));
    assert_eq!(tables["Tệp đã nhận"].last().unwrap(), &["Tổng cộng", "0"]);
}
