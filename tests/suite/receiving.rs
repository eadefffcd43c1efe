//! Receiving signed files (spec s. 4): one status each, the first that holds, each by a file that is
//! right but for one defect.
#![cfg(test)] // so that clippy knows these helpers for tests

mod bytes;
mod content;
mod hostile;
mod seals;
mod trusting;

use base64ct::{Base64UrlUnpadded, Encoding};
use bon_tot::desk::{Receipt, Status, TrustList, receive};
use bon_tot::form::Assessment;
use bon_tot::json::{FILE_LIMIT, Json, canonical, parse, pretty, to_canonical, to_json};
use bon_tot::pack::Pack;
use bon_tot::pack::catalog::Catalog;
use bon_tot::rules::outcome;
use bon_tot::seal::{SecretKey, Submission, seal};
use bon_tot::value::{Digest, Instant};
use ed25519_dalek::{Signer, SigningKey};

/// A form of the tiny pack, not sealed yet.
const FORM: &str = include_str!("vectors/seal/v1/form.json");
/// That form as [`seal`] makes it with [`SEED`] at [`NOW`]; other implementations may check theirs.
const SOUND: &str = include_str!("vectors/seal/v1/sound.json");
const SEED: [u8; 32] = [1; 32];
const NOW: i64 = 1_795_399_398; // 2026-11-23T02:03:18Z

fn tiny() -> Pack {
    Pack::from_bytes(include_bytes!("vectors/pack/tiny.json")).unwrap()
}

fn packs() -> Catalog {
    let mut packs = Catalog::built_in().unwrap();
    packs.add(tiny());
    packs
}

fn form() -> Assessment {
    Assessment::from_bytes(FORM.as_bytes()).unwrap()
}

fn sealed(form: &Assessment) -> Submission {
    let now = Instant::from_unix(NOW);
    seal(&tiny(), form, &SecretKey::from_seed(&SEED), now)
}

/// The content of a submission of a form, with whatever outcome is right for it.
fn content(form: &Assessment) -> Json {
    unsigned(to_json(&form), to_json(&outcome(&tiny(), form)))
}

fn unsigned(assessment: Json, outcome: Json) -> Json {
    Json::from([
        ("format", "bontot.submission/1".into()),
        ("assessment", assessment),
        ("outcome", outcome),
    ])
}

/// The header that [`seal`] would write for a key, as JSON text; tests edit it.
fn header(seed: &[u8; 32], role: &str) -> String {
    let key = SecretKey::from_seed(seed).public();
    let jwk = to_canonical(&key);
    let kid = key.kid();
    format!(
        r#"{{"alg":"Ed25519","iat":{NOW},"jwk":{jwk},"kid":"{kid}","role":"{role}","typ":"bontot+jws"}}"#
    )
}

/// One element of `signatures`: any header, truly signed by the key of the seed.
fn signature(content: &Json, seed: &[u8; 32], header: &str) -> Json {
    let protected = Base64UrlUnpadded::encode_string(header.as_bytes());
    signature_under(content, seed, &protected)
}

fn signature_under(content: &Json, seed: &[u8; 32], protected: &str) -> Json {
    let payload = Base64UrlUnpadded::encode_string(canonical(content).as_bytes());
    let input = format!("{protected}.{payload}");
    let bytes = SigningKey::from_bytes(seed).sign(input.as_bytes()).to_bytes();
    Json::from([
        ("protected", protected.into()),
        ("signature", Base64UrlUnpadded::encode_string(&bytes).into()),
    ])
}

/// A file with this content and these signatures.
fn file(content: &Json, signatures: Vec<Json>) -> String {
    let Json::Object(mut members) = content.clone() else { unreachable!("content is an object") };
    members.push(("signatures".into(), signatures.into()));
    canonical(&Json::Object(members))
}

/// What is signed of a file.
fn without_signatures(text: &str) -> Json {
    let mut json = parse(text.as_bytes(), FILE_LIMIT).unwrap();
    json.remove("signatures").unwrap();
    json
}

/// A file with this content, signed by the unit as it should be.
fn signed(content: &Json) -> String {
    file(content, vec![signature(content, &SEED, &header(&SEED, "unit"))])
}

/// A trust list of the keys of these seeds, none revoked.
fn trusting(seeds: &[[u8; 32]]) -> TrustList {
    let keys = seeds.iter().map(|seed| {
        let key = SecretKey::from_seed(seed).public();
        bon_tot::desk::TrustedKey {
            key,
            unit: "Chi bộ xóm Tân Sơn".into(),
            added: Instant::from_unix(0).date(),
            also: Vec::new(),
            revoked: None,
        }
    });
    TrustList { keys: keys.collect() }
}

