//! Criteria packs while they are written: analysis, advice, rules as sentences, changes and their undoing, import from
//! spreadsheets, and what differs between two versions. Everything here is a function of its arguments; a pack that is
//! being written is a [`Json`](crate::json::Json) tree in the format of spec s. 2, which need not be complete.
//!
//! ```
//! use bon_tot::kit::{analyse, review};
//! use bon_tot::pack::catalog::Catalog;
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let packs = Catalog::built_in()?;
//! let pack = packs.packs().first().ok_or("there are built-in packs")?;
//! let review = review(pack);
//! assert!(review.errors.is_empty() && review.warnings.is_empty());
//! assert!(analyse(pack).warnings(pack).is_empty());
//! # Ok(())
//! # }
//! ```

mod advice;
pub mod analysis;
mod applies;
pub mod blank;
pub mod diff;
mod document;
pub mod findings;
mod ids;
pub mod import;
mod sentence;
mod told;
mod trace;
pub mod tree;
mod version;
mod warning;
mod warnings;

pub use advice::Advice;
pub use analysis::{Analysis, analyse};
pub use applies::Matrix;
pub use document::{Document, Edit};
pub use findings::Finding;
pub use ids::{Kind, free_id, remove, rename, rename_field};
pub use sentence::{Names, Word, line, sentence, value_words};
pub use told::{Sample, Told};
pub use trace::Trace;
pub use version::next_version;
pub use warning::{Part, Warning};

use crate::pack::Pack;
use crate::pack::lint::{self, LintError};

/// What is said of a pack without looking at whole forms: cheap enough for every change of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// Errors, for which it is refused.
    pub errors: Vec<LintError>,
    /// What is most likely not meant; none where there are errors.
    pub warnings: Vec<Finding<Warning>>,
    /// What choices cost; none where there are errors.
    pub advice: Vec<Finding<Advice>>,
}

/// Reviews a pack. Whether forms of it can be eligible, and whether better answers can make them worse, is for [`analyse`].
pub fn review(pack: &Pack) -> Review {
    let errors = lint::errors(pack);
    if !errors.is_empty() {
        return Review { errors, warnings: Vec::new(), advice: Vec::new() };
    }
    let mut warnings = warnings::warnings(pack);
    warnings.extend(analysis::conditions(pack));
    Review { errors, warnings, advice: advice::advice(pack) }
}
