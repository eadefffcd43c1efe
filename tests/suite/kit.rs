//! Criteria packs while they are written: changes, sentences; what the analysis of a pack decides, held against every form
//! that there is; planted faults.

mod brute;
mod documents;
mod planted;
mod sentences;
