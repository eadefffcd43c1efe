//! Our files in the hands of other implementations of RFC 7515–7518: npm's jose, run by node with
//! `tests/jose/verify.mjs`, and PyPI's jwcrypto with rfc8785, run by `tests/jose/verify.py`. Both scripts
//! know of us only what spec s. 4 and 5 say.
#![cfg(test)] // so that clippy knows these helpers for tests

use std::fs;
use std::path::Path;
use std::process::Command;

use bon_tot::desk::{Status, TrustList, receive};
use bon_tot::form::Assessment;
use bon_tot::json::{FILE_LIMIT, Json, canonical, parse, to_json};
use bon_tot::pack::Pack;
use bon_tot::pack::catalog::Catalog;
use bon_tot::seal::{
    Appraisal, AppraisalContent, AppraisalDecision, Derivation, KeyCard, LockSalts, LockedKey,
    Role, SecretKey, Submission, seal,
};
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

/// Another implementation.
#[derive(Clone, Copy, Debug)]
enum Other {
    /// npm's jose.
    Jose,
    /// PyPI's jwcrypto and rfc8785.
    Jwcrypto,
}

const OTHERS: [Other; 2] = [Other::Jose, Other::Jwcrypto];

impl Other {
    /// The program and its script.
    fn command(self) -> Command {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let (there, setup, script) = match self {
            Other::Jose => ("node_modules/jose", "npm", "verify.mjs"),
            Other::Jwcrypto => ("target/python/bin/python", "python", "verify.py"),
        };
        assert!(
            root.join(there).exists(),
            "{there} is missing: run scripts/setup.sh {setup}, then try again"
        );
        let mut command = match self {
            Other::Jose => Command::new("node"),
            Other::Jwcrypto => Command::new(root.join(there)),
        };
        command.arg(root.join("tests/jose").join(script));
        command
    }

