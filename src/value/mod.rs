//! The small values of spec s. 1: ids, labels, dates, instants, digests, check codes.

mod date;
mod digest;
mod id;
mod label;
mod plain;
mod slug;

pub use date::{Date, Instant};
pub use digest::{Digest, check_code, crockford, is_code};
pub use id::{AssessmentId, Id, Version};
pub use label::{Label, Lang};
pub use plain::plain;
pub use slug::slug;

/// Is a text blank, that is, empty or only white space (spec s. 2.3)?
pub fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}
