//! The record of a form on a device: `bontot.draft/1`.

use serde::{Deserialize, Serialize};

use crate::form::Assessment;
use crate::json::{FILE_LIMIT, Map, ReadError, Within, to_canonical};
use crate::pack::catalog::Catalog;
use crate::session::{EntryField, Session};
use crate::store::Lineage;
use crate::value::{AssessmentId, Id};

/// The name of the format.
pub const DRAFT_FORMAT: &str = "bontot.draft/1";

/// The size limit in bytes: a form and the file sealed from it, each with a limit of its own.
pub const DRAFT_LIMIT: usize = 3 * FILE_LIMIT;

/// The largest scroll offset.
const SCROLL_LIMIT: i64 = i32::MAX as i64;

/// A form being filled, the position of the person in it, and the last file sealed from it. For writing,
/// large members may be borrowed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename = "bontot.draft/1", deny_unknown_fields)]
pub struct Draft<F = Assessment, T = String> {
    /// The form.
    pub form: F,
    /// Texts in number fields that are no number.
    #[serde(default)]
    pub typed: Map<String, String>,
    /// The section that was open, by its name.
    #[serde(default)]
    pub section: T,
    /// How far the page was scrolled, in CSS pixels.
    #[serde(with = "Within::<0, SCROLL_LIMIT>")]
    pub scroll: i64,
    /// The last sealed file, as text.
    #[serde(default)]
    pub sealed: Option<T>,
    /// The id of this state and its past; `None` until it is first changed here, and in old drafts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lineage: Option<Lineage>,
    /// Items that the person put off, to answer them last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub put_off: Vec<Id>,
    /// The form from which this one was parted, as the two went different ways.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parted: Option<AssessmentId>,
    /// Whether it came as a file that a key of somebody else signed: it is only looked at, until a person says that it is
    /// the own unit's.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub received: bool,
}

/// Why a draft cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// The text is no draft, or its answers do not fit the pack.
    #[error(transparent)]
    Read(ReadError),
    /// The pack is not known.
    #[error("the pack is not known here")]
    UnknownPack,
}

record!(Draft, DRAFT_LIMIT);

impl Draft {
    /// The draft of a form without a session.
    pub fn new(form: Assessment) -> Draft {
        Draft {
            form,
            typed: Map::new(),
            section: String::new(),
            scroll: 0,
            sealed: None,
            lineage: None,
            put_off: Vec::new(),
            parted: None,
            received: false,
        }
    }

    /// The form and the texts of a session, without section, scroll offset and sealed file.
    pub fn of(session: &Session) -> Draft {
        let mut draft = Draft::new(session.form().clone());
        draft.typed = typed(session);
        draft
    }

    /// The text of this draft with the form and the texts of a session, without copying the form: this
    /// runs on every key press.
    pub fn text_with(&self, session: &Session) -> String {
        to_canonical(&Draft {
            form: session.form(),
            typed: typed(session),
            section: self.section.as_str(),
            scroll: self.scroll,
            sealed: self.sealed.as_deref(),
            lineage: self.lineage.clone(),
            put_off: self.put_off.clone(),
            parted: self.parted.clone(),
            received: self.received,
        })
    }

    /// The lineage of this state: its own, or one made of its content, so that of two states without
    /// ids only equal ones are the same.
    pub fn lineage(&self) -> Lineage {
        let own = || {
            Lineage::of_content(&to_canonical(&Draft {
                form: &self.form,
                typed: self.typed.clone(),
                section: "",
                scroll: 0,
                sealed: self.sealed.as_deref(),
                lineage: None,
                put_off: Vec::new(),
                parted: None,
                received: false,
            }))
        };
        self.lineage.clone().unwrap_or_else(own)
    }

    /// Opens the draft with its pack.
    ///
    /// # Errors
    /// The pack is not known, or the answers do not fit it.
    pub fn open(&self, packs: &Catalog) -> Result<Session, DraftError> {
        let pack = packs.by_digest(&self.form.pack.digest).ok_or(DraftError::UnknownPack)?;
        let mut session =
            Session::open(pack.clone(), self.form.clone()).map_err(DraftError::Read)?;
        for (field, text) in &self.typed {
            if let Some(field) = EntryField::from_text(field) {
                session.enter(field, text);
            }
        }
        Ok(session)
    }

    /// Takes over the form and the texts of a session.
    pub fn take_in(&mut self, session: &Session) {
        self.form = session.form().clone();
        self.typed = typed(session);
    }
}

fn typed(session: &Session) -> Map<String, String> {
    let typed = session.typed().iter();
    typed.map(|(field, text)| (field.to_text(), text.clone())).collect()
}