    /// Runs the script on texts, each put into a file, and on words: its answer, or the sentence with
    /// which it refuses.
    fn run(self, command: &str, files: &[&str], words: &[&str]) -> Result<Json, String> {
        let folder = TempDir::new().unwrap();
        let written = files.iter().enumerate().map(|(n, text)| {
            let path = folder.path().join(n.to_string());
            fs::write(&path, text).unwrap();
            path
        });
        let output = self
            .command()
            .arg(command)
            .args(written)
            .args(words)
            .output()
            .expect("node or Python is missing: install it, then try again");
        if output.status.success() {
            Ok(parse(&output.stdout, FILE_LIMIT).unwrap())
        } else {
            Err(String::from_utf8(output.stderr).unwrap())
        }
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

fn now() -> Instant {
    Instant::from_unix(1_795_399_398)
}

/// The thumbprints and roles of the signers of a file, as the other sees them, and the digest of what is signed.
#[track_caller]
fn seen(other: Other, file: &str) -> (String, Vec<(String, String)>) {
    let answer = other.run("verify", &[file], &[]);
    let answer = answer.unwrap_or_else(|said| panic!("{other:?}: {said}"));
    let both = |signer: &&Json| (text(signer, "kid").to_owned(), text(signer, "role").to_owned());
    let signers = signers(&answer).iter().map(both).collect();
    (text(&answer, "digest").to_owned(), signers)
}

#[test]
fn others_verify_what_we_seal() {
    let ours = Submission::from_bytes(SOUND.as_bytes()).unwrap();
    let digest = ours.digest().to_string();
    let verified = ours.verify().unwrap();
    let signer = &verified.signers()[0];
    for other in OTHERS {
        let unit = (signer.key.kid(), "unit".to_owned());
        assert_eq!(seen(other, SOUND), (digest.clone(), vec![unit]));
        let answer = other.run("verify", &[SOUND], &[]).unwrap();
        let told = signers(&answer)[0];
        assert_eq!(text(told, "alg"), "Ed25519");
        assert_eq!(told.get("iat"), Some(&Json::Int(signer.issued.unix())));
    }
}

#[test]
fn others_verify_both_signatures_of_a_file() {
    let once = Submission::from_bytes(SOUND.as_bytes()).unwrap();
    let digest = once.digest().to_string();
    let superior = SecretKey::from_seed(&RFC_SEED);
    let verified = once.verify().unwrap();
    let unit = verified.signers()[0].key.kid();
    let twice = verified.add(&superior, Role::Superior, now()).unwrap();
    let signers = [(unit, "unit"), (RFC_KID.to_owned(), "superior")];
    let signers = signers.map(|(kid, role)| (kid, role.to_owned()));
    for other in OTHERS {
        let expected = (digest.clone(), signers.to_vec());
        assert_eq!(seen(other, &twice.to_text()), expected);
        // The second signature counts as much as the first.
        let changed = twice.to_text().replace(r#""n":20"#, r#""n":21"#);
        assert!(other.run("verify", &[&changed], &[]).is_err(), "{other:?}");
    }
}

#[test]
fn others_refuse_what_we_refuse() {
    for (from, to) in [
        ("Tân Sơn", "Tân Tiến"),
        (r#""verdict":"not_eligible""#, r#""verdict":"eligible""#),
        (r#""n":20"#, r#""n":21"#),
        (r#""signature":"U"#, r#""signature":"V"#),
    ] {
        let changed = SOUND.replace(from, to);
        assert_ne!(changed, SOUND, "{from}");
        for (other, says) in [
            (Other::Jose, "signature verification failed"),
            (Other::Jwcrypto, "InvalidJWSSignature: Verification failed for all signatures"),
        ] {
            let refused = other.run("verify", &[&changed], &[]).unwrap_err();
            assert!(refused.trim().starts_with(says), "{from}: {refused}");
        }
    }
}

#[test]
fn others_verify_a_key_card_and_an_appraisal() {
    let key = SecretKey::from_seed(&RFC_SEED);
    let card = KeyCard::make("Chi bộ xóm Tân Sơn", &key, now()).to_text();
    let content = AppraisalContent {
        submission: Submission::from_bytes(SOUND.as_bytes()).unwrap().digest(),
        items: Default::default(),
        decision: AppraisalDecision::Returned,
        note: "Xem lại".to_owned(),
        date: now().date(),
    };
    let appraisal = Appraisal::make(content, &key, now());
    for other in OTHERS {
        for (file, role) in [(&card, "unit"), (&appraisal.to_text(), "superior")] {
            let signers = vec![(RFC_KID.to_owned(), role.to_owned())];
            assert_eq!(seen(other, file).1, signers, "{other:?}");
        }
    }
}

#[test]
fn we_verify_what_jose_signs() {
    let pack = Pack::from_bytes(include_bytes!("vectors/pack/tiny.json")).unwrap();
    let form = Assessment::from_bytes(include_bytes!("vectors/seal/v1/form.json")).unwrap();
    let key = SecretKey::from_seed(&RFC_SEED);
    let sealed = seal(&pack, &form, &key, now());
    let mut content = parse(sealed.to_text().as_bytes(), FILE_LIMIT).unwrap();
    content.remove("signatures").unwrap();
    let mut packs = Catalog::built_in().unwrap();
    packs.add(pack);
    for alg in ["Ed25519", "EdDSA"] {
        let signature = Other::Jose.run("sign", &[&canonical(&content), RFC_KEY], &[alg]).unwrap();
        let Json::Object(mut members) = content.clone() else {
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
fn others_open_our_lock() {
    let salts = LockSalts::from_bytes(&std::array::from_fn(|n| n as u8 * 3));
    let kek = Derivation::for_lock(&salts).run(PASSPHRASE);
    let key = SecretKey::from_seed(&RFC_SEED);
    let locked = LockedKey::lock(&key, &kek, &salts).unwrap();
    for other in OTHERS {
        let open = |passphrase| other.run("open", &[locked.as_str()], &[passphrase]);
        let answer = open(PASSPHRASE).unwrap();
        for name in ["crv", "kty", "x"] {
            let own = to_json(&key.public());
            assert_eq!(text(answer.get("jwk").unwrap(), name), text(&own, name));
        }
        let header = answer.get("header").unwrap();
        assert_eq!(text(header, "cty"), "jwk+json");
        assert_eq!(text(header, "kid"), RFC_KID);
        assert!(matches!(header.get("p2c"), Some(Json::Int(310_000..))));
        assert!(open("mat khau").is_err(), "{other:?}");
    }
}

#[test]
fn we_open_the_locks_that_others_make() {
    for other in OTHERS {
        let answer = other.run("lock", &[RFC_KEY], &[PASSPHRASE]).unwrap();
        let locked = LockedKey::parse(text(&answer, "lock")).unwrap();
        assert_eq!(locked.kid(), None);
        let open = |passphrase| locked.open(&locked.derivation().run(passphrase));
        assert_eq!(open(PASSPHRASE).unwrap().public().kid(), RFC_KID);
        assert!(open("mat khau").is_err());
    }
}
