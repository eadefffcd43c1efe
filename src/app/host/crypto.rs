//! Deriving a key from a passphrase without freezing the page.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Pbkdf2Params, SubtleCrypto};

use super::{millis, pause, window};
use crate::seal::{Derivation, Kek};

/// Runs a derivation by WebCrypto, which is fast and does not freeze the page; in Rust, in steps,
/// outside secure contexts, which lack WebCrypto.
pub async fn derive(derivation: &Derivation, passphrase: &str) -> Kek {
    match derive_by_web_crypto(derivation, passphrase).await {
        Some(kek) => kek,
        None => derive_in_steps(derivation, passphrase).await,
    }
}

/// Runs a derivation in Rust in short steps.
pub async fn derive_in_steps(derivation: &Derivation, passphrase: &str) -> Kek {
    const STEP: u32 = 500;
    const AT_ONCE: f64 = 25.0; // milliseconds: not noticeable
    let mut deriving = derivation.begin(passphrase);
    loop {
        let begun = millis();
        while millis() - begun < AT_ONCE {
            if let Some(kek) = deriving.go_on(STEP) {
                return kek;
            }
        }
        pause(0).await;
    }
}

#[wasm_bindgen]
extern "C" {
    /// WebCrypto; over plain HTTP `subtle` is missing.
    #[wasm_bindgen(js_name = Crypto)]
    type PartialCrypto;

    #[wasm_bindgen(method, getter)]
    fn subtle(this: &PartialCrypto) -> Option<SubtleCrypto>;
}

async fn derive_by_web_crypto(derivation: &Derivation, passphrase: &str) -> Option<Kek> {
    let crypto: PartialCrypto = JsValue::from(window()?.crypto().ok()?).unchecked_into();
    let subtle = crypto.subtle()?;
    let usages = Array::of1(&"deriveBits".into());
    let secret = Uint8Array::from(passphrase.as_bytes());
    let key = subtle.import_key_with_str("raw", &secret, "PBKDF2", false, &usages);
    let key = JsFuture::from(key.ok()?).await.ok()?;
    secret.fill(0, 0, secret.length());
    let salt = Uint8Array::from(derivation.salt.as_slice());
    let algorithm = Pbkdf2Params::new_with_str("PBKDF2", "SHA-256", derivation.iterations, &salt);
    let bits = subtle.derive_bits_with_object(&algorithm, key.unchecked_ref(), 128);
    let bits = Uint8Array::new(&JsFuture::from(bits.ok()?).await.ok()?);
    let mut bytes = [0; 16];
    if bits.length() != 16 {
        return None;
    }
    bits.copy_to(&mut bytes);
    bits.fill(0, 0, 16);
    Some(Kek::from_bytes(bytes))
}
