//! `bontot receive`: a receipt for every line, in order, whatever the lines are.

use std::io::Write;
use std::process::{Command, Stdio};

use bon_tot::desk::register::Row;
use tempfile::TempDir;

use super::{DAY, faulty, register, texts};

/// The receipts of some lines.
fn receipts(folder: &std::path::Path, input: &[u8], more: &[&str]) -> Vec<Row> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_bontot"))
        .args(["receive", "-", "--received", DAY])
        .args(more)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| Row::from_line(line).unwrap()).collect()
}

fn line(file: &str, text: &str) -> String {
    serde_json::json!({ "file": file, "text": text }).to_string()
}

#[test]
fn a_bad_line_never_ends_the_stream() {
    let folder = TempDir::new().unwrap();
    let text = &texts(1)[0];
    let long = format!("{{\"file\":\"long\",\"text\":\"{}\"}}", "x".repeat(7 << 20));
    let bom = format!("\u{feff}{text}");
    let lines = [
        line("sound", text),
        "not JSON".into(),
        String::new(),
        "{\"file\":\"no text\"}".into(),
        "{\"file\":\"more\",\"text\":\"\",\"x\":1}".into(),
        "{\"file\":7,\"text\":\"\"}".into(),
        long,
        line("empty", ""),
        line("large", &" ".repeat(3 << 20)),
        line("bom", &bom),
        "[]".into(),
    ];
    let mut input = lines.join("\n").into_bytes();
    input.extend_from_slice(b"\r\n\xff\xfe\n");
    input.extend_from_slice(line("last", text).as_bytes());
    let rows = receipts(folder.path(), &input, &[]);
    let told: Vec<(&str, &str)> =
        rows.iter().map(|row| (row.file.as_str(), row.status.as_str())).collect();
    let bad = "malformed";
    assert_eq!(
        told,
        [
            ("sound", "unknown_key"),
            ("line 2", bad),
            ("no text", bad),
            ("more", bad),
            ("line 6", bad),
            ("line 7", bad),
            ("empty", bad),
            ("large", bad),
            ("bom", "unknown_key"),
            ("line 11", bad),
            ("line 12", bad),
            ("last", "unknown_key"),
        ]
    );
    let detail = |place: usize| rows[place].detail.as_deref().unwrap_or_default();
    assert!(detail(2).starts_with("the line that should hold the file: /text"), "{}", detail(2));
    assert_eq!(detail(5), "the line is too long");
    assert!(!detail(6).contains("the line"), "{}", detail(6));
}

#[test]
fn receipts_come_in_order_and_make_the_same_register() {
    let (folder, names, _) = faulty("120", "all=4");
    let mut input = String::new();
    for name in &names {
        let text = std::fs::read(folder.path().join(name)).unwrap();
        input.push_str(&line(name.to_str().unwrap(), &String::from_utf8(text).unwrap()));
        input.push('\n');
    }
    let trust = ["--trust", "files-trust-1.json"];
    let one =
        receipts(folder.path(), input.as_bytes(), &[&trust[..], &["--threads", "1"]].concat());
    let files: Vec<&str> = one.iter().map(|row| row.file.as_str()).collect();
    assert_eq!(files, names.iter().map(|name| name.to_str().unwrap()).collect::<Vec<_>>());
    assert!(one.iter().all(|row| Some(row.status) == row.own_status));
    assert!(one.iter().all(|row| row.unit_key.is_some() == row.unit.is_some()));
    let four =
        receipts(folder.path(), input.as_bytes(), &[&trust[..], &["--threads", "4"]].concat());
    assert_eq!(one, four);
    let lines: String = one.iter().map(Row::line).collect();
    std::fs::write(folder.path().join("receipts.ndjson"), lines).unwrap();
    let merged = register(folder.path(), &[], &["--merge", "receipts.ndjson"]);
    assert_eq!(merged, register(folder.path(), &["files"], &trust));
}
