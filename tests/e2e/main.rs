//! Journeys through the built page in a real browser, one file each.
//!
//! They find things as a person or an assistive tool does: by test id (spec s. 8), role, label or
//! visible text, never by markup. What they expect comes from the library, not from a second model.

// A journey is a test from end to end: what it cannot do is its failure.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

mod appraisal;
mod attached;
mod axe_everywhere;
mod backup;
mod check;
mod dates;
mod desk;
mod desk_appraisal;
mod desk_bags;
mod desk_overview;
mod desk_papers;
mod desk_pdf;
mod desk_units;
mod desk_whole;
mod double_click;
mod fill_and_seal;
mod from_last;
mod handed_in;
mod history;
mod keyboard_only;
mod keys;
mod kit;
mod kit_import;
mod kit_kept;
mod kit_keyboard;
mod language_and_reload;
mod large_text;
mod leaks;
mod long_texts;
mod meetings;
mod offline;
mod packs;
mod paper;
mod paper_codes;
mod phone;
mod portable;
mod quiet;
mod rewritten;
mod secrets;
mod slow_network;
mod storage_faults;
mod tampered_import;
mod trust;
mod two_tabs;
mod way;
