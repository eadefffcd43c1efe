//! The small values of spec s. 1: ids, labels, dates, instants, digests, check codes.

mod blank;
mod date;
mod digest;
mod id;
mod label;
mod plain;
mod slug;
mod typed_date;

pub use blank::{is_blank, shows_nothing, trim};
pub use date::{Date, Instant};
pub use digest::{Digest, check_code, crockford, is_code};
pub use id::{AssessmentId, Id, Version};
pub use label::{Label, Lang};
pub use plain::{entered, entered_name, plain, plain_lines};
pub use slug::slug;
pub use typed_date::DateFault;
