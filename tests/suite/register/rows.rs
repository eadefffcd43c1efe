//! Rows: the members of the spec in its order, read strictly, and safe in a spreadsheet.

use std::fs;
use std::process::Command;

use bon_tot::desk::TrustList;
use bon_tot::desk::register::{Columns, MEMBERS, MemoryError, MemoryShelf, Register, Row};
use bon_tot::json::{Json, parse};
use tempfile::TempDir;

use super::{day, named, received, row_of, runs, texts};

/// The members of a row as spec s. 10 lists them.
const SPEC: [&str; 27] = [
    "file",
    "status",
    "detail",
    "digest",
    "check_code",
    "assessment",
    "revision",
    "kid",
    "unit",
    "unit_code",
    "level",
    "type",
    "parent",
    "superior",
    "pack",
    "pack_version",
    "period_kind",
    "period_from",
    "period_to",
    "verdict",
    "received",
    "decision",
    "decision_date",
    "criteria",
    "items",
    "facts",
    "points",
];

fn names(line: &str) -> Vec<String> {
    let Json::Object(members) = parse(line.trim_end().as_bytes(), usize::MAX).unwrap() else {
        panic!("{line}");
    };
    members.into_iter().map(|(name, _)| name).collect()
}

#[test]
fn a_row_has_the_members_of_the_spec_in_its_order() {
    let row = row_of("a.json", &texts(1)[0], &TrustList::default(), "2027-02-01");
    assert_eq!(names(&row.line()), MEMBERS);
    assert_eq!(names(&Row::refused("a", "b", day("2027-02-01")).line()), MEMBERS);
    assert_eq!(MEMBERS[..SPEC.len()], SPEC);
    assert_eq!(row.line().matches('\n').count(), 1);
    assert!(row.line().ends_with("}\n"));
}

#[test]
fn a_line_is_read_strictly() {
    let row = row_of("a.json", &texts(1)[0], &TrustList::default(), "2027-02-01");
    let line = row.line();
    assert_eq!(Row::from_line(&line), Ok(row.clone()));
    let changed = |from: &str, to: &str| {
        assert!(line.contains(from), "{from}");
        Row::from_line(&line.replacen(from, to, 1)).map_err(|error| error.to_string())
    };
    for (from, to, error) in [
        ("{\"file\"", "{\"x\":1,\"file\"", "/x"),
        ("\"file\":\"a.json\",", "", "/file"),
        ("\"status\":\"unknown_key\"", "\"status\":\"fine\"", "/status"),
        ("\"status\":\"unknown_key\"", "\"status\":\"verified\"", "/own_status"),
        ("\"own_status\":\"unknown_key\"", "\"own_status\":\"duplicate\"", "/own_status"),
        ("\"revision\":", "\"revision\":1.5,\"r\":", "/revision"),
        ("\"1.01\":\"met\"", "\"1.01\":\"good\"", "/items/1.01"),
        ("\"2027-02-01\"", "\"2027-02-30\"", "/received"),
    ] {
        let told = changed(from, to).unwrap_err();
        assert!(told.contains(error), "{to}: {told}");
    }
    // A row of another program that knows only the spec.
    let own = line.find(",\"trusted_as\"").unwrap();
    let plain = format!("{}}}", &line[..own]);
    assert_eq!(names(&plain), SPEC);
    assert_eq!(Row::from_line(&plain), Ok(row));
    let across = plain.replacen("unknown_key", "superseded", 1);
    let across = Row::from_line(&across).unwrap();
    assert_eq!(across.own_status.map(|own| own.as_str()), Some("unknown_key"));
}

#[test]
fn what_is_not_known_is_null_and_nothing_stated_is_taken_for_a_result() {
    let text = &texts(1)[0];
    let trust = TrustList::default();
    let row = row_of("a", text, &trust, "2027-02-01");
    assert!(row.verdict.is_some() && row.items.as_ref().unwrap().len() > 30);
    let other = text.replacen("\"revision\":", "\"revision\":9", 1);
    let forged = row_of("a", &other, &trust, "2027-02-01");
    assert_eq!(forged.status.as_str(), "bad_signature");
    assert!(forged.unit.is_some() && forged.digest.is_some());
    assert_eq!((forged.verdict, forged.items, forged.facts, forged.kid), (None, None, None, None));
}

#[test]
fn a_long_name_does_not_make_a_long_row() {
    let (a, b) = ("x".repeat(300_000), format!("{}y", "x".repeat(300_000)));
    let trust = TrustList::default();
    let [a, b] = [a, b].map(|name| row_of(&name, &named(&name).to_text(), &trust, "2027-02-01"));
    assert!(a.line().len() < 20_000);
    assert_eq!((&a.unit, &a.file), (&b.unit, &b.file));
    assert_ne!(a.unit_key, b.unit_key);
}

/// The cells of a CSV text by RFC 4180, read by a reader of its own.
fn cells(text: &str) -> Vec<Vec<String>> {
    let (mut lines, mut line, mut cell, mut quoted) =
        (Vec::new(), Vec::new(), String::new(), false);
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if !quoted => quoted = true,
            '"' if signs.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' => quoted = false,
            ',' if !quoted => line.push(std::mem::take(&mut cell)),
            '\r' if !quoted && signs.next_if_eq(&'\n').is_some() => {
                line.push(std::mem::take(&mut cell));
                lines.push(std::mem::take(&mut line));
            }
            sign => cell.push(sign),
        }
    }
    assert!(!quoted && cell.is_empty() && line.is_empty(), "{text}");
    lines
}

