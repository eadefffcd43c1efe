//! Packs by id and digest: those built in, and those that a person brought.

use std::rc::Rc;

use crate::json::{Json, PACK_LIMIT, ReadError, parse};
use crate::pack::Pack;
use crate::value::{Digest, Lang};

/// A built-in pack as it stands in `packs/`, or an earlier version of it.
pub struct BuiltIn {
    /// Its id.
    pub id: &'static str,
    /// The JSON text in `packs/`.
    pub text: &'static str,
    /// The version before checks came, where that is meant: it is the same but for them, so the page need not
    /// download it as well.
    without_checks: Option<&'static str>,
}

impl BuiltIn {
    /// Reads the pack.
    ///
    /// # Errors
    /// The text is no pack; a test proves that none of the built-in texts is refused, and what digests they have.
    pub fn read(&self) -> Result<Pack, ReadError> {
        let mut json = parse(self.text.as_bytes(), PACK_LIMIT)?;
        if let (Some(own), Json::Object(members)) = (self.without_checks, &mut json) {
            members.retain(|(name, _)| name != "checks");
            for (name, value) in members {
                match (name.as_str(), value) {
                    ("version", version) => *version = own.into(),
                    ("items", Json::List(items)) => items.iter_mut().for_each(|item| {
                        item.remove("checks");
                    }),
                    _ => {}
                }
            }
        }
        Pack::from_json(&json)
    }
}

/// The text of a pack; in the page without insignificant white space, see `build.rs`.
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
pub(super) use text;

/// The built-in packs as they are used for new forms; the default first.
pub const BUILT_IN: [BuiltIn; 5] = [USUAL, MEETING, OLD_MEETING, SLIP, NINE];

/// The default pack of a new form.
const USUAL: BuiltIn =
    BuiltIn { id: "nghe-an-2024", text: text!("nghe-an-2024.json"), without_checks: None };

/// The pack of a monthly meeting.
const MEETING: BuiltIn =
    BuiltIn { id: "sinh-hoat-hd42", text: text!("sinh-hoat-hd42.json"), without_checks: None };

/// The pack of a monthly meeting before the one above had its basis.
const OLD_MEETING: BuiltIn =
    BuiltIn { id: "sinh-hoat-hd12", text: text!("sinh-hoat-hd12.json"), without_checks: None };

/// The pack of a monthly slip without points.
const SLIP: BuiltIn =
    BuiltIn { id: "phieu-thang-dat", text: text!("phieu-thang-dat.json"), without_checks: None };

/// The pack of a committee by nine criteria.
const NINE: BuiltIn = BuiltIn {
    id: "chin-tieu-chi-dang-bo",
    text: text!("chin-tieu-chi-dang-bo.json"),
    without_checks: None,
};

/// Earlier versions of the built-in packs, by which forms were filled in: those keep their rules for ever.
pub const EARLIER: [BuiltIn; 2] = [
    BuiltIn { without_checks: Some("1.0.0"), ..USUAL },
    BuiltIn { without_checks: Some("1.0.0"), ..MEETING },
];

/// What a built-in pack is for, in words that fit a line of a phone; its title says it in full.
const PURPOSES: [(&str, &str, &str); BUILT_IN.len()] = [
    ("nghe-an-2024", "Tự đánh giá bốn tốt", "Four-good self-assessment"),
    ("sinh-hoat-hd42", "Chấm buổi sinh hoạt tháng", "Score a monthly meeting"),
    ("sinh-hoat-hd12", "Chấm sinh hoạt theo HD 12 (cũ)", "Score a meeting (old Guidance 12)"),
    ("phieu-thang-dat", "Phiếu tháng đạt / không đạt", "Monthly slip, met / not met"),
    ("chin-tieu-chi-dang-bo", "Đảng bộ cơ sở: chín tiêu chí", "Committee: nine criteria"),
];

/// What a pack is for, in a short line; of a pack that is not built in, its title.
pub fn purpose(pack: &Pack, lang: Lang) -> &str {
    let own = PURPOSES.iter().find(|(id, ..)| *id == pack.id.as_str());
    match (own, lang) {
        (Some((_, vi, _)), Lang::Vi) => vi,
        (Some((.., en)), Lang::En) => en,
        (None, lang) => pack.title.text(lang),
    }
}

/// The built-in pack with this id, as it is used for new forms.
pub fn by_id(id: &str) -> Option<&'static BuiltIn> {
    BUILT_IN.iter().find(|built_in| built_in.id == id)
}

/// Known packs, to find the one that a form names.
pub struct Catalog {
    packs: Vec<Rc<Pack>>,
    /// How many of `packs`, from the first, are built in; every earlier one is.
    built_in: usize,
    earlier: Vec<Rc<Pack>>,
}

fn read(packs: &[BuiltIn]) -> Result<Vec<Rc<Pack>>, ReadError> {
    packs.iter().map(|own| own.read().map(Rc::new)).collect()
}

impl Catalog {
    /// The built-in packs, with their earlier versions.
    ///
    /// # Errors
    /// A built-in text is no pack; a test proves that this does not happen.
    pub fn built_in() -> Result<Catalog, ReadError> {
        Ok(Catalog { packs: read(&BUILT_IN)?, built_in: BUILT_IN.len(), earlier: read(&EARLIER)? })
    }

    /// Only the usual pack, which is all that the page has before its second chunk is loaded.
    ///
    /// # Errors
    /// As [`Catalog::built_in`].
    pub fn usual() -> Result<Catalog, ReadError> {
        Ok(Catalog { packs: read(&[USUAL])?, built_in: 1, earlier: Vec::new() })
    }

    /// Adds a pack that a person brought; the linter has found no error in it.
    pub fn add(&mut self, pack: Pack) {
        self.packs.push(Rc::new(pack));
    }

    /// The packs that a new form can be made of.
    pub fn packs(&self) -> &[Rc<Pack>] {
        &self.packs
    }

    /// Every known pack, earlier versions included.
    pub fn all(&self) -> impl Iterator<Item = &Rc<Pack>> {
        self.packs.iter().chain(&self.earlier)
    }

    /// The pack with this digest.
    pub fn by_digest(&self, digest: &Digest) -> Option<&Rc<Pack>> {
        self.all().find(|pack| pack.digest == *digest)
    }

    /// Is the pack with this digest built in?
    pub fn is_built_in(&self, digest: &Digest) -> bool {
        let own = self.packs.iter().take(self.built_in).chain(&self.earlier);
        own.into_iter().any(|pack| pack.digest == *digest)
    }

    /// The known pack that has the id and the version of this one, but not its digest: one of the two poses as the
    /// other (spec s. 4).
    pub fn namesake(&self, pack: &Pack) -> Option<&Rc<Pack>> {
        self.all().find(|known| {
            known.id == pack.id && known.version == pack.version && known.digest != pack.digest
        })
    }
}
