//! Edits the open form, with undo, autosave and navigation between its sections.

use leptos::prelude::*;

use crate::app::actions::chunks::{self, Work};
use crate::app::actions::form::Form;
use crate::app::host;
use crate::app::host::spawn_local;
use crate::app::state::form::Access;
use crate::app::state::notice::Notice;
use crate::app::state::route::{self, Route};
use crate::app::state::undo::Way;
use crate::session::{Missing, Section, Session, Touched};
use crate::store::{APART, Draft};
use crate::value::Instant;

/// Delay before the previous state is recorded, in milliseconds.
const RECORD_LATER: i32 = 700;

impl Form {
    /// Runs work once the deferred chunk is loaded.
    pub fn when_loaded(&self, work: impl FnOnce(Form) -> Work + 'static) {
        let own = self.clone();
        chunks::when_loaded(self.app, move |_| work(own));
    }

    /// Changes the form, redraws the touched parts and saves; can be undone.
    pub fn edit(&self, edit: impl FnOnce(&mut Session) -> Touched) {
        self.edit_with(|session| (edit(session), ()));
    }

    /// Like `edit`, and returns a value.
    pub fn edit_with<T>(&self, edit: impl FnOnce(&mut Session) -> (Touched, T)) -> T {
        let now = host::now();
        self.before_change(now);
        let given = self.change_with(now, edit);
        self.save_changes();
        given
    }

    /// Changes texts that no rule reads, and saves them.
    pub fn edit_words(&self, edit: impl FnOnce(&mut Session)) {
        self.edit(|session| {
            edit(session);
            Touched::default()
        });
    }

    fn before_change(&self, now: Instant) {
        self.note_step(host::focused(), now);
        let app = self.app;
        if self.access.get_untracked() == Access::Writer && app.is_whole() && self.is_apart() {
            self.recorded.set(Some(host::monotonic()));
            let draft = self.as_it_stands();
            // After the change itself has been written.
            host::later(RECORD_LATER, move || {
                chunks::when_loaded(app, move |deferred| (deferred.record)(app, draft));
            });
            if app.state.room.get_untracked().is_none() {
                chunks::when_loaded(app, move |deferred| (deferred.ask_room)(app));
            }
        }
    }

    /// Was the last state recorded a while ago? By the monotonic clock: the other one may be set.
    fn is_apart(&self) -> bool {
        let last = self.recorded.get();
        last.is_none_or(|last| host::monotonic().saturating_sub(last) >= APART)
    }

    /// Undoes or redoes a step and shows its place.
    pub fn undo(&self, way: Way) {
        if self.access.get_untracked() == Access::Reader {
            return;
        }
        if let Some(step) = self.take_step(way) {
            self.replace(&step.draft);
            let element = if step.element.is_empty() { "section-title" } else { &step.element };
            self.go_to(step.section, element);
        }
    }

    /// Restores an earlier state, and tells so; can be undone.
    pub fn return_to(&self, then: &Draft, told: Notice) {
        let (form, then) = (self.clone(), then.clone());
        spawn_local(async move {
            // Recorded first and in any case: what was written since the last record is in no other
            // state.
            loop {
                let revision = form.writing.revision.get();
                if let Err(error) = form.app.device.record_state(&form.as_it_stands()).await {
                    return form.app.tell(Notice::Storage(error));
                }
                if form.writing.revision.get() == revision {
                    break;
                }
            }
            form.recorded.set(Some(host::monotonic()));
            form.note_step(host::focused(), host::now());
            form.replace(&then);
            form.go(form.section.get_untracked());
            form.app.tell(told);
        });
    }

    fn replace(&self, then: &Draft) {
        // Always opens: the draft has the same pack.
        if let Ok(then) = self.app.device.open_draft(then) {
            self.change(host::now(), |session| session.return_to(then));
            self.save_changes();
            self.drawn.notify();
        }
    }

    /// Shows a section from its top, with the focus on its heading.
    pub fn go(&self, section: Section) {
        self.go_to(section, "section-title");
    }

    /// Shows a section and scrolls to an element.
    pub fn go_to(&self, section: Section, element: &str) {
        self.show_section(section);
        if route::section(&host::fragment()).is_some() {
            // The address named another section; a reload comes back to where one is.
            host::replace_fragment(&Route::form(&self.id()));
        }
        // The notice belonged to the old section.
        self.app.state.notice.set(None);
        self.save_place();
        host::focus_soon(element);
    }

    /// Goes to a missing answer.
    pub fn go_to_missing(&self, missing: &Missing) {
        let (section, element) =
            self.look(|session| (session.section_of(missing), element_of(session, missing)));
        self.go_to(section, &element);
    }

    /// Saves the scroll position.
    pub fn scrolled(&self) {
        if self.note_scroll(host::scroll()) {
            self.save_place();
        }
    }
}

/// The id of the element of a missing answer.
fn element_of(session: &Session, missing: &Missing) -> String {
    let pack = session.pack();
    let (kind, id) = match missing {
        Missing::UnitName => return "unit-name".to_owned(),
        Missing::Period => return "period-from".to_owned(),
        Missing::Check(index) => ("check-", pack.checks.get(*index).map(|check| &check.id)),
        Missing::Vote => return "vote-eligible".to_owned(),
        Missing::Fact(index) => ("fact-", pack.facts.get(*index).map(|fact| &fact.id)),
        Missing::Item(index) | Missing::Problem(index) => {
            ("item-", pack.items.get(*index).map(|item| &item.id))
        }
        Missing::Gate(index) => ("gate-", pack.gates.get(*index).map(|gate| &gate.id)),
        Missing::Adjustment(index) => {
            let adjustment = pack.adjustments.get(*index);
            ("adjustment-", adjustment.map(|adjustment| &adjustment.id))
        }
    };
    id.map(|id| format!("{kind}{id}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::tests::session;

    #[test]
    fn what_is_missing_stands_in_an_element_with_its_name() {
        let session = session();
        let pack = session.pack();
        let at = |missing| element_of(&session, &missing);
        assert_eq!(at(Missing::UnitName), "unit-name");
        assert_eq!(at(Missing::Period), "period-from");
        assert_eq!(at(Missing::Vote), "vote-eligible");
        assert_eq!(at(Missing::Fact(0)), format!("fact-{}", pack.facts[0].id));
        assert_eq!(at(Missing::Item(1)), format!("item-{}", pack.items[1].id));
        assert_eq!(at(Missing::Problem(1)), at(Missing::Item(1)));
        assert_eq!(at(Missing::Gate(0)), format!("gate-{}", pack.gates[0].id));
        assert_eq!(at(Missing::Item(usize::MAX)), "");
    }
}
