//! Self-check links: opening one as a form that is not stored, and making one.

use crate::device::ids::new_id;
use crate::device::{Device, Host, NoEntropy};
use crate::form::Assessment;
use crate::session::{Section, Session};
use crate::share::{LinkError, Texts, link, open_link};
use crate::store::{Draft, Storage};

/// A form from a link; it is not stored.
#[derive(Debug)]
pub struct OpenedLink {
    /// The form, open.
    pub session: Session,
    /// The form as a draft that shows its review.
    pub draft: Draft,
}

/// Why a link was not opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenLinkError {
    /// There are no random bytes for the id of the form.
    #[error("{}", NoEntropy)]
    NoEntropy,
    /// The link is refused.
    #[error(transparent)]
    Link(#[from] LinkError),
}

impl From<NoEntropy> for OpenLinkError {
    fn from(NoEntropy: NoEntropy) -> Self {
        OpenLinkError::NoEntropy
    }
}

impl<S: Storage, H: Host> Device<S, H> {
    /// Opens the text of a link. Nothing is stored.
    ///
    /// # Errors
    /// The link is refused, or there are no random bytes for an id.
    pub fn open_link(&self, text: &str) -> Result<OpenedLink, OpenLinkError> {
        let id = new_id(&self.host)?;
        let linked = open_link(text, &self.packs(), id, self.host.now());
        let linked = linked?;
        let mut draft = Draft::new(linked.form.clone());
        let session = Session::open(linked.pack, linked.form)
            .map_err(|_| OpenLinkError::Link(LinkError::Impossible))?;
        draft.section = session.section_name(Section::Review);
        Ok(OpenedLink { session, draft })
    }
}

/// The text of a link to a form, with its answers or blank for units of its level and type; `None`
/// where included texts are too long.
pub fn link_of(session: &Session, with_answers: bool, texts: Texts) -> Option<String> {
    let (pack, own) = (session.pack(), session.form());
    if with_answers {
        return link(pack, own, texts);
    }
    let mut blank = Assessment::blank(pack, own.id.clone(), own.period, own.created)?;
    blank.unit.level = own.unit.level.clone();
    blank.unit.unit_type = own.unit.unit_type.clone();
    link(pack, &blank, Texts::Left)
}
