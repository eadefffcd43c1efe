//! Signatures, keys at rest, and the signed file (spec s. 4 and 5). No clock and no entropy: doors
//! bring the time and the random bytes in.

mod card;
mod header;
mod jws;
mod key;
mod locked;
mod submission;

pub use card::KeyCard;
pub use header::{Header, HeaderFault, Role};
pub use jws::{Signature, SignatureFault, sign, signatures, verify};
pub use key::{KeyFault, PublicKey, SecretKey};
pub use locked::{Derivation, ITERATIONS, Kek, LockFault, LockSalts, LockedKey};
pub use submission::{Submission, Verified, seal};
