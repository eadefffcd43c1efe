//! The record of a form on a device: `bontot.draft/1`.

use serde::de::{Deserializer, Error};
use serde::{Deserialize, Serialize};

use crate::form::{Assessment, REVISION_LIMIT};
use crate::json::{
    FILE_LIMIT, Fault, Json, Map, ReadError, Within, from_json, parse, to_canonical, to_json,
};
use crate::pack::catalog::Catalog;
use crate::session::{EntryField, Session, Upgrade};
use crate::store::proposed::PROPOSED_LIMIT;
use crate::store::{Lineage, Proposed};
use crate::value::{AssessmentId, Date, Id};

/// The name of the format.
pub const DRAFT_FORMAT: &str = "bontot.draft/1";

/// The size limit in bytes: a form, the file sealed from it, what was set aside, and proposed texts, each with a limit of
/// its own.
pub const DRAFT_LIMIT: usize = 4 * FILE_LIMIT + PROPOSED_LIMIT;

/// The largest scroll offset.
const SCROLL_LIMIT: i64 = i32::MAX as i64;

/// The longest name of a superior that is kept, in bytes.
const NAME_LIMIT: usize = 1000;

/// That a person handed a signed file in: kept on this device, no part of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandedIn {
    /// The revision of the file.
    #[serde(with = "Within::<1, REVISION_LIMIT>")]
    pub revision: i64,
    /// On which day.
    pub date: Date,
    /// To whom; perhaps blank.
    #[serde(default, deserialize_with = "name")]
    pub to: String,
}

impl HandedIn {
    /// What a person says of a file. A longer name than can be kept is cut.
    pub fn new(revision: i64, date: Date, to: &str) -> HandedIn {
        let end = to.floor_char_boundary(NAME_LIMIT);
        HandedIn { revision, date, to: to.get(..end).unwrap_or_default().to_owned() }
    }
}

fn name<'de, D: Deserializer<'de>>(source: D) -> Result<String, D::Error> {
    let name = String::deserialize(source)?;
    if name.len() > NAME_LIMIT {
        return Err(D::Error::custom(ReadError::here(Fault::TooLarge { limit: NAME_LIMIT })));
    }
    Ok(name)
}

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
    /// That it was handed in, where a person said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed_in: Option<HandedIn>,
    /// The evidence of the form from which this one was begun.
    #[serde(default, skip_serializing_if = "Proposed::is_empty")]
    pub proposed: Proposed,
    /// What was answered by earlier versions of the pack and is not taken by the one of now; no part of the form.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    /// Each is a [`SetAside`](crate::session::SetAside), which only what shows or moves it reads.
    pub set_aside: Vec<Json>,
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
            handed_in: None,
            proposed: Proposed::default(),
            set_aside: Vec::new(),
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
            handed_in: self.handed_in.clone(),
            proposed: self.proposed.clone(),
            set_aside: self.set_aside.clone(),
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
                handed_in: self.handed_in.clone(),
                proposed: Proposed::default(),
                set_aside: self.set_aside.clone(),
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

    /// Does a session say something else than the file that was handed in? Without a file it does.
    pub fn has_changed_since_handed_in(&self, session: &Session) -> bool {
        let sealed = self.sealed.as_deref().and_then(sealed_form);
        match (&self.handed_in, sealed) {
            (None, _) => false,
            (Some(handed_in), Some(own)) => {
                own.revision != handed_in.revision || !session.says_the_same_as(&own)
            }
            (Some(_), None) => true,
        }
    }

    /// Does the file sealed from it say what a session says?
    pub fn is_signed_as_it_stands(&self, session: &Session) -> bool {
        let sealed = self.sealed.as_deref().and_then(sealed_form);
        sealed.is_some_and(|own| session.says_the_same_as(&own))
    }

    /// Moves the form to a newer version of its pack; what that does not take is set aside.
    pub fn move_to(&mut self, upgrade: Upgrade) {
        let (session, set_aside) = upgrade.into_session();
        self.take_in(&session);
        self.set_aside.extend((!set_aside.is_empty()).then(|| to_json(&set_aside)));
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

/// The form in a sealed file.
fn sealed_form(text: &str) -> Option<Assessment> {
    let file = parse(text.as_bytes(), FILE_LIMIT).ok()?;
    from_json(file.get("assessment")?).ok()
}
