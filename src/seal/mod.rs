//! Signatures, keys at rest, the signed file and its appraisal (spec s. 4 and 5). No clock and no entropy: doors
//! bring the time and the random bytes in.

mod appraisal;
mod card;
mod derivation;
mod header;
mod jws;
mod key;
mod locked;
mod signed;
mod submission;

pub use appraisal::{Appraisal, AppraisalContent, AppraisalDecision, ItemAppraisal};
pub use card::KeyCard;
pub use derivation::{Derivation, Deriving, ITERATIONS, Kek};
pub use header::{Header, HeaderError, Role};
pub use jws::{SIGNATURE_LIMIT, Signature, SignatureError, SignatureErrorAt};
pub use key::{KeyError, PublicKey, SecretKey};
pub use locked::{LockError, LockSalts, LockedKey};
pub use submission::{AddSignatureError, Submission, Verified, seal};
