//! What we compute, against the figures that the RFCs print.

use aes_gcm::Aes256Gcm;
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_kw::KwAes128;
use base64ct::{Base64UrlUnpadded, Encoding};
use bon_tot::json::{FILE_LIMIT, canonical, from_slice, parse};
use bon_tot::seal::{Derivation, PublicKey};
use bon_tot::value::Digest;
use ed25519_dalek::{Signer, SigningKey};

fn canonical_of(text: &str) -> String {
    canonical(&parse(text.as_bytes(), FILE_LIMIT).unwrap())
}

fn decoded(text: &str) -> Vec<u8> {
    Base64UrlUnpadded::decode_vec(text).unwrap()
}

/// Section 3.2.2, without its numbers, which are no integers, and section 3.2.3.
#[test]
fn rfc_8785_strings_and_the_order_of_members() {
    let text = r#"{
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
        "literals": [null, true, false]
    }"#;
    let expected = r#"{"literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/"}"#;
    assert_eq!(canonical_of(text), expected);

    let text = r#"{
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\ud83d\ude00": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis"
    }"#;
    let sorted = canonical_of(text);
    let order = [
        "Carriage Return",
        "One",
        "Control",
        "Latin Small Letter O With Diaeresis",
        "Euro Sign",
        "Emoji: Grinning Face",
        "Hebrew Letter Dalet With Dagesh",
    ];
    let places: Vec<_> = order.iter().map(|name| sorted.find(name).unwrap()).collect();
    assert!(places.is_sorted(), "{sorted}");
}

/// Appendix C.
#[test]
fn rfc_7515_base64url() {
    let octets = [3, 236, 255, 224, 193];
    assert_eq!(Base64UrlUnpadded::encode_string(&octets), "A-z_4ME");
    assert_eq!(decoded("A-z_4ME"), octets);
}

/// Section 3.1: the hash of the canonical text of the required members.
#[test]
fn rfc_7638_a_thumbprint() {
    let jwk = r#"{"kty": "RSA", "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw", "e": "AQAB"}"#;
    let digest = Digest::of(&parse(jwk.as_bytes(), FILE_LIMIT).unwrap());
    let thumbprint = Base64UrlUnpadded::encode_string(digest.bytes());
    assert_eq!(thumbprint, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
}

/// Appendix A.1 to A.5: a key, its thumbprint, a signature by it.
#[test]
fn rfc_8037_a_key_and_its_signature() {
    let seed = decoded("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A");
    let key = SigningKey::from_bytes(seed[..].try_into().unwrap());
    let jwk = r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
    let public: PublicKey = from_slice(jwk.as_bytes(), FILE_LIMIT).unwrap();
    assert_eq!(public, PublicKey::from_bytes(key.verifying_key().to_bytes()).unwrap());
    assert_eq!(public.kid(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");

    let payload = Base64UrlUnpadded::encode_string(b"Example of Ed25519 signing");
    assert_eq!(payload, "RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc");
    let input = format!("eyJhbGciOiJFZERTQSJ9.{payload}");
    let signature = key.sign(input.as_bytes());
    let expected =
        "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
    assert_eq!(Base64UrlUnpadded::encode_string(&signature.to_bytes()), expected);
    key.verifying_key().verify_strict(input.as_bytes(), &signature).unwrap();
}

/// Appendix A.1: content under A256GCM, with the protected header as additional data.
#[test]
fn rfc_7516_content_under_a256gcm() {
    let key = [
        177, 161, 244, 128, 84, 143, 225, 115, 63, 180, 3, 255, 107, 154, 212, 246, 138, 7, 110,
        91, 112, 46, 34, 105, 47, 130, 203, 46, 122, 234, 64, 252,
    ];
    let nonce = [227, 197, 117, 252, 2, 219, 233, 68, 180, 225, 77, 219];
    let payload = Payload {
        msg: b"The true sign of intelligence is not knowledge but imagination.",
        aad: b"eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ",
    };
    let sealed = Aes256Gcm::new((&key).into()).encrypt((&nonce).into(), payload);
    let sealed = sealed.unwrap();
    let (content, tag) = sealed.split_at(sealed.len() - 16);
    let expected =
        "5eym8TW_c8SuK0ltJ3rpYIzOeDQz7TALvtu6UG9oMo4vpzs9tX_EFShS8iB7j6jiSdiwkIr3ajwQzaBtQD_A";
    assert_eq!(Base64UrlUnpadded::encode_string(content), expected);
    assert_eq!(Base64UrlUnpadded::encode_string(tag), "XFBoMYUZodetZdvTiFvSkQ");
}

/// RFC 3394 section 4.1, which RFC 7518 section 4.4 takes over.
#[test]
fn rfc_3394_a_key_wrapped_by_a128kw() {
    let kek: [u8; 16] = std::array::from_fn(|n| n as u8);
    let data: [u8; 16] = std::array::from_fn(|n| n as u8 * 0x11);
    let mut wrapped = [0; 24];
    KwAes128::new((&kek).into()).wrap_key(&data, &mut wrapped).unwrap();
    let expected = [
        0x1F, 0xA6, 0x8B, 0x0A, 0x81, 0x12, 0xB4, 0x47, 0xAE, 0xF3, 0x4B, 0xD8, 0xFB, 0x5A, 0x7B,
        0x82, 0x9D, 0x3E, 0x86, 0x23, 0x71, 0xD2, 0xCF, 0xE5,
    ];
    assert_eq!(wrapped, expected);
}

/// RFC 7517 appendix C.4 and C.5: from the passphrase to the key that unwraps the content key (PBES2 of RFC
/// 7518 section 4.8).
#[test]
fn rfc_7517_a_content_key_under_a_passphrase() {
    let salt = [b"PBES2-HS256+A128KW\0", &*decoded("2WCTcJZ1Rvd_CJuJripQ1w")].concat();
    let derivation = Derivation { salt, iterations: 4096 };
    let kek = derivation.run("Thus from my lips, by yours, my sin is purged.");
    let wrapped = decoded("TrqXOwuNUfDV9VPTNbyGvEJ9JMjefAVn-TR1uIxR9p6hsRQh9Tk7BA");
    let mut content_key = [0; 32];
    KwAes128::new(kek.bytes().into()).unwrap_key(&wrapped, &mut content_key).unwrap();
    let expected = [
        111, 27, 25, 52, 66, 29, 20, 78, 92, 176, 56, 240, 65, 208, 82, 112, 161, 131, 36, 55, 202,
        236, 185, 172, 129, 23, 153, 194, 195, 48, 253, 182,
    ];
    assert_eq!(content_key, expected);
}
