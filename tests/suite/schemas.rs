//! Our JSON Schemas in the hands of another implementation of draft 2020-12: npm's ajv, run by node
//! with `tests/schema/check.mjs`.
#![cfg(test)] // so that clippy knows these helpers for tests

use std::fs;
use std::path::Path;
use std::process::Command;

use bon_tot::cli::sample::Samples;
use bon_tot::cli::schema::Format;
use bon_tot::desk::register::Row;
use bon_tot::desk::{Reception, TrustList};
use bon_tot::json::{canonical, to_canonical};
use bon_tot::pack::catalog::{BUILT_IN, Catalog};
use bon_tot::value::Date;
use serde_json::Value;
use tempfile::TempDir;

/// What the schema says against each text; `None` where it accepts it.
fn faults(format: Format, texts: &[&str]) -> Vec<Option<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert!(
        root.join("node_modules/ajv").is_dir(),
        "node_modules/ajv is missing: run scripts/setup.sh npm (or npm ci), then try again"
    );
    let folder = TempDir::new().unwrap();
    let schema = format.schema().as_value().to_string();
    let all = std::iter::once(schema.as_str()).chain(texts.iter().copied());
    let written = all.enumerate().map(|(n, text)| {
        let path = folder.path().join(n.to_string());
        fs::write(&path, text).unwrap();
        path
    });
    let output = Command::new("node")
        .arg(root.join("tests/schema/check.mjs"))
        .args(written)
        .output()
        .expect("node is missing: install Node.js 20 or later, then try again");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn borrowed(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

#[track_caller]
fn accepts(format: Format, texts: &[&str]) {
    for (text, fault) in texts.iter().zip(faults(format, texts)) {
        assert_eq!(fault, None, "{text}");
    }
}

/// Every object in a JSON value, by its JSON Pointer.
fn objects(json: &Value, pointer: &str, found: &mut Vec<String>) {
    match json {
        Value::Object(members) => {
            found.push(pointer.to_owned());
            for (name, value) in members {
                objects(value, &format!("{pointer}/{name}"), found);
            }
        }
        Value::Array(list) => {
            for (place, value) in list.iter().enumerate() {
                objects(value, &format!("{pointer}/{place}"), found);
            }
        }
        _ => {}
    }
}

/// The schema accepts the text, and refuses it with one unknown member in any object of it, except
/// below `open`, where any name may stand.
#[track_caller]
fn knows_every_member(format: Format, text: &str, open: &[&str]) {
    accepts(format, &[text]);
    let json: Value = serde_json::from_str(text).unwrap();
    let mut places = Vec::new();
    objects(&json, "", &mut places);
    places.retain(|place| !open.iter().any(|end| place.ends_with(end)));
    let changed: Vec<String> = places
        .iter()
        .map(|place| {
            let mut json = json.clone();
            let Some(Value::Object(object)) = json.pointer_mut(place) else {
                unreachable!("{place} is an object");
            };
            object.insert("no_such_member".to_owned(), Value::from(1));
            json.to_string()
        })
        .collect();
    for (place, fault) in places.iter().zip(faults(format, &borrowed(&changed))) {
        assert!(fault.is_some(), "{place} takes any member");
    }
}

#[test]
fn packs_fit_their_schema() {
    for built_in in &BUILT_IN {
        knows_every_member(Format::Pack, built_in.text, &[]);
    }
    accepts(Format::Pack, &[include_str!("cmd/data/small.json")]);
}

#[test]
fn submissions_and_their_parts_fit_their_schemas() {
    let pack = BUILT_IN[0].read().unwrap();
    let made = Samples::new(&pack, 7).unwrap();
    let samples: Vec<_> = (0..40).map(|n| made.submission(n).unwrap()).collect();
    let sealed: Vec<String> = samples.iter().map(|one| one.to_text()).collect();
    let forms: Vec<String> = samples.iter().map(|one| to_canonical(&one.assessment())).collect();
    let outcomes: Vec<String> = samples.iter().map(|one| canonical(one.stated_outcome())).collect();
    accepts(Format::Submission, &borrowed(&sealed));
    accepts(Format::Assessment, &borrowed(&forms));
    accepts(Format::Outcome, &borrowed(&outcomes));
    knows_every_member(Format::Submission, &sealed[0], &["/fields", "/facts", "/adjustments"]);
}

#[test]
fn rows_of_a_register_fit_their_schema() {
    let pack = BUILT_IN[1].read().unwrap();
    let made = Samples::new(&pack, 7).unwrap();
    let (packs, trust) = (Catalog::built_in().unwrap(), TrustList::default());
    let reception = Reception { packs: &packs, trust: &trust, now: None };
    let day = Date::new(2027, 2, 1).unwrap();
    let sealed = (0..20).map(|n| made.submission(n).unwrap().to_text());
    let texts = sealed.chain(["no form".to_owned()]);
    let rows = texts.map(|text| Row::receive(&reception, "a.json", text.as_bytes(), day));
    let lines: Vec<String> = rows.map(|row| row.line()).collect();
    accepts(Format::Register, &borrowed(&lines));
    assert!(lines[0].contains("\"points\":{"), "a row with points is among them");
    knows_every_member(Format::Register, &lines[0], &["/criteria", "/items", "/facts"]);
}

#[test]
fn one_file_of_each_kind_fits_only_its_own_schema() {
    let files = [
        (Format::Pack, include_str!("cmd/data/small.json")),
        (Format::Assessment, include_str!("cmd/data/good.json")),
        (Format::Submission, include_str!("cmd/data/signed-r1.json")),
        (Format::Key, include_str!("cmd/data/unit-card.json")),
        (Format::Trust, include_str!("cmd/data/trust.json")),
    ];
    let texts = files.map(|(_, text)| text);
    for (own, (format, _)) in files.iter().enumerate() {
        for (place, fault) in faults(*format, &texts).iter().enumerate() {
            assert_eq!(fault.is_none(), place == own, "{format:?}: file {place}: {fault:?}");
        }
    }
}
