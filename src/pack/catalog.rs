//! The packs that are built in.

use std::rc::Rc;

use crate::json::ReadError;
use crate::pack::Pack;
use crate::value::Digest;

/// A built-in pack as it stands in `packs/`.
pub struct BuiltIn {
    /// Its id.
    pub id: &'static str,
    /// Its JSON text.
    pub text: &'static str,
}

impl BuiltIn {
    /// Reads the pack.
    ///
    /// # Errors
    /// The text is no pack; a test proves that none of the built-in texts is refused.
    pub fn read(&self) -> Result<Pack, ReadError> {
        Pack::from_bytes(self.text.as_bytes())
    }
}

/// The text of a pack: in the page without the white space that is there for people, see `build.rs`.
#[cfg(target_arch = "wasm32")]
macro_rules! text {
    ($name:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $name))
    };
}
#[cfg(not(target_arch = "wasm32"))]
macro_rules! text {
    ($name:literal) => {
        include_str!(concat!("../../packs/", $name))
    };
}

/// Every built-in pack, the usual one first.
pub const BUILT_IN: [BuiltIn; 2] = [
    BuiltIn {
        id: "nghe-an-2024",
        text: text!("nghe-an-2024.json"),
    },
    BuiltIn {
        id: "sinh-hoat-hd42",
        text: text!("sinh-hoat-hd42.json"),
    },
];

/// The built-in pack with this id.
pub fn by_id(id: &str) -> Option<&'static BuiltIn> {
    BUILT_IN.iter().find(|built_in| built_in.id == id)
}

/// Packs that are known here, to find the one that a form names.
pub struct Catalog {
    packs: Vec<Rc<Pack>>,
}

impl Catalog {
    /// The built-in packs.
    ///
    /// # Errors
    /// A built-in text is no pack; a test proves that this does not happen.
    pub fn built_in() -> Result<Catalog, ReadError> {
        Catalog { packs: Vec::new() }.with(&BUILT_IN)
    }

    /// Only the usual one: what the page knows until the part that loads later has brought the others.
    ///
    /// # Errors
    /// As [`Catalog::built_in`].
    pub fn usual() -> Result<Catalog, ReadError> {
        Catalog { packs: Vec::new() }.with(&BUILT_IN[..1])
    }

    /// The packs of this catalog, and the built-in ones that it lacks.
    ///
    /// # Errors
    /// As [`Catalog::built_in`].
    pub fn completed(&self) -> Result<Catalog, ReadError> {
        let packs = self.packs.clone();
        let known = packs.len().min(BUILT_IN.len());
        Catalog { packs }.with(&BUILT_IN[known..])
    }

    fn with(mut self, more: &[BuiltIn]) -> Result<Catalog, ReadError> {
        for built_in in more {
            self.packs.push(Rc::new(built_in.read()?));
        }
        Ok(self)
    }

    /// Adds a pack that a person brought; the linter has found no error in it.
    pub fn add(&mut self, pack: Pack) {
        self.packs.push(Rc::new(pack));
    }

    /// Every known pack.
    pub fn packs(&self) -> &[Rc<Pack>] {
        &self.packs
    }

    /// The pack with this digest.
    pub fn by_digest(&self, digest: &Digest) -> Option<&Rc<Pack>> {
        self.packs.iter().find(|pack| pack.digest == *digest)
    }
}
