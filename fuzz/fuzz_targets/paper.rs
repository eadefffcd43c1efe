#![no_main]

#[path = "../checks.rs"]
#[allow(dead_code)] // each target is one of them
mod checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::paper(bytes));
