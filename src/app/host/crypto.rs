//! Deriving a key from a passphrase without freezing the page.

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::{millis, pause, window};
use crate::seal::{Derivation, Kek};

/// Runs a derivation by WebCrypto, which neither freezes the page nor takes long; in Rust, a little at
/// a time, where the page is not in a secure context and there is none.
pub async fn derive(derivation: &Derivation, passphrase: &str) -> Kek {
    match derive_by_web_crypto(derivation, passphrase).await {
        Some(kek) => kek,
        None => derive_in_steps(derivation, passphrase).await,
    }
}

/// Runs a derivation in Rust; the page goes on meanwhile.
pub async fn derive_in_steps(derivation: &Derivation, passphrase: &str) -> Kek {
    const STEP: u32 = 500;
    const AT_ONCE: f64 = 25.0; // milliseconds: less than a person feels
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

async fn derive_by_web_crypto(derivation: &Derivation, passphrase: &str) -> Option<Kek> {
    let crypto: JsValue = window()?.crypto().ok()?.into();
    let subtle = Reflect::get(&crypto, &"subtle".into()).ok()?;
    let method = |name: &str| {
        Reflect::get(&subtle, &name.into())
            .ok()?
            .dyn_into::<Function>()
            .ok()
    };
    let usages = Array::of1(&"deriveBits".into());
    let secret = Uint8Array::from(passphrase.as_bytes());
    let import = method("importKey")?;
    let arguments = Array::of5(
        &"raw".into(),
        &secret,
        &"PBKDF2".into(),
        &JsValue::FALSE,
        &usages,
    );
    let key = import.apply(&subtle, &arguments).ok()?;
    let key = JsFuture::from(Promise::resolve(&key)).await.ok()?;
    secret.fill(0, 0, secret.length());
    let algorithm = Object::new();
    let set = |name: &str, value: &JsValue| Reflect::set(&algorithm, &name.into(), value).ok();
    set("name", &"PBKDF2".into())?;
    set("hash", &"SHA-256".into())?;
    set("salt", &Uint8Array::from(derivation.salt.as_slice()))?;
    set("iterations", &derivation.iterations.into())?;
    let bits = method("deriveBits")?
        .call3(&subtle, &algorithm, &key, &128.into())
        .ok()?;
    let bits = JsFuture::from(Promise::resolve(&bits)).await.ok()?;
    let bits = Uint8Array::new(&bits);
    let mut bytes = [0; 16];
    if bits.length() != 16 {
        return None;
    }
    bits.copy_to(&mut bytes);
    bits.fill(0, 0, 16);
    Some(Kek::from_bytes(bytes))
}
