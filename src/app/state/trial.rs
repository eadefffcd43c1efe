//! The last trial: a form opened to try changes, of which nothing is stored. It came by a link, or
//! is a copy of a stored form. It stays in memory until the page is closed, so that going
//! elsewhere loses nothing.

use std::rc::Rc;

use crate::app::state::form::OpenForm;
use crate::session::{Change, Session};

/// The source of a trial.
#[derive(Clone)]
pub enum Source {
    /// A link.
    Link(String),
    /// A form of this device.
    Own(Rc<OpenForm>),
}

/// A trial of a form.
pub struct Trial {
    /// The form now.
    pub form: Rc<OpenForm>,
    /// The source.
    pub source: Source,
    /// The form when the trial began.
    pub then: Rc<Session>,
    /// Whether the page shows it.
    pub is_shown: bool,
}

impl Trial {
    /// The changes since it began.
    pub fn changes(&self) -> Vec<Change> {
        self.form.look(|session| session.changes_since(&self.then))
    }
}
