//! Receiving signed files (spec s. 4): one status each, none dropped. No file access.
//!
//! ```
//! use bon_tot::desk::{Status, TrustList, receive};
//! use bon_tot::seal::KeyCard;
//! # use bon_tot::form::{Assessment, Period};
//! # use bon_tot::pack::catalog::Catalog;
//! # use bon_tot::seal::{SecretKey, seal};
//! # use bon_tot::value::{AssessmentId, Date, Instant};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let packs = Catalog::built_in()?;
//! # let pack = packs.packs().first().ok_or("there are built-in packs")?;
//! # let day = Date::new(2026, 6, 30).ok_or("this is a day")?;
//! # let period = Period { kind: pack.periods[0], from: day, to: day };
//! # let (id, now) = (AssessmentId::from_bits([7; 16]), Instant::from_unix(1_795_399_398));
//! # let mut form = Assessment::blank(pack, id, period, now).ok_or("the pack has levels and types")?;
//! # form.unit.name = "Chi bộ xóm Tân Sơn".into();
//! # let key = SecretKey::from_seed(&[7; 32]);
//! let file = seal(pack, &form, &key, now).to_text();
//! let mut trust = TrustList::default();
//! assert_eq!(receive(file.as_bytes(), &packs, &trust).status, Status::UnknownKey);
//!
//! // The holder of the key says its check code, by telephone for example. The key then counts for that unit.
//! let card = KeyCard::make("Chi bộ xóm Tân Sơn", &key, now);
//! trust.add(&card, &key.public().check_code(), card.unit(), day)?;
//! assert_eq!(receive(file.as_bytes(), &packs, &trust).status, Status::Verified);
//! # Ok(())
//! # }
//! ```

mod appraised;
mod changed;
mod difference;
mod opinion;
mod reason;
mod receipt;
mod receive;
mod reconcile;
pub mod register;
mod trust;

pub use appraised::{
    AppraisalError, AppraisedItem, Appraiser, appraiser, check_appraisal, side_by_side,
};
pub use changed::{changed_items, last_before};
pub use difference::{Difference, first_difference};
pub use opinion::{
    ItemOpinion, ItemOpinionError, Opinion, OpinionDraft, OpinionError, Results, answer_name,
    answer_name_of, is_of_unit, may_be_decided, note_with_number, number_and_note, said_of_items,
};
pub use reason::{Reason, SignatureFault};
pub use receipt::{Conflict, ConflictKind, Detail, Receipt, Remark, Status, SubmissionSummary};
pub use receive::{Reception, receive, receive_submission};
pub use reconcile::reconcile;
pub use trust::{Trust, TrustError, TrustList, TrustedKey};
