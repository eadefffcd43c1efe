//! The browser normalises what people type (spec s. 1): as the command-line tool does, by NFC.

use bon_tot::app::host::normal;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn typed_text_becomes_nfc_and_is_trimmed() {
    // As macOS and some keyboards type it: base letters, then their marks, in either order.
    for typed in ["  xo\u{301}m Ta\u{302}n Sơn\n", "xóm Tân So\u{31B}n", "xóm Tân Sơn"] {
        assert_eq!(normal(typed), "xóm Tân Sơn", "{typed:?}");
    }
    assert_eq!(normal("bo\u{323}\u{302}"), normal("bo\u{302}\u{323}"));
    assert_eq!(normal(" \u{A0}\n"), "");
}
