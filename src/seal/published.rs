//! A criteria pack that its author publishes: `bontot.published/1`, one file that units take.

use serde::{Deserialize, Serialize};

use crate::json::{FILE_LIMIT, Fault, Json, PACK_LIMIT, ReadError, object, parse, to_canonical};
use crate::pack::catalog::{Author, Catalog, Origin};
use crate::pack::lint::{LintError, errors};
use crate::pack::{Pack, PackRef};
use crate::seal::signed::Signed;
use crate::seal::{Header, Role, SecretKey, SignatureErrorAt};
use crate::value::{Date, Instant};

/// The type of such a signature, so that it never passes for one over a form (spec s. 4).
const PACK: &str = "bontot+pack";

/// The name of the format.
pub const PUBLISHED_FORMAT: &str = "bontot.published/1";

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

/// A pack from a file, published or plain: its signature fits, and the linter has found no error in it.
#[derive(Clone, Debug)]
pub struct PackFile {
    /// The pack.
    pub pack: Pack,
    /// The file that it came by, and what its first signature states; `None` for a plain pack.
    pub published: Option<(Published, Header)>,
    text: String,
}

impl PartialEq for PackFile {
    fn eq(&self, other: &PackFile) -> bool {
        self.text == other.text
    }
}

/// Why a pack from a file is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackFileError {
    /// It is no pack, or the file of none.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A signature does not fit.
    #[error("the signature does not fit: {0}")]
    Signature(#[from] SignatureErrorAt),
    /// The linter finds errors: at least one.
    #[error("the pack has errors: {}", listed(.0))]
    Errors(Vec<LintError>),
}

fn within_limit(pack: &Json) -> Result<(), ReadError> {
    let limit = PACK_LIMIT;
    let fits = to_canonical(pack).len() <= limit;
    fits.then_some(()).ok_or_else(|| ReadError::here(Fault::TooLarge { limit }))
}

fn listed(errors: &[LintError]) -> String {
    errors.iter().map(LintError::to_string).collect::<Vec<_>>().join("; ")
}

impl PackFile {
    /// Reads and verifies a file.
    ///
    /// # Errors
    /// It is refused.
    pub fn from_bytes(bytes: &[u8]) -> Result<PackFile, PackFileError> {
        PackFile::from_json(parse(bytes, FILE_LIMIT)?)
    }

    /// As [`PackFile::from_bytes`], from its tree.
    ///
    /// # Errors
    /// It is refused.
    pub fn from_json(json: Json) -> Result<PackFile, PackFileError> {
        let is_published = json.get("format").and_then(Json::as_text) == Some(PUBLISHED_FORMAT);
        let file = if is_published {
            let published = Published::from_json(json)?;
            let author = published.verify()?.into_iter().next();
            within_limit(&published.content().pack).map_err(|error| error.within("pack"))?;
            let (pack, text) = (published.pack()?, published.to_text());
            PackFile { pack, text, published: author.map(|author| (published, author)) }
        } else {
            within_limit(&json)?;
            let text = to_canonical(&json);
            PackFile { pack: Pack::from_json(&json)?, published: None, text }
        };
        let errors = errors(&file.pack);
        if errors.is_empty() { Ok(file) } else { Err(PackFileError::Errors(errors)) }
    }

    /// The pack as a tree.
    ///
    /// # Errors
    /// None: what was read once reads again.
    pub fn json(&self) -> Result<Json, ReadError> {
        match &self.published {
            Some((published, _)) => Ok(published.content().pack.clone()),
            None => parse(self.text.as_bytes(), FILE_LIMIT),
        }
    }

    /// The identity of the pack.
    pub fn reference(&self) -> PackRef {
        self.pack.reference()
    }

    /// Where a device has the pack from that takes this file.
    pub fn origin(&self) -> Origin {
        match &self.published {
            None => Origin::Brought,
            Some((published, header)) => Origin::Published(Author {
                name: published.content().author.clone(),
                kid: header.key.kid(),
            }),
        }
    }

    /// The file, canonical bytes.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Teaches the packs in these files, as far as they can be read.
    ///
    /// # Errors
    /// Why the last one that is refused is.
    pub fn teach(packs: &mut Catalog, files: &[String]) -> Result<(), PackFileError> {
        let mut refused = Ok(());
        for file in files {
            match PackFile::from_bytes(file.as_bytes()) {
                Ok(file) => packs.learn(file.pack.clone(), file.origin()),
                Err(error) => refused = Err(error),
            }
        }
        refused
    }
}
