//! `malformed`, `unknown_pack` and `outcome_differs`: files that are truly signed, but not right.

use bon_tot::desk::{Detail, Status};
use bon_tot::json::{FILE_LIMIT, Json, to_json};

use super::*;

const UNKNOWN: &str = "this member is not known here";

/// A file of the form after one edit of its text, signed as it should be. The outcome is whatever
/// it was before, unless the edited form can be scored.
#[track_caller]
fn edited(from: &str, to: &str) -> String {
    assert_eq!(FORM.matches(from).count(), 1, "{from}");
    let text = FORM.replace(from, to);
    let assessment = parse(text.as_bytes(), FILE_LIMIT).unwrap();
    signed(&unsigned(assessment, to_json(&outcome(&tiny(), &form()))))
}

#[test]
fn a_file_that_is_no_submission_is_malformed() {
    let number = "only integers within ±(2^53 − 1) are allowed";
    let twice = "this member stands twice";
    let lengths = "expected an array of 1 to 8 values";
    let sound = SOUND.trim_end();
    let from = sound.find("\"signatures\":").unwrap();
    let without = |list: &str| format!("{}\"signatures\":{list}}}", &sound[..from]);
    let one = &sound[from + "\"signatures\":[".len()..sound.len() - 2];
    let nine = format!("[{}]", [one; 9].join(","));
    let unprotected = format!("[{},\"header\":{{}}}}]", &one[..one.len() - 1]);
    let deep = format!("{}{}", "[".repeat(33), "]".repeat(33));
    let half = sound.len() / 2;
    let cut = format!("cut short: the text ends at line 1, column {half}, before it is complete");
    #[rustfmt::skip]
    let table = [
        (String::new(), "the file is empty"),
        ("{}".into(), "not a file of Bốn Tốt: it names no format of ours"),
        ("[]".into(), "expected an object"),
        (sound.replace("submission/1", "submission/2"), "/format: made by a newer version: bontot.submission/2, where bontot.submission/1 is read here"),
        (sound.replace("submission/1", "key/1"), "/format: expected bontot.submission/1, not bontot.key/1"),
        (sound[..half].into(), &cut),
        (format!("\u{feff}<!doctype html>{sound}"), "a web page (HTML) and not the file itself"),
        (sound.replace("\"place\":", "\"place\":\"\",\"place\":"), &format!("/assessment/place: {twice}")),
        (sound.replace("\"format\":\"bontot.sub", "\"format\":\"x\",\"format\":\"bontot.sub"), &format!("/format: {twice}")),
        (sound.replace("\"place\":", "\"palace\":"), &format!("/assessment/palace: {UNKNOWN}")),
        (sound.replacen('{', "{\"payload\":\"\",", 1), &format!("/payload: {UNKNOWN}")),
        (sound.replace("\"n\":20", "\"n\":20.0"), &format!("/assessment/facts/n: {number}")),
        (sound.replace("\"n\":20", "\"n\":2e1"), &format!("/assessment/facts/n: {number}")),
        (sound.replace("\"revision\":1", "\"revision\":9007199254740992"), &format!("/assessment/revision: {number}")),
        (sound.replace("\"outcome\":{", "\"outcome\":[],\"outcomes\":{"), "/outcome: expected an object"),
        (signed(&unsigned(to_json(&form()), Json::Null)), "/outcome: expected an object"),
        (without("[]"), &format!("/signatures: {lengths}")),
        (without(&nine), &format!("/signatures: {lengths}")),
        (without(&unprotected), &format!("/signatures/0/header: {UNKNOWN}")),
        (without("[{\"protected\":\"\"}]"), "/signatures/0/signature: this member is missing"),
        (without("{}"), "/signatures: expected an array"),
        (without(&deep), &format!("/signatures{}: nested deeper than 32", "/0".repeat(31))),
        (format!("{}{}", " ".repeat(FILE_LIMIT), sound), "larger than 2097152 bytes"),
    ];
    for (text, detail) in table {
        let receipt = received(text.as_bytes());
        let told = receipt.detail.map(|d| d.to_string());
        assert_eq!((receipt.status, told.as_deref()), (Status::Malformed, Some(detail)));
        assert_eq!(receipt.received, None, "{detail}");
    }
    assert_eq!(received(b"{\"format\":\"\xFF\"}").detail.unwrap().to_string(), "not UTF-8 text");
}

