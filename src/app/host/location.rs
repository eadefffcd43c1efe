//! The address of the page and its origin.

use wasm_bindgen::JsValue;

use super::{attempted, window};

/// The address of the page without its fragment.
pub fn address() -> String {
    let href = window().and_then(|w| w.location().href().ok());
    let href = href.unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_owned()
}

/// The fragment of the address, without `#`.
pub fn fragment() -> String {
    let hash = window().and_then(|w| w.location().hash().ok()).unwrap_or_default();
    hash.trim_start_matches('#').to_owned()
}

/// Goes to a fragment, adding a history entry.
pub fn go(fragment: &str) {
    attempted(window().map(|window| window.location().set_hash(fragment)));
}

/// Puts a fragment into the address with a history entry of its own; no page is shown anew.
pub fn push_fragment(fragment: &str) {
    let history = window().and_then(|window| window.history().ok());
    attempted(
        history.map(|history| history.push_state_with_url(&JsValue::NULL, "", Some(fragment))),
    );
}

/// Leaves scrolling to the page where the person goes back, or loads the page again: what it shows comes later.
pub fn keep_scrolling() {
    let history = window().and_then(|window| window.history().ok());
    attempted(history.map(|own| own.set_scroll_restoration(web_sys::ScrollRestoration::Manual)));
}

/// Puts a fragment in the place of the one in the address; no page is shown anew.
pub fn replace_fragment(fragment: &str) {
    let history = window().and_then(|window| window.history().ok());
    attempted(
        history.map(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(fragment))),
    );
}

/// Reloads the page.
pub fn reload() {
    attempted(window().map(|window| window.location().reload()));
}

/// Was the page opened from a local file?
pub fn is_file() -> bool {
    let protocol = window().and_then(|window| window.location().protocol().ok());
    protocol.as_deref() == Some("file:")
}

/// Is this a secure context (Secure Contexts, W3C)? Over plain HTTP it is not, and browsers
/// disable service workers, locks and WebCrypto.
pub fn is_secure() -> bool {
    window().is_some_and(|window| window.is_secure_context())
}
