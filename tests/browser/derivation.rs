//! PBKDF2 by WebCrypto gives the bytes that it gives in Rust, so that a key locked by the page
//! opens in the command-line tool, and the other way about.

use bon_tot::app::host::{derive, derive_in_steps};
use bon_tot::seal::{Derivation, Kek, LockError, LockSalts, LockedKey, SecretKey};
use wasm_bindgen_test::wasm_bindgen_test;

fn salts() -> LockSalts {
    let mut random = [0; 60];
    for (n, byte) in random.iter_mut().enumerate() {
        *byte = (n * 7) as u8;
    }
    LockSalts::from_bytes(&random)
}

#[wasm_bindgen_test]
async fn web_crypto_derives_what_rust_derives() {
    let derivation = Derivation {
        iterations: 1000, // enough to differ, quick in unoptimised wasm
        ..Derivation::for_lock(&salts())
    };
    for passphrase in ["bốn con trâu cày ruộng", "x", "", "\u{1F402} trâu"] {
        let by_browser: Kek = derive(&derivation, passphrase).await;
        let by_rust = derivation.run(passphrase);
        assert_eq!(by_browser.bytes(), by_rust.bytes(), "{passphrase:?}");
        // As where the page came by plain http, and there is no WebCrypto.
        let in_steps = derive_in_steps(&derivation, passphrase).await;
        assert_eq!(in_steps.bytes(), by_rust.bytes(), "{passphrase:?}");
    }
}

#[wasm_bindgen_test]
async fn a_key_locked_by_the_browser_opens_again() {
    let salts = salts();
    let key = SecretKey::from_seed(&[7; 32]);
    let kek = derive(&Derivation::for_lock(&salts), "mật khẩu").await;
    let locked = LockedKey::lock(&key, &kek, &salts).unwrap();
    let read = LockedKey::parse(locked.as_str()).unwrap();
    let open = async |passphrase| read.open(&derive(read.derivation(), passphrase).await);
    assert_eq!(open("mật khẩu").await.unwrap().public(), key.public());
    let wrong = open("mat khau").await.err();
    assert_eq!(wrong, Some(LockError::WrongPassphrase));
}