#[test]
fn a_form_that_breaks_its_own_format_is_malformed() {
    #[rustfmt::skip]
    let table = [
        (r#""id": "0123456789ABCDEFGHJKMNPQRS""#, r#""id": "0123456789ABCDEFGHJKMNPQRI""#, "/id: expected 26 Crockford base-32 characters"),
        (r#""to": "2026-12-31""#, r#""to": "2025-12-31""#, "/period/to: expected a day that is not before the period begins"),
        (r#""to": "2026-12-31""#, r#""to": "2026-02-30""#, "/period/to: expected a calendar day, YYYY-MM-DD"),
        (r#""kind": "year""#, r#""kind": "week""#, "/period/kind: expected one of: month, quarter, half_year, year, school_year, pilot"),
        (r#""updated": "2026-11-20T01:02:03Z""#, r#""updated": "2026-11-20T01:02:03+07:00""#, "/updated: expected a UTC time, YYYY-MM-DDThh:mm:ssZ"),
        (r#""revision": 0"#, r#""revision": 1000001"#, "/revision: expected an integer from 0 to 1000000"),
        (r#""revision": 0"#, r#""revision": -1"#, "/revision: expected an integer from 0 to 1000000"),
        (r#""eligible": 11"#, r#""eligible": -1"#, "/vote/eligible: expected an integer from 0 to 1000000000"),
        (r#""verdict": "met""#, r#""verdict": "unanswered""#, "/items/i2/verdict: expected one of: met, not_met, not_applicable"),
        (r#""num": 17"#, r#""num": true"#, "/items/i1/fields/num: expected an integer, a string or null"),
        (r#""gates": {}"#, r#""gates": {"G1": {}}"#, "/gates/G1/open: this member is missing"),
        (r#""gates": {}"#, r#""gates": {"G 1": {"open": true}}"#, "/gates/G 1: expected an id of 1 to 40 characters A-Z a-z 0-9 . _ -"),
    ];
    for (from, to, detail) in table {
        check(&edited(from, to), Status::Malformed, &format!("/assessment{detail}"));
    }
}

#[test]
fn answers_that_the_pack_does_not_allow_are_malformed() {
    let number = "expected an integer from 0 to 50";
    #[rustfmt::skip]
    let table = [
        (r#""level": "cell""#, r#""level": "committee""#, "/unit/level", "expected an id of 1 to 40 characters A-Z a-z 0-9 . _ -"),
        (r#""type": "village""#, r#""type": "agency""#, "/unit/type", "expected an id of 1 to 40 characters A-Z a-z 0-9 . _ -"),
        (r#""kind": "year""#, r#""kind": "month""#, "/period/kind", "expected one of: month, quarter, half_year, year, school_year, pilot"),
        (r#""n": 20"#, r#""n": 20, "m": 1"#, "/facts/m", UNKNOWN),
        (r#""n": 20"#, r#""n": 0"#, "/facts/n", "expected an integer from 1 to 100"),
        (r#""n": 20"#, r#""n": 101"#, "/facts/n", "expected an integer from 1 to 100"),
        (r#""i2": {"#, r#""i3": {"#, "/items/i3", UNKNOWN),
        (r#""num": 17"#, r#""other": 17"#, "/items/i1/fields/other", UNKNOWN),
        (r#""num": 17"#, r#""num": 51"#, "/items/i1/fields/num", number),
        (r#""num": 17"#, r#""num": -1"#, "/items/i1/fields/num", number),
        (r#""num": 17"#, r#""num": "17""#, "/items/i1/fields/num", number),
        (r#""day": "2026-05-01""#, r#""day": "2026-05-32""#, "/items/i1/fields/day", "expected a calendar day, YYYY-MM-DD"),
        (r#""day": "2026-05-01""#, r#""day": 20260501"#, "/items/i1/fields/day", "expected a calendar day, YYYY-MM-DD"),
        (r#""txt": "Ghi \"chú\"\nhai dòng""#, r#""txt": 1"#, "/items/i1/fields/txt", "expected a string"),
        (r#""pick": "x""#, r#""pick": "z""#, "/items/i1/fields/pick", "expected an id of 1 to 40 characters A-Z a-z 0-9 . _ -"),
        (r#""pick": "x""#, r#""pick": 1"#, "/items/i1/fields/pick", "expected an id of 1 to 40 characters A-Z a-z 0-9 . _ -"),
        (r#""gates": {}"#, r#""gates": {"G2": {"open": false}}"#, "/gates/G2", UNKNOWN),
        (r#""A1": 1"#, r#""A2": 1"#, "/adjustments/A2", UNKNOWN),
        (r#""A1": 1"#, r#""A1": 4"#, "/adjustments/A1", "expected an integer from 0 to 3"),
        (r#""A1": 1"#, r#""A1": -1"#, "/adjustments/A1", "expected an integer from 0 to 3"),
    ];
    for (from, to, pointer, fault) in table {
        let detail = format!("/assessment{pointer}: {fault}");
        check(&edited(from, to), Status::Malformed, &detail);
    }
}

#[test]
fn a_pack_is_known_by_its_digest_and_has_one_identity() {
    let digest = tiny().digest.to_string();
    let other = "0".repeat(64);
    let detail = format!("pack tiny 1.0.0 ({other})");
    check(&edited(&digest, &other), Status::UnknownPack, &detail);
    let identity = "the pack with this digest has another id or version";
    let id = edited(r#""id": "tiny""#, r#""id": "nghe-an-2024""#);
    check(&id, Status::Malformed, identity);
    let version = edited(r#""version": "1.0.0""#, r#""version": "1.0.1""#);
    check(&version, Status::Malformed, identity);
}

#[test]
fn statuses_are_told_in_their_order() {
    // An unknown pack, an outcome that is wrong, and no signature that fits.
    let other = edited(&tiny().digest.to_string(), &"0".repeat(64));
    let unknown = received(other.as_bytes());
    assert_eq!(unknown.status, Status::UnknownPack);
    assert!(unknown.received.unwrap().kid.is_some());
    let changed = other.replace("Tân Sơn", "Tân Tiến");
    let bad = received(changed.as_bytes());
    assert_eq!(bad.status, Status::BadSignature);
    assert_eq!(bad.received.unwrap().kid, None);
    // Answers that the pack does not allow come before a signature that does not fit.
    let malformed = edited(r#""num": 17"#, r#""num": 51"#).replace("Tân Sơn", "Tân Tiến");
    assert_eq!(received(malformed.as_bytes()).status, Status::Malformed);
}

#[test]
fn an_outcome_that_differs_names_the_item() {
    let form = sealed(&form()).assessment().clone();
    let right = to_json(&outcome(&tiny(), &form));
    let state = |from: &str, to: &str| {
        let text = canonical(&right);
        assert_eq!(text.matches(from).count(), 1, "{from}");
        let stated = parse(text.replace(from, to).as_bytes(), FILE_LIMIT).unwrap();
        signed(&unsigned(to_json(&form), stated))
    };
    let reason = r#"{"criterion":"C1","item":"i1","rule":"mandatory_not_met"}"#;
    let text = state(reason, "");
    let detail = format!("item i1, /reasons/0: stated nothing, recomputed {reason}");
    check(&text, Status::OutcomeDiffers, &detail);
    let receipt = received(text.as_bytes());
    let Some(Detail::Outcome(difference)) = receipt.detail else {
        unreachable!("the outcome differs")
    };
    assert_eq!(difference.item.as_deref(), Some("i1"));

    #[rustfmt::skip]
    let table = [
        (r#""item":"i1""#, r#""item":"i2""#, r#"item i1, /reasons/0/item: stated "i2", recomputed "i1""#),
        (r#""verdict":"not_eligible","#, r#""verdict":"eligible","#, r#"/verdict: stated "eligible", recomputed "not_eligible""#),
        (r#""verdict":"not_eligible","#, "", r#"/verdict: stated nothing, recomputed "not_eligible""#),
        (r#""spec":1"#, r#""spec":2"#, "/spec: stated 2, recomputed 1"),
        (r#""earned":7,"#, r#""earned":10,"#, "/criteria/0/earned: stated 10, recomputed 7"),
        (r#""vote":"passed""#, r#""vote":"passed","seal":true"#, "/seal: stated true, recomputed nothing"),
    ];
    for (from, to, detail) in table {
        check(&state(from, to), Status::OutcomeDiffers, detail);
    }
}
