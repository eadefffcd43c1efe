//! Files on which an earlier build did the wrong thing (`vectors/cases`), each with the right answer and the kind of
//! fault that it stands for.
#![cfg(test)] // so that clippy knows these helpers for tests

mod bounds;
mod kinds;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use bon_tot::desk::{
    Appraiser, Receipt, Reception, Status, TrustError, TrustList, appraiser, check_appraisal,
    receive, reconcile,
};
use bon_tot::pack::catalog::Catalog;
use bon_tot::seal::{Appraisal, KeyCard, LockedKey, Submission, Verified};
use bon_tot::value::{Date, Instant, is_code};

const FOLDER: &str = "tests/suite/vectors/cases";
/// What locks `bom.jwe`.
const PASSPHRASE: &str = "mat khau that dai 2026";

fn path(name: &str) -> String {
    format!("{FOLDER}/{name}")
}

fn bytes(name: &str) -> Vec<u8> {
    fs::read(path(name)).unwrap()
}

fn trust(name: &str) -> TrustList {
    TrustList::from_bytes(&bytes(name)).unwrap()
}

/// Receives files together, on 27 November 2026.
fn received(names: &[&str], trust: &TrustList) -> Vec<Receipt> {
    let packs = Catalog::built_in().unwrap();
    let now = Some(Instant::parse("2026-11-27T12:00:00Z").unwrap());
    let reception = Reception { packs: &packs, trust, now };
    let mut receipts: Vec<_> = names.iter().map(|name| reception.file(&bytes(name))).collect();
    reconcile(&mut receipts);
    receipts
}

fn statuses(receipts: &[Receipt]) -> Vec<Status> {
    receipts.iter().map(|receipt| receipt.status).collect()
}

fn told(receipt: &Receipt) -> String {
    receipt.told(&|index| format!("file {index}")).unwrap_or_default()
}

fn bontot(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bontot"));
    command.args(args).env("BONTOT_PASSPHRASE", PASSPHRASE).output().unwrap()
}

#[track_caller]
fn ends(args: &[&str], code: i32) -> (String, String) {
    let output = bontot(args);
    let (out, said) = (output.stdout, output.stderr);
    let (out, said) = (String::from_utf8(out).unwrap(), String::from_utf8(said).unwrap());
    assert_eq!(output.status.code(), Some(code), "{args:?}: {out}{said}");
    (out, said)
}

// --- receiving ---

#[test]
fn a_period_in_the_year_202_is_malformed() {
    let receipts = received(&["t1c_signed.json"], &TrustList::default());
    assert_eq!(receipts[0].status, Status::Malformed);
    assert!(told(&receipts[0]).contains("/assessment/period/from"), "{}", told(&receipts[0]));
}

#[test]
fn one_key_may_sign_for_two_units_and_both_count() {
    let nobody = TrustList::default();
    for files in [["mot.json", "hai.json"], ["hai.json", "mot.json"]] {
        assert_eq!(statuses(&received(&files, &nobody)), [Status::UnknownKey, Status::UnknownKey]);
    }
    // Trusted for both, both are verified; for one, the other stays unknown.
    let submission = Submission::from_bytes(&bytes("mot.json")).unwrap().verify().unwrap();
    let key = submission.signers()[0].key;
    let entry = bon_tot::desk::TrustedKey {
        key,
        unit: "Chi bộ xóm Một".into(),
        also: vec!["chi bộ xóm HAI".into()],
        added: Date::FIRST,
        revoked: None,
    };
    let mut trust = TrustList { keys: vec![entry] };
    let receipts = received(&["mot.json", "hai.json"], &trust);
    assert_eq!(statuses(&receipts), [Status::Verified, Status::Verified]);
    trust.keys[0].also.clear();
    let receipts = received(&["mot.json", "hai.json"], &trust);
    assert_eq!(statuses(&receipts), [Status::Verified, Status::UnknownKey]);
    assert!(told(&receipts[1]).contains("Chi bộ xóm Một"));
}

#[test]
fn one_revision_with_two_contents_is_a_conflict_and_each_names_the_other() {
    let pairs = [
        (["s_a.json", "s_b.json"], "trust.json"),
        (["security/A_r3_x.json", "security/A_r3_y.json"], "security/t.json"),
    ];
    for ([a, b], list) in pairs {
        let receipts = received(&[a, b], &trust(list));
        assert_eq!(statuses(&receipts), [Status::Conflict, Status::Conflict]);
        assert!(told(&receipts[0]).contains("file 1") && told(&receipts[1]).contains("file 0"));
        let (a, b, list) = (path(a), path(b), path(list));
        let (out, _) = ends(&["verify", &a, &b, "--trust", &list, "--json"], 1);
        let lines: Vec<serde_json::Value> =
            out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        for (line, other) in lines.iter().zip([b, a]) {
            assert_eq!(line["status"], "conflict");
            assert!(line["detail"].as_str().unwrap().contains(&other), "{line}");
        }
    }
    // Lower revisions of the same form are superseded, whichever of the two counts.
    let files = [
        "security/A_r1.json",
        "security/A_r2.json",
        "security/A_r3_x.json",
        "security/A_r3_y.json",
    ];
    assert_eq!(
        statuses(&received(&files, &trust("security/t.json"))),
        [Status::Superseded, Status::Superseded, Status::Conflict, Status::Conflict]
    );
}

