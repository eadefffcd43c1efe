//! Our files in the hands of another implementation of RFC 7515–7518: npm's jose, run by node with
//! `tests/jose/verify.mjs`, which knows of us only what spec s. 4 and 5 say.
#![cfg(test)] // so that clippy knows these helpers for tests

use std::fs;
use std::path::Path;
use std::process::Command;

use bon_tot::desk::{Status, TrustList, receive};
use bon_tot::form::Assessment;
use bon_tot::json::{FILE_LIMIT, Json, canonical, parse};
use bon_tot::pack::Pack;
use bon_tot::pack::catalog::Catalog;
use bon_tot::seal::{Derivation, KeyCard, LockSalts, LockedKey, SecretKey, Submission, seal};
use bon_tot::value::Instant;
use tempfile::TempDir;

/// Sealed by us, in a file that only ever changes with the format.
const SOUND: &str = include_str!("vectors/seal/v1/sound.json");
const PASSPHRASE: &str = "mật khẩu của chi bộ";

/// RFC 8037 appendix A.1 and A.3: a key, and the thumbprint of its public part.
const RFC_KEY: &str = r#"{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
const RFC_SEED: [u8; 32] = [
    0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c, 0xc4,
    0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60,
];
const RFC_KID: &str = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";

/// Runs the script on texts, each put into a file, and on words: its answer, or the sentence with
/// which it refuses.
fn jose(command: &str, files: &[&str], words: &[&str]) -> Result<Json, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert!(
        root.join("node_modules/jose").is_dir(),
        "node_modules/jose is missing: run scripts/setup.sh npm (or npm ci), then try again"
    );
    let folder = TempDir::new().unwrap();
    let written = files.iter().enumerate().map(|(n, text)| {
        let path = folder.path().join(n.to_string());
        fs::write(&path, text).unwrap();
        path
    });
    let output = Command::new("node")
        .arg(root.join("tests/jose/verify.mjs"))
        .arg(command)
        .args(written)
        .args(words)
        .output()
        .expect("node is missing: install Node.js 20 or later, then try again");
    if output.status.success() {
        Ok(parse(&output.stdout, FILE_LIMIT).unwrap())
    } else {
        Err(String::from_utf8(output.stderr).unwrap())
    }
}

fn text<'a>(json: &'a Json, name: &str) -> &'a str {
    json.get(name).and_then(Json::as_text).unwrap()
}

fn signers(answer: &Json) -> Vec<&Json> {
    match answer.get("signers") {
        Some(Json::List(signers)) => signers.iter().collect(),
        other => unreachable!("{other:?}"),
    }
}

#[test]
fn jose_verifies_what_we_seal() {
    let answer = jose("verify", &[SOUND], &[]).unwrap();
    let ours = Submission::from_bytes(SOUND.as_bytes()).unwrap();
    assert_eq!(text(&answer, "digest"), ours.digest().to_string());
    let verified = ours.verify().unwrap();
    let [signer] = signers(&answer)[..] else {
        unreachable!("one signature")
    };
    assert_eq!(text(signer, "kid"), verified.signers()[0].key.kid());
    assert_eq!(text(signer, "role"), "unit");
    assert_eq!(text(signer, "alg"), "Ed25519");
    let issued = Json::Int(verified.signers()[0].issued.unix());
    assert_eq!(signer.get("iat"), Some(&issued));
}

#[test]
fn jose_refuses_what_we_refuse() {
    for (from, to) in [
        ("Tân Sơn", "Tân Tiến"),
        (r#""verdict":"not_eligible""#, r#""verdict":"eligible""#),
        (r#""n":20"#, r#""n":21"#),
        (r#""signature":"U"#, r#""signature":"V"#),
    ] {
        let changed = SOUND.replace(from, to);
        assert_ne!(changed, SOUND, "{from}");
        let refused = jose("verify", &[&changed], &[]).unwrap_err();
        assert_eq!(refused.trim(), "signature verification failed", "{from}");
    }
}

#[test]
fn jose_verifies_a_key_card() {
    let key = SecretKey::from_seed(&RFC_SEED);
    let card = KeyCard::make(
        "Chi bộ xóm Tân Sơn",
        &key,
        Instant::from_unix(1_795_399_398),
    );
    let answer = jose("verify", &[&card.to_text()], &[]).unwrap();
    assert_eq!(text(signers(&answer)[0], "kid"), RFC_KID);
}

#[test]
fn we_verify_what_jose_signs() {
    let pack = Pack::from_bytes(include_bytes!("vectors/pack/tiny.json")).unwrap();
    let form = Assessment::from_bytes(include_bytes!("vectors/seal/v1/form.json")).unwrap();
    let key = SecretKey::from_seed(&RFC_SEED);
    let sealed = seal(&pack, &form, &key, Instant::from_unix(1_795_399_398));
    let sealed = parse(sealed.to_text().as_bytes(), FILE_LIMIT).unwrap();
    let mut packs = Catalog::built_in().unwrap();
    packs.add(pack);
    for alg in ["Ed25519", "EdDSA"] {
        let content = sealed.without("signatures");
        let signature = jose("sign", &[&canonical(&content), RFC_KEY], &[alg]).unwrap();
        let Json::Object(mut members) = content else {
            unreachable!("a submission is an object")
        };
        members.push(("signatures".into(), vec![signature].into()));
        let text = canonical(&Json::Object(members));
        let receipt = receive(text.as_bytes(), &packs, &TrustList::default());
        assert_eq!((receipt.status, receipt.detail), (Status::UnknownKey, None));
        assert_eq!(receipt.received.unwrap().kid.as_deref(), Some(RFC_KID));
    }
}

#[test]
fn jose_opens_our_lock() {
    let salts = LockSalts::from_bytes(&std::array::from_fn(|n| n as u8 * 3));
    let kek = Derivation::for_lock(&salts).run(PASSPHRASE);
    let key = SecretKey::from_seed(&RFC_SEED);
    let locked = LockedKey::lock(&key, &kek, &salts).unwrap();
    let answer = jose("open", &[locked.as_str()], &[PASSPHRASE]).unwrap();
    assert_eq!(
        canonical(answer.get("jwk").unwrap()),
        canonical(&key.public().jwk())
    );
    let header = answer.get("header").unwrap();
    assert_eq!(text(header, "cty"), "jwk+json");
    assert!(matches!(header.get("p2c"), Some(Json::Int(310_000..))));
    assert!(jose("open", &[locked.as_str()], &["mat khau"]).is_err());
}

#[test]
fn we_open_the_lock_that_jose_makes() {
    let answer = jose("lock", &[RFC_KEY], &[PASSPHRASE]).unwrap();
    let locked = LockedKey::parse(text(&answer, "lock")).unwrap();
    let open = |passphrase| locked.open(&locked.derivation().run(passphrase));
    assert_eq!(open(PASSPHRASE).unwrap().public().kid(), RFC_KID);
    assert!(open("mat khau").is_err());
}
