//! Random bytes that are fit for keys (Web Cryptography, `getRandomValues`).

use super::window;

/// Fills `bytes` with random ones; `false` where the browser has no source of them.
pub fn fill_random(bytes: &mut [u8]) -> bool {
    let crypto = window().and_then(|window| window.crypto().ok());
    crypto.is_some_and(|crypto| crypto.get_random_values_with_u8_array(bytes).is_ok())
}

/// Random bytes; `None` where the browser has no source of them.
pub fn entropy<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    fill_random(&mut bytes).then_some(bytes)
}
