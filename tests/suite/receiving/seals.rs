//! `bad_signature`: headers, keys and signatures that are refused, each truly signed but for its
//! defect.

use base64ct::{Base64UrlUnpadded, Encoding};
use bon_tot::desk::{Detail, Status};
use bon_tot::json::{Json, canonical};
use bon_tot::seal::{HeaderError, SignatureError, SignatureErrorAt};
use curve25519_dalek::Scalar;
use ed25519_dalek::Verifier;
use sha2::{Digest as _, Sha512};

use super::*;

/// The sound content under a header that was edited before it was signed.
#[track_caller]
pub(super) fn with_header(from: &str, to: &str) -> String {
    let header = header(&SEED, "unit");
    assert_eq!(header.matches(from).count(), 1, "{from}");
    let content = sound_content();
    let edited = header.replace(from, to);
    file(&content, vec![signature(&content, &SEED, &edited)])
}

pub(super) fn sound_content() -> Json {
    content(sealed(&form()).assessment())
}

/// The sound file with its only signature put into words by `change`.
pub(super) fn with_signature(change: impl Fn(String, String) -> (String, String)) -> String {
    let content = sound_content();
    let signature = signature(&content, &SEED, &header(&SEED, "unit"));
    let part = |name| signature.get(name).and_then(Json::as_text).unwrap().to_owned();
    let (protected, signature) = change(part("protected"), part("signature"));
    let changed = [("protected", protected.into()), ("signature", signature.into())];
    file(&content, vec![changed.into()])
}

