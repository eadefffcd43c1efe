//! The scored cases of the native suite: the same outcomes, byte for byte.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::cases::{CASES, replay};

#[wasm_bindgen_test]
fn every_case_gives_its_outcome_and_its_plan_in_wasm() {
    assert!(!CASES.is_empty());
    let failed: Vec<_> = CASES
        .iter()
        .filter_map(|(name, text)| Some(format!("{name}: {}", replay(text).err()?)))
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
