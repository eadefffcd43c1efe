//! Forms outside files (spec s. 6): the self-check link, a form in some hundred characters, to try the same rules with;
//! and the codes on paper, the signed file itself in parts.
//!
//! ```
//! use bon_tot::share::{Collected, Collector, Texts, link, open_link, parts};
//! # use bon_tot::form::{Assessment, Period};
//! # use bon_tot::pack::catalog::Catalog;
//! # use bon_tot::value::{AssessmentId, Date, Instant};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let packs = Catalog::built_in()?;
//! # let pack = packs.packs().first().ok_or("there are built-in packs")?;
//! # let day = Date::new(2026, 6, 30).ok_or("this is a day")?;
//! # let period = Period { kind: pack.periods[0], from: day, to: day };
//! # let (id, now) = (AssessmentId::from_bits([7; 16]), Instant::from_unix(1_795_399_398));
//! # let form = Assessment::blank(pack, id.clone(), period, now).ok_or("the pack has levels and types")?;
//! let text = link(pack, &form, Texts::Left).ok_or("it is short enough")?;
//! assert_eq!(open_link(&text, &packs, id, now)?.form, form);
//!
//! // The parts of a file may be scanned in any order.
//! let mut collector = Collector::default();
//! for code in parts(b"a signed file")?.iter().rev() {
//!     if let Collected::Whole(file) = collector.take(code)? {
//!         assert_eq!(file, b"a signed file");
//!     }
//! }
//! assert!(collector.partial().is_empty());
//! # Ok(())
//! # }
//! ```

mod base45;
mod collect;
mod file_link;
mod form_codec;
mod link;
mod message;
mod paper;
mod pictures;
mod range_coder;
mod symbols;

pub use collect::{Collected, Collector, FILES_LIMIT, PartialFile, TEXT_LIMIT, file_mark};
pub use file_link::{file_in_link, link_of_file};
pub use link::{LINK_LIMIT, LinkError, Linked, PLACEHOLDER, Texts, link, open_link};
pub use message::{Findings, PdfReply, PdfTask, Reply, Task};
pub use paper::{PARTS_LIMIT, PaperError, paper_code, parts};
pub use pictures::Pictures;
