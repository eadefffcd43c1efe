//! Packs by id and digest: those built in, and those that a person brought.

use std::rc::Rc;

use crate::json::{Json, PACK_LIMIT, ReadError, parse};
use crate::pack::{Pack, PackRef};
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
        Pack::from_json(&self.json()?)
    }

    /// The pack as a tree.
    ///
    /// # Errors
    /// As [`BuiltIn::read`].
    pub fn json(&self) -> Result<Json, ReadError> {
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
        Ok(json)
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

/// Where a known pack is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It came with this version of the app.
    BuiltIn,
    /// A person brought the file of who publishes it; the signature fits.
    Published(Author),
    /// A person brought it, and nobody signed it.
    Brought,
}

/// Who publishes a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// The name, as the author states it.
    pub name: String,
    /// The thumbprint of the key that signed the pack.
    pub kid: String,
}

/// Known packs, to find the one that a form names.
#[derive(Clone)]
pub struct Catalog {
    /// Those for new forms: of each id one.
    packs: Vec<Rc<Pack>>,
    earlier: Vec<Rc<Pack>>,
    origins: Vec<(Digest, Origin)>,
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
        Ok(Catalog::of(read(&BUILT_IN)?, read(&EARLIER)?))
    }

    /// Only the usual pack, which is all that the page has before its second chunk is loaded.
    ///
    /// # Errors
    /// As [`Catalog::built_in`].
    pub fn usual() -> Result<Catalog, ReadError> {
        Ok(Catalog::of(read(&[USUAL])?, Vec::new()))
    }

    fn of(packs: Vec<Rc<Pack>>, earlier: Vec<Rc<Pack>>) -> Catalog {
        let all = packs.iter().chain(&earlier);
        let origins = all.map(|pack| (pack.digest, Origin::BuiltIn)).collect();
        Catalog { packs, earlier, origins }
    }

    /// Adds a pack that a person brought; the linter has found no error in it.
    pub fn add(&mut self, pack: Pack) {
        self.learn(pack, Origin::Brought);
    }

    /// Adds a pack from elsewhere; the linter has found no error in it. Of one that is known, what is better known of its
    /// origin stays. The newest version of an id is the one for new forms.
    pub fn learn(&mut self, pack: Pack, origin: Origin) {
        if let Some((_, known)) = self.origins.iter_mut().find(|(own, _)| *own == pack.digest) {
            if *known != Origin::BuiltIn && origin != Origin::Brought {
                *known = origin;
            }
            return;
        }
        self.origins.push((pack.digest, origin));
        let pack = Rc::new(pack);
        match self.packs.iter_mut().find(|own| own.id == pack.id) {
            None => self.packs.push(pack),
            Some(own) if pack.version.is_after(&own.version) => {
                self.earlier.push(std::mem::replace(own, pack));
            }
            Some(_) => self.earlier.push(pack),
        }
    }

    /// The packs that a new form can be made of: of each id the newest version.
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

    /// Where the pack with this digest is from; `None` where it is not known.
    pub fn origin(&self, digest: &Digest) -> Option<&Origin> {
        self.origins.iter().find(|(own, _)| own == digest).map(|(_, origin)| origin)
    }

    /// Is the pack with this digest built in?
    pub fn is_built_in(&self, digest: &Digest) -> bool {
        self.origin(digest) == Some(&Origin::BuiltIn)
    }

    /// The newest version of this pack, where a newer one than this is known.
    pub fn newer(&self, pack: &PackRef) -> Option<&Rc<Pack>> {
        let newest = self.packs.iter().find(|own| own.id == pack.id);
        newest.filter(|own| own.version.is_after(&pack.version))
    }

    /// The known pack that has the id and the version of this one, but not its digest: one of the two poses as the
    /// other (spec s. 4).
    pub fn namesake(&self, pack: &Pack) -> Option<&Rc<Pack>> {
        self.all().find(|known| {
            known.id == pack.id && known.version == pack.version && known.digest != pack.digest
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Pack {
        let mut json = parse(BUILT_IN[0].text.as_bytes(), PACK_LIMIT).unwrap();
        if let Json::Object(members) = &mut json {
            for (name, value) in members {
                if name == "version" {
                    *value = text.into();
                }
            }
        }
        Pack::from_json(&json).unwrap()
    }

    fn offered(packs: &Catalog) -> String {
        packs.packs().iter().map(|pack| format!("{} {} ", pack.id, pack.version)).collect()
    }

    #[test]
    fn the_newest_version_is_for_new_forms_and_none_is_forgotten() {
        let mut packs = Catalog::built_in().unwrap();
        let own = packs.packs()[0].reference();
        let before = offered(&packs);
        assert!(packs.newer(&own).is_none());
        packs.learn(version("0.1.0"), Origin::Brought);
        assert_eq!(offered(&packs), before);
        let newer = version("9.10.0");
        let author = Author { name: "Ban".to_owned(), kid: "k".to_owned() };
        packs.learn(newer.clone(), Origin::Brought);
        packs.learn(version("9.9.0"), Origin::Brought);
        assert!(offered(&packs).starts_with("nghe-an-2024 9.10.0 sinh-hoat-hd42 "));
        assert_eq!(packs.newer(&own).unwrap().digest, newer.digest);
        assert!(packs.newer(&newer.reference()).is_none());
        for digest in [own.digest, version("0.1.0").digest, version("9.9.0").digest] {
            assert!(packs.by_digest(&digest).is_some());
        }
        // Signed later on, it is known by who signed it; what is built in stays so.
        assert_eq!(packs.origin(&newer.digest), Some(&Origin::Brought));
        let count = packs.all().count();
        packs.learn(newer.clone(), Origin::Published(author.clone()));
        packs.learn(newer.clone(), Origin::Brought);
        assert_eq!(packs.origin(&newer.digest), Some(&Origin::Published(author.clone())));
        let built_in = packs.by_digest(&own.digest).unwrap();
        packs.learn(Pack::clone(&built_in.clone()), Origin::Published(author));
        assert!(packs.is_built_in(&own.digest) && !packs.is_built_in(&newer.digest));
        assert_eq!(packs.all().count(), count);
    }
}
