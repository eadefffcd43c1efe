//! A form as it is kept on this device: `bontot.draft/1`, a versioned envelope.

use crate::form::Assessment;
use crate::json::{
    Builder, FILE_LIMIT, Json, Object, Read, ReadError, Write, canonical, parse, text,
};
use crate::pack::catalog::Catalog;
use crate::session::{Place, Session};
use crate::value::{SortedMap, map};

/// The name of the format.
pub const DRAFT_FORMAT: &str = "bontot.draft/1";

/// The largest draft that is read, in bytes: it holds a form and the file sealed from it, each with a
/// limit of its own.
pub const DRAFT_LIMIT: usize = 3 * FILE_LIMIT;

/// A form being filled, where the person was, and the last file that was sealed from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The form.
    pub form: Assessment,
    /// Entries that are no value yet.
    pub typed: SortedMap<String, String>,
    /// The section that was open, by its name.
    pub section: String,
    /// How far the page was scrolled, in CSS pixels.
    pub scroll: i64,
    /// The last sealed file, as text.
    pub sealed: Option<String>,
}

/// Why a draft cannot be opened. Its text stays where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftError {
    /// The text is no draft, or its answers do not fit the pack.
    Read(ReadError),
    /// The pack is not known here.
    UnknownPack,
}

impl Draft {
    /// A draft of a form that nobody has worked on here.
    pub fn new(form: Assessment) -> Draft {
        Draft {
            form,
            typed: SortedMap::new(),
            section: String::new(),
            scroll: 0,
            sealed: None,
        }
    }

    /// The form and the entries of a session, without a place on the page and without a sealed file.
    pub fn of(session: &Session) -> Draft {
        let mut draft = Draft::new(session.form().clone());
        draft.typed = typed(session);
        draft
    }

    /// Reads a draft.
    ///
    /// # Errors
    /// The first fault of the text, with its place.
    pub fn from_text(text: &str) -> Result<Draft, ReadError> {
        Draft::read(&parse(text.as_bytes(), DRAFT_LIMIT)?)
    }

    /// The text to keep.
    pub fn to_text(&self) -> String {
        canonical(&self.write())
    }

    /// The text to keep of this draft with the form and the entries of a session, which it does not
    /// take in: a form with all its evidence is copied once less at every key.
    pub fn text_with(&self, session: &Session) -> String {
        canonical(&self.written(session.form(), &typed(session)))
    }

    /// Opens the draft with its pack.
    ///
    /// # Errors
    /// The pack is not known here, or the answers do not fit it.
    pub fn open(&self, packs: &Catalog) -> Result<Session, DraftError> {
        let pack = packs
            .by_digest(&self.form.pack.digest)
            .ok_or(DraftError::UnknownPack)?;
        let mut session =
            Session::open(pack.clone(), self.form.clone()).map_err(DraftError::Read)?;
        for (place, text) in &self.typed {
            if let Some(place) = Place::from_text(place) {
                session.enter(place, text);
            }
        }
        Ok(session)
    }

    /// Takes in the form and the entries of a session.
    pub fn take_in(&mut self, session: &Session) {
        self.form = session.form().clone();
        self.typed = typed(session);
    }

    fn written(&self, form: &Assessment, typed: &SortedMap<String, String>) -> Json {
        let typed = typed.iter();
        let typed = typed.map(|(place, text)| (place.clone(), text.into()));
        Builder::new()
            .with("format", DRAFT_FORMAT)
            .with("form", form.write())
            .with("typed", Json::Object(typed.collect()))
            .with("section", &self.section)
            .with("scroll", self.scroll)
            .with("sealed", self.sealed.as_ref())
            .done()
    }
}

fn typed(session: &Session) -> SortedMap<String, String> {
    let typed = session.typed().iter();
    typed
        .map(|(place, text)| (place.to_text(), text.clone()))
        .collect()
}

impl Read for Draft {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let o = Object::open_format(
            json,
            &[DRAFT_FORMAT],
            &["format", "form", "typed", "section", "scroll", "sealed"],
        )?;
        let entries = |json: &Json| {
            map(
                json,
                |place| Ok(place.to_owned()),
                |entry| text(entry).map(Some),
            )
        };
        Ok(Draft {
            form: o.need("form")?,
            typed: o.maybe_by("typed", entries)?.unwrap_or_default(),
            section: o.text("section")?,
            scroll: o.integer("scroll", 0, i64::from(i32::MAX))?,
            sealed: o.maybe_null("sealed")?,
        })
    }
}

impl Write for Draft {
    fn write(&self) -> Json {
        self.written(&self.form, &self.typed)
    }
}