#[test]
fn both_names_of_the_algorithm_are_accepted_and_no_other() {
    check_sound(&with_header(r#""alg":"Ed25519""#, r#""alg":"EdDSA""#));
    for alg in ["none", "None", "HS256", "ES256", "Ed448", "ed25519", ""] {
        let text = with_header(r#""alg":"Ed25519""#, &format!(r#""alg":"{alg}""#));
        check_algorithm_refused(&text);
    }
}

#[test]
fn an_unsigned_file_of_algorithm_none_is_refused() {
    let header = header(&SEED, "unit").replace(r#""alg":"Ed25519""#, r#""alg":"none""#);
    let protected = Base64UrlUnpadded::encode_string(header.as_bytes());
    let text = with_signature(|_, _| (protected.clone(), String::new()));
    check_algorithm_refused(&text);
}

#[track_caller]
fn check_algorithm_refused(text: &str) {
    let receipt = received(text.as_bytes());
    let error = SignatureError::Header(HeaderError::Algorithm);
    assert_eq!(receipt.status, Status::BadSignature);
    let detail = Detail::Signature(SignatureErrorAt { index: 0, error });
    assert_eq!(receipt.detail, Some(detail));
}

#[test]
fn a_header_has_its_six_members_and_no_others() {
    let unknown = "this member is not known here";
    let missing = "this member is missing";
    let kid = format!(r#","kid":"{}""#, SecretKey::from_seed(&SEED).public().kid());
    let iat = format!(r#""iat":{NOW}"#);
    let all = "{\"alg\"";
    #[rustfmt::skip]
    let table = [
        (all, r#"{"crit":["exp"],"alg""#, "/crit", unknown),
        (all, r#"{"b64":false,"alg""#, "/b64", unknown),
        (all, r#"{"b64":false,"crit":["b64"],"alg""#, "/b64", unknown),
        (all, r#"{"jku":"https://example.org/keys","alg""#, "/jku", unknown),
        (all, r#"{"x5u":"https://example.org/keys","alg""#, "/x5u", unknown),
        (all, r#"{"x5c":[],"alg""#, "/x5c", unknown),
        (all, r#"{"alg":"Ed25519","alg""#, "/alg", "this member stands twice"),
        (r#""alg":"Ed25519","#, "", "/alg", missing),
        (r#","typ":"bontot+jws""#, "", "/typ", missing),
        (r#","role":"unit""#, "", "/role", missing),
        (&kid, "", "/kid", missing),
        (r#""role":"unit""#, r#""role":"member""#, "/role", "expected one of: unit, superior"),
        (&iat, r#""iat":"now""#, "/iat", "expected an integer from 0 to 253402300799"),
        (&iat, r#""iat":-1"#, "/iat", "expected an integer from 0 to 253402300799"),
        (&iat, r#""iat":1.5"#, "/iat", "only integers within ±(2^53 − 1) are allowed"),
        (r#""kty":"OKP""#, r#""kty":"EC""#, "/jwk/kty", "expected OKP"),
        (r#""crv":"Ed25519""#, r#""crv":"X25519""#, "/jwk/crv", "expected Ed25519"),
        (r#""crv":"Ed25519""#, r#""crv":"Ed25519","d":"AQ""#, "/jwk/d", unknown),
    ];
    for (from, to, pointer, fault) in table {
        let detail = format!("signature 1: protected header: {pointer}: {fault}");
        check(&with_header(from, to), Status::BadSignature, &detail);
    }
    let text = with_header(r#""typ":"bontot+jws""#, r#""typ":"JWT""#);
    let detail = "signature 1: the type of the signature is not bontot+jws";
    check(&text, Status::BadSignature, detail);
    // JSON is JSON: a header need not be canonical.
    check_sound(&with_header(all, "{ \"alg\""));
}

#[test]
fn kid_is_the_thumbprint_of_the_key_in_the_header() {
    let own = SecretKey::from_seed(&SEED).public().kid();
    let other = SecretKey::from_seed(&[2; 32]).public().kid();
    let detail = "signature 1: kid is not the thumbprint of the key";
    check(&with_header(&own, &other), Status::BadSignature, detail);
}

#[test]
fn a_key_is_a_canonical_point_of_large_order() {
    let mut neutral = [0; 32];
    neutral[0] = 1;
    // y = p + 1 is the same point as y = 1, written otherwise.
    let mut beyond = [0xFF; 32];
    (beyond[0], beyond[31]) = (0xEE, 0x7F);
    let order_4 = [0; 32];
    let small = "the key is a point of small order";
    let encoding = "the key is not 32 bytes of base64url";
    let point = "the key is no canonical point of the curve";
    let key =
        Base64UrlUnpadded::encode_string(SigningKey::from_bytes(&SEED).verifying_key().as_bytes());
    let bytes = |bytes: &[u8]| Base64UrlUnpadded::encode_string(bytes);
    #[rustfmt::skip]
    let table = [
        (bytes(&neutral), small),
        (bytes(&order_4), small),
        (bytes(&beyond), point),
        (bytes(&[0xFF; 32]), point),
        (bytes(&[1; 31]), encoding),
        (bytes(&[1; 33]), encoding),
        (format!("{key}="), encoding),
        (key.replace('i', "+"), encoding),
        (String::new(), encoding),
    ];
    assert!(key.contains('i'));
    for (x, fault) in table {
        let text = with_header(&format!(r#""x":"{key}""#), &format!(r#""x":"{x}""#));
        check(&text, Status::BadSignature, &format!("signature 1: {fault}"));
    }
}

#[test]
fn base64url_has_no_padding_no_stray_bits_and_no_other_characters() {
    let header = "signature 1: the protected header is not base64url";
    let signature = "signature 1: the signature is not 64 bytes of base64url";
    let bad_header = |change: &dyn Fn(String) -> String| {
        check(&with_signature(|p, s| (change(p), s)), Status::BadSignature, header);
    };
    let bad_signature = |change: &dyn Fn(String) -> String| {
        check(&with_signature(|p, s| (p, change(s))), Status::BadSignature, signature);
    };
    bad_header(&|p| p + "=");
    bad_header(&|p| p + "\n");
    bad_header(&|p| p.replacen('e', "+", 1));
    bad_signature(&|s| s + "==");
    bad_signature(&|s| s + "A");
    bad_signature(&|s| s[1..].to_owned());
    bad_signature(&|s| format!(" {}", &s[1..]));
    bad_signature(&|_| String::new());
    // 64 bytes leave four bits of the last character over; they must be zero.
    bad_signature(&|s| {
        let next = match s.as_bytes()[85] {
            b'A' => 'B',
            b'Q' => 'R',
            b'g' => 'h',
            b'w' => 'x',
            other => unreachable!("stray bits in {other}"),
        };
        format!("{}{next}", &s[..85])
    });
}

/// The same signature with the order of the group added to its scalar.
pub(super) fn unreduced(signature: &str) -> String {
    // L = 2^252 + 27742317777372353535851937790883648493, least byte first (RFC 8032 s. 5.1).
    let mut order = [0; 32];
    let low = 27_742_317_777_372_353_535_851_937_790_883_648_493_u128;
    order[..16].copy_from_slice(&low.to_le_bytes());
    order[31] = 0x10;
    let mut bytes = Base64UrlUnpadded::decode_vec(signature).unwrap();
    let mut carry = 0;
    for (byte, add) in bytes[32..].iter_mut().zip(order) {
        let sum = u16::from(*byte) + u16::from(add) + carry;
        *byte = (sum & 0xFF) as u8;
        carry = sum >> 8;
    }
    assert_eq!(carry, 0);
    Base64UrlUnpadded::encode_string(&bytes)
}

#[test]
fn the_scalar_of_a_signature_is_less_than_the_order_of_the_group() {
    let text = with_signature(|protected, signature| (protected, unreduced(&signature)));
    let told = "signature 1: the scalar of the signature is not reduced";
    check(&text, Status::BadSignature, told);
}

/// Such a signature fits any key that its maker holds under plain RFC 8032, and two verifiers may
/// disagree about it: strict verification refuses it.
#[test]
fn the_commitment_of_a_signature_is_a_point_of_large_order() {
    let mut neutral = [0; 32];
    neutral[0] = 1;
    let key = SigningKey::from_bytes(&SEED);
    let content = sound_content();
    let payload = Base64UrlUnpadded::encode_string(canonical(&content).as_bytes());
    let text = with_signature(|protected, _| {
        let input = format!("{protected}.{payload}");
        let challenge = Sha512::new()
            .chain_update(neutral)
            .chain_update(key.verifying_key().as_bytes())
            .chain_update(input.as_bytes())
            .finalize();
        let challenge = Scalar::from_bytes_mod_order_wide(&challenge.into());
        let response = challenge * key.to_scalar();
        let bytes = [neutral, response.to_bytes()].concat();
        let signature = ed25519_dalek::Signature::from_slice(&bytes).unwrap();
        let plain = key.verifying_key().verify(input.as_bytes(), &signature);
        assert!(plain.is_ok(), "plain verification accepts it");
        (protected, Base64UrlUnpadded::encode_string(&bytes))
    });
    let told = "signature 1: the commitment of the signature is no canonical point of large order";
    check(&text, Status::BadSignature, told);
}

const CHANGED: &str = "the content was changed after signing, or signed by another key";

#[test]
fn a_signature_stands_for_its_content_its_key_and_its_header() {
    let changed = format!("signature 1: {CHANGED}");
    let text = SOUND.replace("Tân Sơn", "Tân Tiến");
    check(&text, Status::BadSignature, &changed);
    let text = SOUND.replace(r#""verdict":"not_eligible""#, r#""verdict":"eligible""#);
    check(&text, Status::BadSignature, &changed);
    // Signed by one key under the header of another.
    let content = sound_content();
    let stolen = signature(&content, &[2; 32], &header(&SEED, "unit"));
    check(&file(&content, vec![stolen]), Status::BadSignature, &changed);
    // The signature of one header under another that would pass alone.
    let other = header(&SEED, "unit").replace("Ed25519\",\"iat", "EdDSA\",\"iat");
    let other = Base64UrlUnpadded::encode_string(other.as_bytes());
    let text = with_signature(|_, s| (other.clone(), s));
    check(&text, Status::BadSignature, &changed);
}

#[test]
fn the_first_signature_is_the_units_and_each_further_one_must_fit() {
    let content = sound_content();
    let by = |seed: u8, role| signature(&content, &[seed; 32], &header(&[seed; 32], role));
    let role = "signature 1: the signature stands in the wrong role";
    check(&file(&content, vec![by(1, "superior")]), Status::BadSignature, role);
    let superior_first = vec![by(2, "superior"), by(1, "unit")];
    check(&file(&content, superior_first), Status::BadSignature, role);
    check_sound(&file(&content, vec![by(1, "unit"), by(2, "superior")]));
    check_sound(&file(&content, (1..=8).map(|n| by(n, "unit")).collect()));
    let Json::Object(mut wrong) = by(2, "superior") else {
        unreachable!("a signature is an object")
    };
    wrong[1].1 = by(3, "superior").get("signature").unwrap().clone();
    let text = file(&content, vec![by(1, "unit"), Json::Object(wrong)]);
    check(&text, Status::BadSignature, &format!("signature 2: {CHANGED}"));
}

#[test]
fn a_signature_covers_nothing_but_the_content() {
    // A signature over the canonical text of another object that has the same members.
    let content = sound_content();
    let padded = canonical(&content).replace(':', ": ");
    let protected = Base64UrlUnpadded::encode_string(header(&SEED, "unit").as_bytes());
    let payload = Base64UrlUnpadded::encode_string(padded.as_bytes());
    let input = format!("{protected}.{payload}");
    let bytes = SigningKey::from_bytes(&SEED).sign(input.as_bytes()).to_bytes();
    let signature = [
        ("protected", protected.into()),
        ("signature", Base64UrlUnpadded::encode_string(&bytes).into()),
    ];
    let text = file(&content, vec![signature.into()]);
    check(&text, Status::BadSignature, &format!("signature 1: {CHANGED}"));
}
