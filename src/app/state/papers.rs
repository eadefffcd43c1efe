//! The papers of the desk: which one is shown, and what it is made of.

use std::rc::Rc;

use leptos::prelude::*;

use crate::desk::register::{ListedForm, Overview};
use crate::seal::{Appraisal, Submission};
use crate::store::{PaperKind, PaperSettings};

/// Which forms are in a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Those of units that are proposed.
    #[default]
    Proposed,
    /// Those of which something is decided.
    Decided,
    /// All that count.
    All,
}

impl Scope {
    /// All, in the order in which they are offered.
    pub const ALL: [Scope; 3] = [Scope::Proposed, Scope::Decided, Scope::All];

    /// Is a form in the list?
    pub fn has(self, form: &ListedForm) -> bool {
        match self {
            Scope::Proposed => form.is_proposed(),
            Scope::Decided => form.decision.is_some(),
            Scope::All => true,
        }
    }
}

/// What papers are made of.
#[derive(Debug)]
pub struct MadeOf {
    /// The numbers of the pack and period that are looked at.
    pub sum: Rc<Overview>,
    /// Whether forms of keys that nobody compared count.
    pub with_unknown_keys: bool,
    /// The forms that count.
    pub forms: Vec<ListedForm>,
}

impl MadeOf {
    /// The forms of a list.
    pub fn listed(&self, scope: Scope) -> impl Iterator<Item = &ListedForm> {
        self.forms.iter().filter(move |form| scope.has(form))
    }
}

/// A form with what was said of it.
#[derive(Debug)]
pub struct AppraisedForm {
    /// The form.
    pub submission: Submission,
    /// The appraisal that counts, of several the last.
    pub appraisal: Appraisal,
}

/// The papers.
pub struct PapersState {
    /// The paper that is shown.
    pub kind: ArcRwSignal<PaperKind>,
    /// The forms in the list.
    pub scope: ArcRwSignal<Scope>,
    /// What a person filled in; `None` until it is read.
    pub settings: ArcRwSignal<Option<PaperSettings>>,
    /// What papers are made of; `None` until it is read.
    pub made_of: ArcRwSignal<Option<Rc<MadeOf>>>,
    /// The key of the form that is looked at alone; nothing while there is none.
    pub unit: ArcRwSignal<String>,
    /// That form, once it is read.
    pub appraised: ArcRwSignal<Option<Rc<AppraisedForm>>>,
}

impl Default for PapersState {
    fn default() -> PapersState {
        PapersState {
            kind: ArcRwSignal::new(PaperKind::List),
            scope: ArcRwSignal::default(),
            settings: ArcRwSignal::default(),
            made_of: ArcRwSignal::default(),
            unit: ArcRwSignal::default(),
            appraised: ArcRwSignal::default(),
        }
    }
}
