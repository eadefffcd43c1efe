//! Criteria packs while they are written: changes, sentences; what the analysis of a pack decides, held against every form
//! that there is; planted faults; tables that become packs; what differs between two.
#![cfg(test)] // so that clippy knows these helpers for tests

mod brute;
mod diff;
mod documents;
mod hundred;
mod odd;
mod planted;
mod sentences;
mod worker;
