//! The sentences that only the deferred chunk says, so that nobody waits for them. They are in that chunk as long as
//! nothing in the first one reaches [`Later`]; `make size` shows it where something does. So is all of English.

mod attached_en;
mod attached_vi;
pub(super) mod en;
mod files_en;
mod files_vi;
mod filing_en;
mod filing_vi;
mod meetings_en;
mod meetings_vi;
mod packs_en;
mod packs_vi;
mod paper_en;
mod paper_vi;
pub(super) mod vi;

pub use attached_vi::Attached;
pub use files_vi::Files;
pub use filing_vi::Filing;
pub use meetings_vi::Meetings;
pub use packs_vi::Packs;
pub use paper_vi::Paper;
pub use vi::Later;
