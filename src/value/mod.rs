//! The small values of spec s. 1: ids, labels, dates, instants, digests, check codes.

mod blank;
mod carried;
mod date;
mod digest;
mod id;
mod label;
mod name;
mod order;
mod plain;
mod slug;
mod typed_date;

pub use blank::{is_blank, shows_nothing, trim};
pub use carried::as_carried;
pub use date::{Date, Instant};
pub use digest::{CODE_SIGNS, Digest, check_code, code_signs, crockford, is_code, short_code};
pub use id::{AssessmentId, Id, Version};
pub use label::{Label, Lang};
pub use name::{name_key, same_name};
pub use order::{order_key, search_key};
pub use plain::{cut, entered, entered_name, is_unfit, plain, plain_lines, shown};
pub use slug::slug;
pub use typed_date::DateFault;
