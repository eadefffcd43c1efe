//! The form kit: what the analysis of a pack decides, held against every form that there is; planted faults.

mod brute;
mod planted;
