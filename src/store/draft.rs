//! A form as it is kept on this device: `bontot.draft/1`, a versioned envelope.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::form::Assessment;
use crate::json::{FILE_LIMIT, ReadError, Within, from_slice, to_canonical};
use crate::pack::catalog::Catalog;
use crate::session::{NumberField, Session};

/// The name of the format.
pub const DRAFT_FORMAT: &str = "bontot.draft/1";

/// The largest draft that is read, in bytes: it holds a form and the file sealed from it, each with a
/// limit of its own.
pub const DRAFT_LIMIT: usize = 3 * FILE_LIMIT;

/// The furthest that a page is scrolled.
const SCROLL_LIMIT: i64 = i32::MAX as i64;

/// A form being filled, where the person was, and the last file that was sealed from it. What is large in
/// it may be borrowed, for writing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename = "bontot.draft/1", deny_unknown_fields)]
pub struct Draft<F = Assessment, T = String> {
    /// The form.
    pub form: F,
    /// Entries that are no value yet.
    #[serde(default)]
    pub typed: BTreeMap<String, String>,
    /// The section that was open, by its name.
    #[serde(default)]
    pub section: T,
    /// How far the page was scrolled, in CSS pixels.
    #[serde(with = "Within::<0, SCROLL_LIMIT>")]
    pub scroll: i64,
    /// The last sealed file, as text.
    pub sealed: Option<T>,
}

/// Why a draft cannot be opened. Its text stays where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftError {
    /// The text is no draft, or its answers do not fit the pack.
    Read(ReadError),
    /// The pack is not known here.
    UnknownPack,
}

impl fmt::Display for DraftError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DraftError::Read(error) => error.fmt(f),
            DraftError::UnknownPack => f.write_str("the pack is not known here"),
        }
    }
}

impl std::error::Error for DraftError {}

impl Draft {
    /// A draft of a form that nobody has worked on here.
    pub fn new(form: Assessment) -> Draft {
        Draft {
            form,
            typed: BTreeMap::new(),
            section: String::new(),
            scroll: 0,
            sealed: None,
        }
    }

    /// The form and the entries of a session, without a section, a scroll position and without a sealed file.
    pub fn of(session: &Session) -> Draft {
        let mut draft = Draft::new(session.form().clone());
        draft.typed = typed(session);
        draft
    }

    /// Reads a draft.
    ///
    /// # Errors
    /// The first error in the text.
    pub fn from_text(text: &str) -> Result<Draft, ReadError> {
        from_slice(text.as_bytes(), DRAFT_LIMIT)
    }

    /// The text to keep.
    pub fn to_text(&self) -> String {
        to_canonical(self)
    }

    /// The text to keep of this draft with the form and the entries of a session, which it does not
    /// take in: a form with all its evidence is copied once less at every key.
    pub fn text_with(&self, session: &Session) -> String {
        to_canonical(&Draft {
            form: session.form(),
            typed: typed(session),
            section: self.section.as_str(),
            scroll: self.scroll,
            sealed: self.sealed.as_deref(),
        })
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
        for (field, text) in &self.typed {
            if let Some(field) = NumberField::from_text(field) {
                session.enter(field, text);
            }
        }
        Ok(session)
    }

    /// Takes in the form and the entries of a session.
    pub fn take_in(&mut self, session: &Session) {
        self.form = session.form().clone();
        self.typed = typed(session);
    }
}

fn typed(session: &Session) -> BTreeMap<String, String> {
    let typed = session.typed().iter();
    typed
        .map(|(field, text)| (field.to_text(), text.clone()))
        .collect()
}
