//! A criteria pack that its author publishes: `bontot.published/1`, one file that units take.

use serde::{Deserialize, Serialize};

use crate::json::{FILE_LIMIT, Json, ReadError, object, parse};
use crate::pack::Pack;
use crate::seal::signed::Signed;
use crate::seal::{Header, Role, SecretKey, SignatureErrorAt};
use crate::value::{Date, Instant};

/// The type of such a signature, so that it never passes for one over a form (spec s. 4).
const PACK: &str = "bontot+pack";

/// What is signed: the pack as a whole, and what its author says of this version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename = "bontot.published/1", deny_unknown_fields)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "cli", schemars(rename = "Published", title = "bontot.published/1"))]
#[cfg_attr(feature = "cli", schemars(transform = crate::json::document))]
pub struct PublishedContent {
    /// The pack (`bontot.pack/1`), as its author wrote it.
    #[serde(deserialize_with = "object")]
    #[cfg_attr(feature = "cli", schemars(with = "Pack"))]
    pub pack: Json,
    /// The name of who publishes it, as the author states it.
    pub author: String,
    /// What is new in this version, in the words of the author.
    #[serde(default)]
    pub note: String,
    /// The day of publication, as the author states it.
    pub date: Date,
}

/// A published pack as it was read: its shape is right, nothing else is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(transparent))]
pub struct Published(Signed<PublishedContent>);

impl Published {
    /// Signs a pack. The linter has found no error in it.
    pub fn make(content: PublishedContent, key: &SecretKey, now: Instant) -> Published {
        Published(Signed::new_as(PACK, content, key, Role::Superior, now))
    }

    /// Reads a file.
    ///
    /// # Errors
    /// The first violation of spec s. 1 and 4; not yet those of the pack, see [`Published::pack`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Published, ReadError> {
        Published::from_json(parse(bytes, FILE_LIMIT)?)
    }

    /// Reads a file from its tree.
    ///
    /// # Errors
    /// As [`Published::from_bytes`].
    pub fn from_json(json: Json) -> Result<Published, ReadError> {
        Signed::from_json(json).map(Published)
    }

    /// The content.
    pub fn content(&self) -> &PublishedContent {
        self.0.content()
    }

    /// The pack. It may still have errors that [`lint`](crate::pack::lint) finds.
    ///
    /// # Errors
    /// The first violation of spec s. 2, with its place within the file.
    pub fn pack(&self) -> Result<Pack, ReadError> {
        Pack::from_json(&self.content().pack).map_err(|error| error.within("pack"))
    }

    /// Verifies every signature; returns their headers, the author's first. The role is *superior*: a pack is issued to
    /// those below.
    ///
    /// # Errors
    /// The first signature that is refused.
    pub fn verify(&self) -> Result<Vec<Header>, SignatureErrorAt> {
        self.0.verify_as(PACK, |_, header| header.role == Role::Superior)
    }

    /// The file, canonical bytes.
    pub fn to_text(&self) -> String {
        self.0.to_text()
    }
}
