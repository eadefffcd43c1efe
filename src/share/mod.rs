//! What leaves the device without being a file. The self-check link (spec s. 6): a form in some hundred characters, for
//! whoever wants to try the same rules. The codes on paper: the signed file itself, in parts.

mod base45;
mod collect;
mod form_codec;
mod link;
mod message;
mod paper;
mod range_coder;
mod symbols;

pub use collect::{Collected, Collector, FILES_LIMIT, PartialFile, TEXT_LIMIT};
pub use link::{LINK_LIMIT, LinkError, Linked, PLACEHOLDER, Texts, link, open_link};
pub use message::{Findings, Reply, Task};
pub use paper::{PARTS_LIMIT, PaperError, paper_code, parts};