#[test]
fn a_key_of_one_unit_proves_nothing_of_another_and_replaces_nothing() {
    let list = trust("security/t.json");
    let receipts = received(&["security/B_as_A.json"], &list);
    assert_eq!(receipts[0].status, Status::UnknownKey);
    assert!(told(&receipts[0]).contains("Chi bộ xóm B"), "{}", told(&receipts[0]));
    let summary = receipts[0].received.as_ref().unwrap();
    assert_eq!(summary.trusted_as.as_deref(), Some("Chi bộ xóm B"));
    let (_, said) = ends(
        &["verify", &path("security/B_as_A.json"), "--trust", &path("security/t.json"), "--json"],
        0,
    );
    assert!(said.contains("1 unknown_key"), "{said}");
    for order in [[0, 1], [1, 0]] {
        let files = ["security/B_as_A.json", "security/A_r1.json"];
        let receipts = received(&order.map(|n| files[n]), &list);
        let of_a = &receipts[order.iter().position(|n| *n == 1).unwrap()];
        assert_eq!(of_a.status, Status::Verified);
    }
}

#[test]
fn a_revoked_key_cannot_date_itself_back() {
    let receipts = received(&["security/rev_0.json"], &trust("security/t_rev.json"));
    assert_eq!(receipts[0].status, Status::UnknownKey);
    let told = told(&receipts[0]);
    assert!(told.contains("revoked from 2026-06-01"), "{told}");
    assert!(told.contains("1970-01-01") && told.contains("before the form was made"), "{told}");
}

#[test]
fn a_key_stands_once_in_a_trust_list() {
    let error = TrustList::from_bytes(&bytes("security/t_dup.json")).unwrap_err();
    assert_eq!(error.to_string(), "/keys/1: this key stands twice in its list");
    let list = path("security/t_dup.json");
    let (_, said) = ends(&["verify", &path("security/A_r1.json"), "--trust", &list], 1);
    assert!(said.contains("stands twice"), "{said}");
}

#[test]
fn two_files_with_the_same_first_signs_have_other_codes() {
    let [a, b] = ["security/eligible.json", "security/not_eligible.json"]
        .map(|name| Submission::from_bytes(&bytes(name)).unwrap());
    assert_eq!(a.check_code()[..9], b.check_code()[..9], "the case has lost its point");
    assert_ne!(a.check_code(), b.check_code());
    assert!(!is_code(&a.check_code(), &b.check_code()));
    let receipts = received(
        &["security/eligible.json", "security/not_eligible.json"],
        &trust("security/t.json"),
    );
    assert_eq!(statuses(&receipts), [Status::Conflict, Status::Conflict]);
}

#[test]
fn a_pack_that_poses_as_a_built_in_one_is_refused() {
    let evil = path("security/evil_same_id.json");
    let form = path("security/base.json");
    let out = tempfile::tempdir().unwrap();
    let signed = out.path().join("signed.json");
    let signed = signed.to_str().unwrap();
    let key = path("bom.jwe");
    for args in [
        &["verify", &form, "--pack", &evil][..],
        &["score", &form, "--pack", &evil],
        &["plan", &form, "--pack", &evil],
        &["sign", &path("eligible.json"), "--pack", &evil, "--key", &key, "--out", signed],
        &["sample", "--pack", &evil, "--count", "1", "--out", signed],
    ] {
        let (_, said) = ends(args, 1);
        assert!(said.contains("calls itself nghe-an-2024 1.0.0"), "{args:?}: {said}");
    }
    assert!(!Path::new(signed).exists());
    // Every receipt names the pack, and whether it is built in.
    let receipts = received(&["security/base.json"], &TrustList::default());
    let summary = receipts[0].received.as_ref().unwrap();
    assert_eq!(summary.pack.version.as_str(), "1.0.0");
    assert_eq!(summary.is_built_in, Some(true));
}

