//! The form beside a pack that is being written: as units of one level and type will see it. Nothing of it is stored.

use std::rc::Rc;

use leptos::prelude::*;

use crate::app::actions::kit::Kit;
use crate::app::host;
use crate::app::state::form::{Access, OpenForm};
use crate::app::state::kit::OpenKit;
use crate::device::usual_period;
use crate::form::Assessment;
use crate::pack::Pack;
use crate::session::Session;
use crate::store::Draft;
use crate::value::Id;

impl Kit {
    /// Shows the form anew, with the answers that were given in it as far as they fit.
    pub fn show_preview(&self, open: &OpenKit) {
        let reviewed = open.reviewed.get_untracked();
        let pack = reviewed.pack.clone().filter(|_| reviewed.errors.is_empty());
        let form = pack.and_then(|pack| {
            let last = open.preview.form.get_untracked();
            let last = last.map(|last| last.look(|session| session.form().clone()));
            self.form_with(open, &pack, last)
        });
        open.preview.form.set(form);
    }

    /// The form with answers as far as they fit.
    pub(super) fn form_with(
        &self,
        open: &OpenKit,
        pack: &Rc<Pack>,
        answers: Option<Assessment>,
    ) -> Option<Rc<OpenForm>> {
        let today = host::today();
        let period = usual_period(pack, today);
        let id = open.id();
        let mut form = Assessment::blank(pack, id, period, host::now())?;
        if let Some(last) = answers {
            form.period = last.period;
            form.facts = last.facts;
            form.items = last.items;
            form.gates = last.gates;
            form.adjustments = last.adjustments;
            form.vote = last.vote;
        }
        let chosen = |signal: &ArcRwSignal<String>, all: &[crate::pack::Term]| {
            let chosen = Id::new(&signal.get_untracked());
            chosen.filter(|id| all.iter().any(|own| own.id == *id))
        };
        if let Some(level) = chosen(&open.preview.level, &pack.levels) {
            form.unit.level = level;
        }
        if let Some(unit_type) = chosen(&open.preview.unit_type, &pack.types) {
            form.unit.unit_type = unit_type;
        }
        let draft = Draft::new(form.clone());
        let session = Session::open(pack.clone(), form).ok().or_else(|| {
            // What was answered does not fit any more: the form begins anew.
            let id = open.id();
            let form = Assessment::blank(pack, id, draft.form.period, draft.form.created)?;
            Session::open(pack.clone(), form).ok()
        })?;
        let form = OpenForm::new(session, draft, Access::Trial);
        // The same section stays shown.
        if let Some(last) = open.preview.form.get_untracked() {
            let section = last.section.get_untracked();
            if form.look(|session| session.sections().contains(&section)) {
                form.section.set(section);
            }
        }
        Some(form)
    }
}