fn received(bytes: &[u8]) -> Receipt {
    receive(bytes, &packs(), &trusting(&[SEED]))
}

/// Receives a file, with the unit's key trusted: its status and what is said of it.
#[track_caller]
fn check(text: &str, status: Status, detail: &str) {
    let receipt = received(text.as_bytes());
    let told = receipt.detail.map(|d| d.to_string()).unwrap_or_default();
    assert_eq!((receipt.status, told.as_str()), (status, detail), "{text}");
}

#[track_caller]
fn check_sound(text: &str) {
    check(text, Status::Verified, "");
}

#[test]
fn sealing_gives_the_same_bytes_as_ever() {
    assert_eq!(sealed(&form()).to_text(), SOUND.trim_end());
    check_sound(SOUND);
}

#[test]
fn a_sealed_form_is_the_next_revision_with_its_outcome() {
    let submission = sealed(&form());
    let receipt = received(submission.to_text().as_bytes());
    let received = receipt.received.unwrap();
    assert_eq!(received.revision, 1);
    assert_eq!(received.unit, "Chi bộ xóm Tân Sơn");
    assert_eq!(received.verdict, "not_eligible");
    assert_eq!(received.pack.id.as_str(), "tiny");
    assert_eq!(received.kid, Some(SecretKey::from_seed(&SEED).public().kid()));
    assert_eq!(received.digest, Digest::of(&without_signatures(SOUND)));
    assert_eq!(received.check_code, submission.check_code());
    let name = submission.file_name();
    let code = &submission.check_code()[..9];
    assert_eq!(name, format!("bontot_chi-bo-xom-tan-son_2026-01-01_r1_{code}.json"));
    assert_eq!(submission.assessment().updated, Instant::from_unix(NOW));
}

#[test]
fn the_helpers_here_make_what_sealing_makes() {
    assert_eq!(signed(&content(sealed(&form()).assessment())), SOUND.trim_end());
}

#[test]
fn what_does_not_belong_to_the_form_is_left_out_when_sealed() {
    let pack = bon_tot::pack::catalog::by_id("nghe-an-2024").unwrap().read().unwrap();
    let period = form().period;
    let random = bon_tot::value::AssessmentId::from_bits([3; 16]);
    let mut form = Assessment::blank(&pack, random, period, Instant::from_unix(0)).unwrap();
    let id = |text| bon_tot::value::Id::new(text).unwrap();
    let met = bon_tot::form::Answer {
        verdict: Some(bon_tot::form::AnswerVerdict::Met),
        ..Default::default()
    };
    form.unit.name = "Chi bộ xóm Tân Sơn".into();
    form.items.insert(id("1.02"), met.clone());
    form.items.insert(id("1.07"), met); // not asked of a village cell
    form.items.insert(id("1.08"), bon_tot::form::Answer::default()); // says nothing
    let key = SecretKey::from_seed(&SEED);
    let submission = seal(&pack, &form, &key, Instant::from_unix(NOW));
    let kept: Vec<_> = submission.assessment().items.keys().map(ToString::to_string).collect();
    assert_eq!(kept, ["1.02"]);
    check_sound(&submission.to_text());
}

#[test]
fn an_adjustment_that_never_counted_is_left_out_when_sealed() {
    let mut form = form();
    form.adjustments.values_mut().for_each(|times| *times = 0);
    assert!(!form.adjustments.is_empty());
    assert!(sealed(&form).assessment().adjustments.is_empty());
}

#[test]
fn white_space_order_and_a_byte_order_mark_do_not_matter() {
    let json = parse(SOUND.as_bytes(), FILE_LIMIT).unwrap();
    check_sound(&pretty(&json));
    check_sound(&format!("\u{feff}{SOUND}"));
    let Json::Object(mut members) = json.clone() else { unreachable!("a submission is an object") };
    members.reverse();
    check_sound(&pretty(&Json::Object(members)));
    check_sound(&SOUND.replace("Tân", "T\\u00e2n"));
}

#[test]
fn no_shortened_file_is_sound() {
    let (packs, trust) = (packs(), trusting(&[SEED]));
    let sound = SOUND.trim_end().as_bytes();
    for end in 0..sound.len() {
        let status = receive(&sound[..end], &packs, &trust).status;
        assert_eq!(status, Status::Malformed, "{end}");
    }
}
