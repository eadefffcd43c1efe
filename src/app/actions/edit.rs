//! Edits the open form, with undo, autosave and navigation between its sections.

use leptos::prelude::*;

use crate::app::actions::chunks::{self, Work};
use crate::app::actions::form::Form;
use crate::app::host;
use crate::app::host::spawn_local;
use crate::app::state::Slot;
use crate::app::state::form::Access;
use crate::app::state::notice::Notice;
use crate::app::state::route::{self, Route};
use crate::app::state::undo::Way;
use crate::json::Json;
use crate::session::{Missing, Section, Session, Touched};
use crate::store::{APART, Draft};
use crate::value::{Id, Instant};

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

    /// Like `edit`, and returns a value. The verdict is what a person looks at: it is updated before all else.
    pub fn edit_with<T>(&self, edit: impl FnOnce(&mut Session) -> (Touched, T)) -> T {
        let now = host::now();
        self.before_change(now);
        let (touched, given) = self.begin_change(now, edit);
        let is_kept = self.note_unsaved();
        let form = self.clone();
        spawn_local(async move {
            host::yield_now().await;
            form.end_change(&touched);
            if is_kept {
                form.save.notify();
                form.save_place();
            }
        });
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

    /// Undoes or redoes a step, shows its place and names it.
    pub fn undo(&self, way: Way) {
        if self.access.get_untracked() == Access::Reader {
            return;
        }
        if let Some(step) = self.take_step(way) {
            self.replace(&step.draft);
            let element = if step.element.is_empty() { "section-title" } else { &step.element };
            self.go_to(step.section, element);
            let item = self.look(|session| {
                let item = session.pack().items.iter().find(|item| is_at(element, &item.id));
                item.map(|item| item.id.clone())
            });
            self.app.tell(Notice::Stepped(way, step.section, item));
        }
    }

    /// Restores an earlier state, and tells so; can be undone.
    pub fn return_to(&self, then: &Draft, told: Notice) {
        let (form, mut then) = (self.clone(), then.clone());
        spawn_local(async move {
            if !form.record_now().await {
                return;
            }
            form.note_step(host::focused(), host::now());
            // What is set aside stays so, whichever version of the pack the state is of.
            for own in form.set_aside() {
                if !then.set_aside.contains(&own) {
                    then.set_aside.push(own);
                }
            }
            form.replace(&then);
            form.go(form.section.get_untracked());
            form.app.tell(told);
        });
    }

    /// Records the form in any case: what was written since the last record is in no other state. `false`, and told, where
    /// that fails.
    pub(super) async fn record_now(&self) -> bool {
        loop {
            let revision = self.writing.revision.get();
            if let Err(error) = self.app.device.record_state(&self.as_it_stands()).await {
                self.app.tell(Notice::Storage(error));
                return false;
            }
            if self.writing.revision.get() == revision {
                self.recorded.set(Some(host::monotonic()));
                return true;
            }
        }
    }

    fn replace(&self, draft: &Draft) {
        // Always opens: every pack that was known stays so.
        let Ok(then) = self.app.device.open_draft(draft) else { return };
        if self.look(|now| now.pack().digest != then.pack().digest) {
            return self.take_version(then, draft.set_aside.clone());
        }
        self.change(host::now(), |session| session.return_to(then));
        self.save_changes();
        self.drawn.notify();
    }

    /// Goes on by another version of its pack: every view is made anew.
    pub(super) fn take_version(&self, then: Session, set_aside: Vec<Json>) {
        self.open().take_version(host::now(), then, set_aside);
        self.save_changes();
        self.app.state.slot.set(Slot::Open(self.open()));
    }

    /// Shows a section from its top, with the focus on its heading.
    pub fn go(&self, section: Section) {
        self.go_to(section, "section-title");
    }

    /// Shows a section and scrolls to an element. Each section is an entry in the history, so that Back leads to the one
    /// before.
    pub fn go_to(&self, section: Section, element: &str) {
        let is_new = self.section.get_untracked() != section;
        self.show_section(section, false);
        if is_new && matches!(self.app.state.route.get_untracked(), Route::Form(_)) {
            host::push_fragment(&route::of_section(&self.id(), &self.section_name()));
        }
        // The notice belonged to the old section.
        self.app.state.notice.set(None);
        self.save_place();
        host::focus_soon(element);
    }

    /// Shows the section of the address, as the person went back to it: where it was left.
    pub fn come_back(&self, section: &str) {
        let section = self.look(|session| session.section_by_name(section));
        if section == self.section.get_untracked() {
            return;
        }
        self.show_section(section, true);
        self.app.state.notice.set(None);
        self.save_place();
        host::focus_quietly("section-title");
        host::scroll_soon(self.scroll());
    }

    /// Goes to a missing answer: to the field that lacks it, if there is one.
    pub fn go_to_missing(&self, missing: &Missing) {
        let (section, element, place) = self.look(|session| {
            let section = session.section_of(missing);
            (section, element_of(session, missing), session.place_of(missing))
        });
        self.go_to(section, &element);
        self.came_to(place);
    }

    /// Goes to the next missing answer; `false` where nothing is missing.
    pub fn go_to_next(&self) -> bool {
        let next = self.next_missing();
        if let Some(missing) = &next {
            self.go_to_missing(missing);
        }
        next.is_some()
    }

    /// Puts an item off, or no longer.
    pub fn set_put_off(&self, item: &Id, now: bool) {
        self.put_off(item, now);
        self.save_place();
    }

    /// Saves the scroll position.
    pub fn scrolled(&self) {
        if self.note_scroll(host::scroll()) {
            self.save_place();
        }
    }
}

/// Is an element, by its id, at an item?
fn is_at(element: &str, item: &Id) -> bool {
    let rest = element.strip_prefix("item-").or_else(|| element.strip_prefix("field-"));
    let rest = rest.and_then(|rest| rest.strip_prefix(item.as_str()));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
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
            let Some(item) = pack.items.get(*index) else { return String::new() };
            return match session.blank_field(*index) {
                Some(field) => format!("field-{}-{field}", item.id),
                None => format!("item-{}", item.id),
            };
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
        let plain = pack.items.iter().position(|item| item.fields.is_empty()).unwrap();
        assert_eq!(at(Missing::Item(plain)), format!("item-{}", pack.items[plain].id));
        let asking = pack.items.iter().position(|own| own.fields.iter().any(|f| f.required));
        let asking = asking.unwrap();
        let (item, field) = (&pack.items[asking].id, &pack.items[asking].fields[0].id);
        assert_eq!(at(Missing::Item(asking)), format!("field-{item}-{field}"));
        assert_eq!(at(Missing::Problem(asking)), at(Missing::Item(asking)));
        assert_eq!(at(Missing::Gate(0)), format!("gate-{}", pack.gates[0].id));
        assert_eq!(at(Missing::Item(usize::MAX)), "");
    }
}