#[test]
fn an_appraisal_is_the_superiors_only_by_a_trusted_key_of_another() {
    let submission = Submission::from_bytes(&bytes("security/base.json")).unwrap();
    let verified: Verified<Submission> = submission.verify().unwrap();
    let packs = Catalog::built_in().unwrap();
    let pack = packs.by_digest(&verified.content().assessment().pack.digest).unwrap();
    let who = |name: &str, list: &TrustList| {
        let appraisal = Appraisal::from_bytes(&bytes(name)).unwrap();
        let signers = check_appraisal(pack, verified.content(), &appraisal).unwrap();
        format!("{:?}", appraiser(&signers, &verified, list))
    };
    let name = |appraiser: Appraiser<'_>| format!("{appraiser:?}");
    let list = trust("security/t.json");
    let unknown = "security/1_recognised_unknownkey.json";
    assert_eq!(who(unknown, &list), name(Appraiser::Unknown));
    assert_eq!(who("security/3_returned_selfkey.json", &list), name(Appraiser::Unit));
    // Once its key is trusted, it is the superior's; of a key that is trusted as the unit's, never.
    let appraisal = Appraisal::from_bytes(&bytes(unknown)).unwrap();
    let key = appraisal.verify().unwrap()[0].key;
    let trusting = |unit: &str, revoked: Option<Date>| TrustList {
        keys: vec![bon_tot::desk::TrustedKey {
            key,
            unit: unit.into(),
            also: Vec::new(),
            added: Date::FIRST,
            revoked,
        }],
    };
    let superior = trusting("Đảng ủy xã", None);
    assert_eq!(who(unknown, &superior), name(Appraiser::Superior("Đảng ủy xã")));
    let own = trusting("chi bộ bản na cáng", None);
    assert_eq!(who(unknown, &own), name(Appraiser::Unit));
    let revoked = trusting("Đảng ủy xã", Some(Date::FIRST));
    assert_eq!(who(unknown, &revoked), name(Appraiser::Revoked(Date::FIRST)));
}

// --- scoring ---

#[test]
fn a_reason_that_shows_nothing_is_blank() {
    let (out, _) = ends(&["score", &path("r_zwsp.json"), "--pack", "nghe-an-2024"], 0);
    let outcome: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(outcome["verdict"], "incomplete");
    let problems = outcome["problems"].as_array().unwrap();
    let is_it = |problem: &&serde_json::Value| {
        problem["problem"] == "reason_required" && problem["item"] == "1.04"
    };
    assert_eq!(problems.iter().filter(is_it).count(), 1, "{problems:?}");
    let (out, _) = ends(&["score", &path("eligible.json"), "--pack", "nghe-an-2024"], 0);
    let outcome: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(outcome["verdict"], "eligible");
}

// --- keys, cards and codes ---

#[test]
fn a_key_file_with_a_mark_of_byte_order_opens() {
    let (_, said) = ends(&["key", "card", &path("bom.jwe"), "--unit", "x"], 0);
    assert!(said.contains("check code JRYF-MSWG-"), "{said}");
    let card = KeyCard::from_bytes(&bytes("card.json")).unwrap();
    assert_eq!(card.verify(), Ok(()));
    assert!(said.contains(&card.check_code()), "{said}");
}

#[test]
fn keys_and_cards_are_read_after_mail_has_wrapped_them() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let wrap = |text: &str, by: &str| -> String {
        let chars: Vec<char> = text.trim_start_matches('\u{feff}').chars().collect();
        chars.chunks(72).map(|line| line.iter().collect::<String>() + by).collect()
    };
    let key = String::from_utf8(bytes("bom.jwe")).unwrap();
    let card = String::from_utf8(bytes("card.json")).unwrap();
    let code = KeyCard::from_bytes(card.as_bytes()).unwrap().check_code();
    for (n, by) in ["\r\n", "\n", " \r\n  "].into_iter().enumerate() {
        let (key_file, card_file) = (at("key.jwe"), at("card.json"));
        fs::write(&key_file, wrap(&key, by)).unwrap();
        fs::write(&card_file, wrap(&card, by)).unwrap();
        let (_, said) = ends(&["key", "card", &key_file, "--unit", "x"], 0);
        assert!(said.contains(&code), "{said}");
        let list = at(&format!("trust-{n}.json"));
        let typed = code.to_lowercase().replace('-', " – ");
        ends(&["trust", "add", &card_file, "--code", &typed, "--trust", &list], 0);
    }
    // A changed sign is never forgiven.
    let at_sign = key.rfind('A').unwrap();
    let mut changed = key.clone();
    changed.replace_range(at_sign..=at_sign, "B");
    let opened = LockedKey::parse(&changed)
        .and_then(|locked| locked.open(&locked.derivation().run(PASSPHRASE)));
    assert!(opened.is_err());
}

#[test]
fn eight_signs_of_a_code_are_not_enough() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("trust.json");
    let list = list.to_str().unwrap();
    let card = path("security/forged_card.json");
    let (_, said) = ends(&["trust", "add", &card, "--code", "AS94-7BW2", "--trust", list], 1);
    assert!(said.contains("all sixteen signs"), "{said}");
    assert!(!Path::new(list).exists());
    let read = KeyCard::from_bytes(&bytes("security/forged_card.json")).unwrap();
    assert_eq!(read.check_code()[..9], *"AS94-7BW2", "the case has lost its point");
    let mut trust = TrustList::default();
    let add = trust.add(&read, "AS94-7BW2", "x", Date::FIRST);
    assert_eq!(add, Err(TrustError::PartOfCode));
}
