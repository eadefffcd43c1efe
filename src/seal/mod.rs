//! Signatures, keys at rest, the signed file and its appraisal (spec s. 4 and 5). No clock and no entropy: doors
//! bring the time and the random bytes in.

mod appraisal;
mod card;
mod derivation;
mod header;
mod jws;
mod key;
mod locked;
mod submission;

pub use appraisal::{Appraisal, AppraisalContent, Decision, ItemAppraisal};
pub use card::KeyCard;
pub use derivation::{Derivation, Deriving, ITERATIONS, Kek};
pub use header::{Header, HeaderFault, Role};
pub use jws::{SIGNATURE_LIMIT, Signature, SignatureFault, sign, signatures, verify};
pub use key::{KeyFault, PublicKey, SecretKey};
pub use locked::{LockFault, LockSalts, LockedKey};
pub use submission::{AddFault, Submission, Verified, seal};