#[test]
fn no_cell_is_run_by_a_spreadsheet() {
    let bad = [
        "=1+1",
        "+84",
        "-2",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "=HYPERLINK(\"http://a\",\"b\")",
        "a,\"b\"\r\nc",
    ];
    let folder = TempDir::new().unwrap();
    for (number, name) in bad.iter().enumerate() {
        fs::write(folder.path().join(format!("{number}.json")), named(name).to_text()).unwrap();
    }
    fs::write(folder.path().join("=cmd.json"), "no form").unwrap();
    runs(
        folder.path(),
        &["register", ".", "--out", "../r.csv", "--received", "2027-02-01", "--force"],
    );
    let text = fs::read(folder.path().join("../r.csv")).unwrap();
    fs::remove_file(folder.path().join("../r.csv")).unwrap();
    let text = String::from_utf8(text).unwrap();
    let text = text.strip_prefix('\u{feff}').expect("a BOM");
    let lines = cells(text);
    assert_eq!(lines.len(), 1 + bad.len() + 1);
    assert!(lines.iter().all(|line| line.len() == lines[0].len()));
    let active = |cell: &&String| cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    assert_eq!(lines.iter().flatten().filter(active).count(), 0);
    let unit = lines[0].iter().position(|name| name == "unit").unwrap();
    let units: Vec<&str> = lines[1..].iter().map(|line| line[unit].as_str()).collect();
    for name in bad {
        let guarded = format!("'{name}");
        assert!(units.contains(&guarded.as_str()) || units.contains(&name), "{name:?}: {units:?}");
    }
}

#[test]
fn every_criterion_and_item_has_a_column() {
    let mut register = Register::new(MemoryShelf::default());
    let trust = TrustList::default();
    for (number, text) in texts(6).iter().enumerate() {
        register
            .add::<MemoryError>(row_of(&number.to_string(), text, &trust, "2027-02-01"))
            .unwrap();
    }
    let columns: &Columns = register.columns();
    let head = cells(columns.csv_head().strip_prefix('\u{feff}').unwrap()).remove(0);
    let mut checked = 0;
    register
        .rows(|settled| {
            let row = settled.row()?;
            let line = cells(&columns.csv_line(&row)).remove(0);
            let cell = |name: &str| &line[head.iter().position(|own| own == name).unwrap()];
            for (id, verdict) in row.items.iter().flat_map(|items| items.iter()) {
                assert_eq!(cell(&format!("items.{id}")), verdict.as_str());
                checked += 1;
            }
            for (id, verdict) in row.criteria.iter().flat_map(|criteria| criteria.iter()) {
                assert_eq!(cell(&format!("criteria.{id}")), verdict.as_str());
            }
            assert_eq!(cell("file"), &row.file);
            assert!(cell("facts").starts_with("{\""));
            assert!(!head.iter().any(|name| name == "items" || name == "criteria"));
            Ok::<(), MemoryError>(())
        })
        .unwrap();
    assert!(checked > 300, "{checked}");
}

#[test]
fn everything_in_a_folder_is_a_row_but_the_register() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    fs::create_dir_all(root.join("in/deep/er")).unwrap();
    let text = &texts(1)[0];
    fs::write(root.join("in/a.json"), text).unwrap();
    fs::write(root.join("in/deep/er/b.JSON"), text).unwrap();
    fs::write(root.join("in/deep/letter.txt"), "Kính gửi").unwrap();
    fs::write(root.join("in/empty"), "").unwrap();
    fs::write(root.join("in/scan.pdf"), "%PDF-1.7 …").unwrap();
    fs::write(root.join("in/large.json"), "[".repeat(3 << 20)).unwrap();
    fs::write(root.join("in/utf16.json"), [0xff, 0xfe, b'{', 0]).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("/", root.join("in/link")).unwrap();
        assert!(Command::new("mkfifo").arg(root.join("in/pipe")).status().unwrap().success());
    }
    let first = received(root, &["in"], &[]);
    assert_eq!(first.values().filter(|row| row.status.as_str() == "malformed").count(), 7);
    assert_eq!(first["in/a.json"].status.as_str(), "unknown_key");
    assert_eq!(
        super::said(&first, "in/deep/er/b.JSON"),
        ("duplicate", "same content as in/a.json")
    );
    for (file, why) in [
        ("in/empty", "the file is empty"),
        ("in/scan.pdf", "the PDF is damaged"),
        ("in/large.json", "2097152"),
        ("in/link", "a link"),
        ("in/pipe", "no file but a pipe"),
    ] {
        let (status, told) = super::said(&first, file);
        assert!(status == "malformed" && told.contains(why), "{file}: {told}");
    }
    // The register may stand in the folder itself.
    for _ in 0..2 {
        runs(
            root,
            &["register", "in", "--out", "in/r.ndjson", "--force", "--received", super::DAY],
        );
        let rows = super::rows(&fs::read(root.join("in/r.ndjson")).unwrap());
        assert_eq!(rows.len(), first.len());
    }
}
