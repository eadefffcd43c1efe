//! The register as a bag (RFC 8493, spec s. 10) in a ZIP archive: every file that was received, the register itself, and
//! digests of all that, which may be signed. Bags are written and read here, by the tool and by the page alike.

mod beside;
mod kept;
mod merge;
mod read;
mod write;

use sha2::{Digest as _, Sha256};

use crate::archive::bag::{self, APPRAISALS, SUBMISSIONS};

pub use beside::{Beside, match_attached};
pub use kept::Kept;
pub use merge::{Merging, Taken};
pub use read::{Bag, Rows, digest_of};
pub use write::{BagWriteError, Contents, Unsigned, write};

/// What every bag begins by saying.
const DECLARATION: (&str, &str) =
    (bag::DECLARATION, "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
/// What is said of the whole.
const INFO: &str = "bag-info.txt";
/// The digests of the payload.
const MANIFEST: &str = "manifest-sha256.txt";
/// The digests of the other files.
const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
/// The signature over those. It stands in no manifest, since it is made of one.
const SIGNATURE: &str = "tagmanifest-sha256.jws.json";
/// The register.
const REGISTER: &str = "data/register.ndjson";

fn hex(hash: Sha256) -> String {
    base16ct::lower::encode_string(&hash.finalize())
}
