//! The last trial: a form that is open for looking what would be, and of which nothing is stored. It came by a link, or
//! is a form of this device as it stood when the trial began. It waits in memory until the page is closed, so that going
//! elsewhere loses nothing.

use std::rc::Rc;

use crate::app::state::form::OpenForm;
use crate::session::{Change, Session};

/// Where a trial comes from.
#[derive(Clone)]
pub enum Source {
    /// A link.
    Link(String),
    /// A form of this device.
    Own(Rc<OpenForm>),
}

/// A form that is being tried.
pub struct Trial {
    /// It as it stands.
    pub form: Rc<OpenForm>,
    /// Where it comes from.
    pub source: Source,
    /// It as it was when the trial began.
    pub then: Rc<Session>,
    /// Whether it is what the page shows.
    pub is_shown: bool,
}

impl Trial {
    /// What was changed since it began.
    pub fn changes(&self) -> Vec<Change> {
        self.form.look(|session| session.changes_since(&self.then))
    }
}
