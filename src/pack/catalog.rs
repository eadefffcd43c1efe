//! The packs that are built in.

use std::rc::Rc;

use crate::json::{self, ReadError};
use crate::pack::Pack;
use crate::value::Digest;

/// A built-in pack as it stands in `packs/`.
pub struct BuiltIn {
    /// Its id.
    pub id: &'static str,
    /// Its JSON text.
    pub text: &'static str,
    /// The digest of its canonical bytes, as hexadecimal digits: what forms refer to. A test proves it.
    pub digest: &'static str,
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
        digest: "3aa1e12eff529735edbb4f847b9b47a8f6f108f803fffccbf1d03939f9890f10",
    },
    BuiltIn {
        id: "sinh-hoat-hd42",
        text: text!("sinh-hoat-hd42.json"),
        digest: "ef1ca2c9008ce9bce368a3cef8efa4f2eecab08c9db867a30f6be7ea927e81e8",
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
        let packs = BUILT_IN.iter().map(|own| own.read().map(Rc::new));
        let packs = packs.collect::<Result<_, _>>()?;
        Ok(Catalog { packs })
    }

    /// Only the usual pack, and as the page has it until the part that loads later has come: without its words in English,
    /// which are blank until then (see `scripts/texts.mjs`). Its digest is that of the whole.
    ///
    /// # Errors
    /// As [`Catalog::built_in`].
    pub fn usual() -> Result<Catalog, ReadError> {
        let mut packs = Vec::new();
        if let Some(usual) = BUILT_IN.first() {
            let mut pack = usual.read()?;
            pack.digest = json::from_json(&usual.digest.into())?;
            packs.push(Rc::new(pack));
        }
        Ok(Catalog { packs })
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
