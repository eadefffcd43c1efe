//! Scored cases, worked out by hand from spec s. 2.3–2.7: the same outcome, byte for byte, here and
//! in a browser. Files under `vectors/outcome/v1` are only ever added.
#![cfg(test)] // so that clippy knows these helpers for tests

#[path = "vectors/cases.rs"]
mod cases;

use std::collections::BTreeSet;
use std::fs;

use cases::{CASES, replay};

#[test]
fn every_case_gives_its_outcome_and_its_plan() {
    let failed: Vec<_> = CASES
        .iter()
        .filter_map(|(name, text)| Some(format!("{name}: {}", replay(text).err()?)))
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn every_file_is_listed_once_and_in_order() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/vectors/outcome/v1");
    let files: BTreeSet<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let listed: Vec<String> = CASES.iter().map(|(name, _)| format!("{name}.json")).collect();
    assert_eq!(listed, files.into_iter().collect::<Vec<_>>());
}

/// The replay compares: each stated member, once changed, is told.
#[test]
fn a_case_with_another_outcome_or_plan_fails() {
    let (_, text) = CASES.iter().find(|(name, _)| *name == "an_open_pending_gate_waits").unwrap();
    for (from, to) in [
        (r#""verdict": "pending", "#, r#""verdict": "eligible", "#),
        (r#""rule": "gate_pending""#, r#""rule": "gate_open""#),
        (r#""vote": "not_required""#, r#""vote": "missing""#),
        (r#""step": "close_gate""#, r#""step": "declare_gate""#),
        (r#""spec": 1"#, r#""spec": 2"#),
    ] {
        assert!(text.contains(from), "{from}");
        assert!(replay(&text.replace(from, to)).is_err(), "{from}");
    }
}
