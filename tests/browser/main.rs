//! What only a browser can prove, in wasm: the rules give what they give natively, storage keeps
//! what it is given, the browser's own derivation is ours, and its doors close.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../suite/vectors/cases.rs"]
mod cases;
mod derivation;
mod golden;
mod host;
mod media;
mod storage;
mod text;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
