//! Signatures, keys at rest, the signed file and its appraisal (spec s. 4 and 5). No clock and no entropy: callers
//! pass the time and the random bytes in.
//!
//! ```
//! use bon_tot::pack::catalog::Catalog;
//! use bon_tot::seal::{SecretKey, Submission, seal};
//! # use bon_tot::form::{Assessment, Period};
//! # use bon_tot::value::{AssessmentId, Date, Instant};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let packs = Catalog::built_in()?;
//! let pack = packs.packs().first().ok_or("there are built-in packs")?;
//! # let day = Date::new(2026, 6, 30).ok_or("this is a day")?;
//! # let period = Period { kind: pack.periods[0], from: day, to: day };
//! # let (id, now) = (AssessmentId::from_bits([7; 16]), Instant::from_unix(1_795_399_398));
//! # let form = Assessment::blank(pack, id, period, now).ok_or("the pack has levels and types")?;
//! let key = SecretKey::from_seed(&[7; 32]); // random bytes for a real key
//! let file = seal(pack, &form, &key, now).to_text();
//!
//! let verified = Submission::from_bytes(file.as_bytes())?.verify()?;
//! assert!(verified.signers()[0].key == key.public());
//! assert_eq!(verified.content().assessment().revision, 1);
//!
//! let changed = file.replacen(r#""revision":1"#, r#""revision":2"#, 1);
//! assert!(Submission::from_bytes(changed.as_bytes())?.verify().is_err());
//! # Ok(())
//! # }
//! ```

mod appraisal;
mod bag;
mod card;
mod derivation;
mod header;
mod jws;
mod key;
mod locked;
mod published;
mod signed;
mod submission;
mod wiping;

pub use appraisal::{Appraisal, AppraisalContent, AppraisalDecision, ItemAppraisal};
pub use bag::{BagError, sign_bag, verify_bag};
pub use card::KeyCard;
pub use derivation::{Derivation, Deriving, ITERATIONS, Kek, PASSPHRASE_MIN};
pub use header::{Header, HeaderError, Role};
pub use jws::{SIGNATURE_LIMIT, Signature, SignatureError, SignatureErrorAt};
pub use key::{KeyError, PublicKey, SecretKey};
pub use locked::{LockError, LockSalts, LockedKey};
pub use published::{PUBLISHED_FORMAT, PackFile, PackFileError, Published, PublishedContent};
pub use submission::{AddSignatureError, Submission, Verified, seal, seal_stating};
