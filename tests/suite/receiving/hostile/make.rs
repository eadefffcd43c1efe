//! How the hostile files are made: each a sound one with one defect.

use aes_gcm::Aes256Gcm;
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_kw::KwAes128;
use bon_tot::desk::TrustedKey;
use bon_tot::seal::{AppraisalContent, AppraisalDecision, ItemAppraisal, Role};
use bon_tot::value::Id;

use super::super::seals::{sound_content, unreduced, with_header, with_signature};
use super::*;

type Files = Vec<(String, Vec<u8>)>;

/// Every file, by format.
pub(super) fn all() -> Vec<(&'static str, Files)> {
    vec![
        ("submission", [text_faults(SOUND.trim_end()), submissions(), headers(), keys()].concat()),
        ("card", cards()),
        ("trust", trust()),
        ("appraisal", appraisals()),
        ("lock", locks()),
        ("pack", packs_of_strangers()),
    ]
}

fn named(files: Vec<(&str, String)>) -> Files {
    let file = |(name, text): (&str, String)| (format!("{name}.json"), text.into_bytes());
    files.into_iter().map(file).collect()
}

#[track_caller]
fn edited(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

/// Defects of the text, whatever it says.
fn text_faults(sound: &str) -> Files {
    let n = |value: &str| edited(sound, r#""n":20"#, &format!(r#""n":{value}"#));
    let mut files = named(vec![
        ("duplicate-member", edited(sound, "{", r#"{"format":"bontot.submission/1","#)),
        ("duplicate-member-below", edited(sound, r#""n":20"#, r#""n":20,"n":20"#)),
        (
            "depth-33",
            edited(sound, r#""n":20"#, &format!(r#""n":{}20{}"#, "[".repeat(32), "]".repeat(32))),
        ),
        ("fraction", n("20.0")),
        ("exponent", n("2e1")),
        ("integer-beyond-2-53", n("9007199254740992")),
        ("integer-below-minus-2-53", n("-9007199254740992")),
        ("leading-zero", n("020")),
        ("plus-sign", n("+20")),
        ("not-a-number", n("NaN")),
        ("lone-surrogate", edited(sound, "Tân", r"T\ud800n")),
        ("control-character", edited(sound, "Tân", "T\u{1}n")),
        ("two-byte-order-marks", format!("\u{feff}\u{feff}{sound}")),
        ("text-after-the-end", format!("{sound} x")),
        ("second-value-after-the-end", format!("{sound}{{}}")),
        ("comment", format!("// {sound}")),
        ("trailing-comma", edited(sound, r#""n":20"#, r#""n":20,"#)),
        ("cut-short", sound[..sound.len() - 1].to_owned()),
        ("empty", String::new()),
        ("null", "null".to_owned()),
        ("a-list", "[]".to_owned()),
    ]);
    let not_utf8 = edited(sound, "Tân", "T\u{1}n").into_bytes();
    let not_utf8 = not_utf8.into_iter().map(|b| if b == 1 { 0xFF } else { b });
    files.push(("not-utf-8.json".to_owned(), not_utf8.collect()));
    let overlong = edited(sound, "Tân", "T\u{1}\u{2}n").into_bytes();
    let overlong = overlong.into_iter().map(|b| match b {
        1 => 0xC0,
        2 => 0xAF,
        b => b,
    });
    files.push(("overlong-utf-8.json".to_owned(), overlong.collect()));
    files
}

/// A submission of another content, truly signed by the unit.
fn resigned(change: impl Fn(&str) -> String) -> String {
    let changed = change(&canonical(&sound_content()));
    signed(&parse(changed.as_bytes(), FILE_LIMIT).unwrap())
}

fn unit_named(name: &str) -> String {
    let mut form = form();
    form.unit.name = name.to_owned();
    sealed(&form).to_text()
}

fn submissions() -> Files {
    let sound = SOUND.trim_end();
    let json = parse(SOUND.as_bytes(), FILE_LIMIT).unwrap();
    let Json::Object(mut members) = json.clone() else { unreachable!("a submission is an object") };
    members.reverse();
    let content = sound_content();
    let by = |seed: u8, role| signature(&content, &[seed; 32], &header(&[seed; 32], role));
    let other_pack = "0".repeat(64);
    let digest = tiny().digest.to_string();
    named(vec![
        ("sound", sound.to_owned()),
        ("sound-indented", pretty(&json)),
        ("sound-members-in-another-order", canonical_order(&members)),
        ("sound-byte-order-mark", format!("\u{feff}{sound}")),
        ("sound-name-markup", unit_named("<script>alert(1)</script><img src=x onerror=alert(1)>")),
        (
            "sound-name-right-to-left",
            unit_named("Chi bộ \u{202e}nơS nâT\u{202c} \u{2067}x\u{2069}"),
        ),
        ("sound-name-zero-width", unit_named("Chi\u{200b} bộ\u{feff} Tân\u{2060} Sơn\u{200d}")),
        ("sound-two-signatures", file(&content, vec![by(1, "unit"), by(2, "superior")])),
        ("changed-name", edited(sound, "Tân Sơn", "Tân Tiến")),
        (
            "changed-verdict",
            edited(sound, r#""verdict":"not_eligible""#, r#""verdict":"eligible""#),
        ),
        (
            "outcome-differs",
            resigned(|text| edited(text, r#""verdict":"not_eligible""#, r#""verdict":"eligible""#)),
        ),
        ("pack-unknown", resigned(|text| edited(text, &digest, &other_pack))),
        (
            "pack-lies-about-its-digest",
            resigned(|text| edited(text, r#""id":"tiny""#, r#""id":"other""#)),
        ),
        ("answer-outside-its-range", resigned(|text| edited(text, r#""n":20"#, r#""n":-1"#))),
        ("answer-to-an-unknown-item", resigned(|text| edited(text, r#""i1":{"#, r#""i999":{"#))),
        ("day-that-is-none", resigned(|text| edited(text, "2026-05-01", "2026-02-30"))),
        (
            "another-format",
            resigned(|text| edited(text, "bontot.submission/1", "bontot.submission/2")),
        ),
        ("unknown-member", edited(sound, "{", r#"{"extra":1,"#)),
        (
            "unknown-member-of-the-assessment",
            resigned(|text| edited(text, r#""facts":"#, r#""extra":1,"facts":"#)),
        ),
        (
            "unknown-member-of-the-unit",
            resigned(|text| edited(text, r#""level":"#, r#""extra":1,"level":"#)),
        ),
        ("no-signature", file(&content, Vec::new())),
        ("signatures-missing", canonical(&content)),
        ("nine-signatures", file(&content, (1..=9).map(|n| by(n, "unit")).collect())),
        ("signed-twice-by-one-key", file(&content, vec![by(1, "unit"), by(1, "unit")])),
        ("superior-is-the-unit", file(&content, vec![by(1, "unit"), by(1, "superior")])),
        ("first-signature-of-a-superior", file(&content, vec![by(2, "superior"), by(1, "unit")])),
        ("second-signature-of-another-content", {
            let other =
                signature(&Json::Object(Vec::new()), &[2; 32], &header(&[2; 32], "superior"));
            file(&content, vec![by(1, "unit"), other])
        }),
        ("unprotected-header", edited(sound, r#"{"protected":"#, r#"{"header":{},"protected":"#)),
        ("signature-not-an-object", edited(sound, r#""signatures":["#, r#""signatures":["x","#)),
    ])
}

/// Members as they stand, not sorted.
fn canonical_order(members: &[(String, Json)]) -> String {
    let parts = members.iter().map(|(name, value)| format!("\"{name}\":{}", canonical(value)));
    format!("{{{}}}", parts.collect::<Vec<_>>().join(","))
}

fn headers() -> Files {
    let kid = SecretKey::from_seed(&SEED).public().kid();
    let other = SecretKey::from_seed(&[2; 32]).public();
    let own_jwk = to_canonical(&SecretKey::from_seed(&SEED).public());
    let alg = r#""alg":"Ed25519""#;
    let put = |member: &str| with_header(alg, &format!("{member},{alg}"));
    named(vec![
        ("alg-none", with_header(alg, r#""alg":"none""#)),
        ("alg-none-without-signature", {
            let none = header(&SEED, "unit").replace("Ed25519\",\"iat", "none\",\"iat");
            let protected = Base64UrlUnpadded::encode_string(none.as_bytes());
            with_signature(|_, _| (protected.clone(), String::new()))
        }),
        ("alg-hs256", with_header(alg, r#""alg":"HS256""#)),
        ("alg-es256", with_header(alg, r#""alg":"ES256""#)),
        ("alg-ed448", with_header(alg, r#""alg":"Ed448""#)),
        ("alg-missing", with_header(r#""alg":"Ed25519","#, "")),
        ("alg-twice", put(r#""alg":"Ed25519""#)),
        ("jku", put(r#""jku":"https://example.org/keys""#)),
        ("x5u", put(r#""x5u":"https://example.org/keys""#)),
        ("crit", put(r#""crit":["exp"]"#)),
        ("b64", put(r#""b64":false,"crit":["b64"]"#)),
        ("typ-jwt", with_header("bontot+jws", "JWT")),
        ("role-member", with_header(r#""role":"unit""#, r#""role":"member""#)),
        ("iat-before-1970", with_header(&format!(r#""iat":{NOW}"#), r#""iat":-1"#)),
        ("kid-of-another-key", with_header(&kid, &other.kid())),
        ("jwk-of-another-key", with_header(&own_jwk, &to_canonical(&other))),
        ("jwk-with-private-part", with_header(r#""crv":"Ed25519""#, r#""crv":"Ed25519","d":"AQ""#)),
        ("jwk-x25519", with_header(r#""crv":"Ed25519""#, r#""crv":"X25519""#)),
        ("header-padded", with_signature(|p, s| (p + "=", s))),
        ("header-not-alphabet", with_signature(|p, s| (p.replacen('e', "+", 1), s))),
        ("signature-padded", with_signature(|p, s| (p, s + "=="))),
        ("signature-cut-short", with_signature(|p, s| (p, s[..85].to_owned()))),
        ("signature-with-white-space", with_signature(|p, s| (p, format!(" {}", &s[1..])))),
        ("signature-scalar-not-reduced", with_signature(|p, s| (p, unreduced(&s)))),
        ("signature-zero", with_signature(|p, _| (p, "A".repeat(86)))),
    ])
}

fn keys() -> Files {
    let key = SigningKey::from_bytes(&SEED).verifying_key();
    let key = Base64UrlUnpadded::encode_string(key.as_bytes());
    let with_key = |x: &str| with_header(&format!(r#""x":"{key}""#), &format!(r#""x":"{x}""#));
    let bytes = |bytes: &[u8]| with_key(&Base64UrlUnpadded::encode_string(bytes));
    let mut neutral = [0; 32];
    neutral[0] = 1;
    let mut beyond = [0xFF; 32]; // y = p + 1
    (beyond[0], beyond[31]) = (0xEE, 0x7F);
    named(vec![
        ("key-neutral-element", bytes(&neutral)),
        ("key-of-order-4", bytes(&[0; 32])),
        ("key-not-canonical", bytes(&beyond)),
        ("key-not-on-the-curve", bytes(&[0xFF; 32])),
        ("key-of-31-bytes", bytes(&[1; 31])),
        ("key-padded", with_key(&format!("{key}="))),
    ])
}

fn cards() -> Files {
    let key = SecretKey::from_seed(&SEED);
    let card = KeyCard::make("Chi bộ xóm Tân Sơn", &key, Instant::from_unix(NOW)).to_text();
    let other = SecretKey::from_seed(&[2; 32]);
    let others = KeyCard::make("Chi bộ xóm Tân Sơn", &other, Instant::from_unix(NOW)).to_text();
    let jwk = |text: &str| {
        let json = parse(text.as_bytes(), FILE_LIMIT).unwrap();
        canonical(json.get("jwk").unwrap())
    };
    // The header names its key once more, inside base64url, where this does not reach.
    let foreign = edited(&card, &jwk(&card), &jwk(&others));
    named(vec![
        ("sound", card.clone()),
        (
            "sound-name-markup",
            KeyCard::make("<b>\u{202e}", &key, Instant::from_unix(NOW)).to_text(),
        ),
        ("another-name", edited(&card, "Tân Sơn", "Tân Tiến")),
        ("key-of-another", foreign),
        ("private-part", edited(&card, r#""kty":"OKP""#, r#""d":"AQ","kty":"OKP""#)),
        ("unknown-member", edited(&card, "{", r#"{"extra":1,"#)),
        ("no-signature", { canonical(&without_signatures(&card)) }),
        ("another-format", edited(&card, "bontot.key/1", "bontot.key/2")),
    ])
}

fn trust() -> Files {
    let entry = |seed: u8| TrustedKey {
        key: SecretKey::from_seed(&[seed; 32]).public(),
        unit: "Chi bộ".to_owned(),
        added: Instant::from_unix(NOW).date(),
        also: Vec::new(),
        revoked: None,
    };
    let list = TrustList { keys: vec![entry(1), entry(2)] };
    let text = list.to_text();
    let [one, two] = [1, 2].map(|seed: u8| SecretKey::from_seed(&[seed; 32]).public().kid());
    named(vec![
        ("sound", text.clone()),
        ("kid-of-another-key", edited(&text, &one, &two)),
        ("day-that-is-none", edited(&text, "2026-11-23", "2026-11-31")),
        ("unknown-member", edited(&text, r#""unit":"#, r#""extra":1,"unit":"#)),
        ("key-twice", {
            let twice = TrustList { keys: vec![list.keys[0].clone(), list.keys[0].clone()] };
            to_canonical(&twice)
        }),
        ("keys-not-a-list", r#"{"format":"bontot.trust/1","keys":{}}"#.to_owned()),
        ("another-format", edited(&text, "bontot.trust/1", "bontot.trust/2")),
    ])
}

fn appraisals() -> Files {
    let make = |item: &str, submission: Digest, role: Role| {
        let said = ItemAppraisal {
            verdict: bon_tot::form::AnswerVerdict::NotMet,
            note: "<b>Xem lại</b>".to_owned(),
        };
        let content = AppraisalContent {
            submission,
            items: bon_tot::json::Map::from_iter([(Id::new(item).unwrap(), said)]),
            decision: AppraisalDecision::Returned,
            note: "Sửa".to_owned(),
            date: Instant::from_unix(NOW).date(),
        };
        let key = SecretKey::from_seed(&[3; 32]);
        let appraisal = Appraisal::make(content, &key, Instant::from_unix(NOW)).to_text();
        if role == Role::Superior {
            return appraisal;
        }
        let content = without_signatures(&appraisal);
        let by_unit = signature(&content, &[3; 32], &header(&[3; 32], "unit"));
        file(&content, vec![by_unit])
    };
    let digest = Submission::from_bytes(SOUND.as_bytes()).unwrap().digest();
    let other = Digest::of(&Json::Null);
    let sound = make("i1", digest, Role::Superior);
    named(vec![
        ("sound", sound.clone()),
        ("signed-as-a-unit", make("i1", digest, Role::Unit)),
        ("of-another-submission", make("i1", other, Role::Superior)),
        ("item-that-the-form-does-not-have", make("i999", digest, Role::Superior)),
        ("changed-verdict", edited(&sound, "not_met", "met")),
        ("changed-decision", edited(&sound, "returned", "recognised")),
        ("verdict-unanswered", edited(&sound, "not_met", "unanswered")),
        ("decision-unknown", edited(&sound, "returned", "maybe")),
        ("unknown-member", edited(&sound, "{", r#"{"extra":1,"#)),
        ("no-signature", { canonical(&without_signatures(&sound)) }),
    ])
}

/// A lock by hand, with any header and any content, so that its defect is the only one.
fn lock_of(header: &str, plain: &str) -> [String; 5] {
    let json = parse(header.as_bytes(), FILE_LIMIT).unwrap();
    let salt = json.get("p2s").and_then(Json::as_text).unwrap();
    let iterations = match json.get("p2c") {
        Some(Json::Int(count)) => u32::try_from(*count).unwrap().min(5000),
        _ => 1000,
    };
    let salt = [b"PBES2-HS256+A128KW\0", &*Base64UrlUnpadded::decode_vec(salt).unwrap()].concat();
    let kek = bon_tot::seal::Derivation { salt, iterations }.run(PASSPHRASE);
    let (content_key, nonce) = ([5; 32], [6; 12]);
    let mut wrapped = [0; 40];
    KwAes128::new(kek.bytes().into()).wrap_key(&content_key, &mut wrapped).unwrap();
    let encode = |bytes: &[u8]| Base64UrlUnpadded::encode_string(bytes);
    let header = encode(header.as_bytes());
    let payload = Payload { msg: plain.as_bytes(), aad: header.as_bytes() };
    let sealed = Aes256Gcm::new((&content_key).into()).encrypt((&nonce).into(), payload).unwrap();
    let (content, tag) = sealed.split_at(sealed.len() - 16);
    [header, encode(&wrapped), encode(&nonce), encode(content), encode(tag)]
}

fn locks() -> Files {
    let header = r#"{"alg":"PBES2-HS256+A128KW","enc":"A256GCM","p2c":1000,"p2s":"c2FsdHNhbHQ"}"#;
    // RFC 8037 appendix A.1.
    let key = r#"{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
    let with = |from: &str, to: &str| lock_of(&edited(header, from, to), key).join(".");
    let holding = |plain: &str| lock_of(header, plain).join(".");
    let part = |place: usize, change: &dyn Fn(&str) -> String| {
        let mut parts = lock_of(header, key);
        parts[place] = change(&parts[place]);
        parts.join(".")
    };
    let other = |text: &str| {
        let last = if text.ends_with('A') { 'Q' } else { 'A' };
        format!("{}{last}", &text[..text.len() - 1])
    };
    let files = vec![
        ("opens", holding(key)),
        ("opens-white-space-around", format!("\n {} \n", holding(key))),
        ("p2c-too-low", with("1000", "999")),
        ("p2c-too-high", with("1000", "5000001")),
        ("p2s-too-short", with("c2FsdHNhbHQ", "c2FsdA")),
        ("alg-rsa-oaep", with("PBES2-HS256+A128KW", "RSA-OAEP")),
        ("alg-dir", with("PBES2-HS256+A128KW", "dir")),
        ("enc-a128cbc-hs256", with("A256GCM", "A128CBC-HS256")),
        ("zip", with("{", r#"{"zip":"DEF","#)),
        ("crit", with("{", r#"{"crit":["exp"],"#)),
        ("kid-of-another-key", with("{", r#"{"kid":"x","#)),
        ("four-parts", lock_of(header, key)[..4].join(".")),
        ("six-parts", format!("{}.x", holding(key))),
        (
            "header-changed",
            part(0, &|_| {
                Base64UrlUnpadded::encode_string(edited(header, "1000", "1001").as_bytes())
            }),
        ),
        ("header-padded", part(0, &|text| format!("{text}="))),
        ("key-changed", part(1, &|text| format!("B{}", &text[1..]))),
        ("nonce-too-short", part(2, &|text| text[..8].to_owned())),
        ("content-changed", part(3, &|text| format!("B{}", &text[1..]))),
        ("tag-changed", part(4, &other)),
        ("tag-cut-short", part(4, &|text| text[..16].to_owned())),
        ("holds-no-json", holding("secret")),
        (
            "holds-a-public-key",
            holding(&edited(key, r#""d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","#, "")),
        ),
        ("holds-a-key-of-another-curve", holding(&edited(key, "Ed25519", "X25519"))),
        ("holds-parts-of-two-keys", holding(&edited(key, "nWGx", "nWGy"))),
        ("empty", String::new()),
    ];
    let file = |(name, text): (&str, String)| (format!("{name}.jwe"), text.into_bytes());
    files.into_iter().map(file).collect()
}

fn packs_of_strangers() -> Files {
    let tiny = include_str!("../../vectors/pack/tiny.json");
    let compact = canonical(&parse(tiny.as_bytes(), FILE_LIMIT).unwrap());
    named(vec![
        ("sound", compact.clone()),
        ("duplicate-member", edited(&compact, "{", r#"{"id":"x","#)),
        ("unknown-member", edited(&compact, "{", r#"{"extra":1,"#)),
        (
            "fraction",
            edited(&compact, r#""criteria_required":"#, r#""criteria_required":0.5,"x":"#),
        ),
        ("id-with-markup", edited(&compact, r#""id":"tiny""#, r#""id":"<b>""#)),
        ("another-format", edited(&compact, "bontot.pack/1", "bontot.pack/2")),
    ])
}
