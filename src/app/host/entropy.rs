//! Random bytes fit for keys (Web Cryptography, `getRandomValues`).

use super::window;

/// Fills `bytes` at random; `false` if the browser has no random source.
pub fn fill_random(bytes: &mut [u8]) -> bool {
    let crypto = window().and_then(|window| window.crypto().ok());
    crypto.is_some_and(|crypto| crypto.get_random_values_with_u8_array(bytes).is_ok())
}

/// Random bytes; `None` if the browser has no random source.
pub fn entropy<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    fill_random(&mut bytes).then_some(bytes)
}
