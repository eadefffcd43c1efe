//! Undo and redo steps of the open form.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

use crate::app::state::signals::SetIfChanged;
use crate::session::Section;
use crate::store::Draft;
use crate::value::Instant;

/// How many steps are kept.
const STEPS: usize = 50;

/// Changes of one field within this many seconds are one step.
const TOGETHER: i64 = 3;

/// The form as it was before a step, and where the step was taken.
pub struct Step {
    /// The form.
    pub draft: Rc<Draft>,
    /// The section.
    pub section: Section,
    /// The id of the changed element.
    pub element: String,
}

/// The direction of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Undo.
    Back,
    /// Redo.
    Forth,
}

/// The steps that can be undone or redone.
#[derive(Default)]
pub struct Undo {
    steps: RefCell<Steps>,
    /// Whether there are steps back, and steps forth.
    can: ArcRwSignal<(bool, bool)>,
}

#[derive(Default)]
struct Steps {
    past: Vec<Step>,
    future: Vec<Step>,
    /// Where and when the last change was made.
    last: (String, i64),
}

impl Undo {
    /// Records the form before a change, and the place of the change: the section, and the id of the element that has
    /// the focus.
    pub fn note(
        &self,
        section: Section,
        element: String,
        now: Instant,
        draft: impl FnOnce() -> Rc<Draft>,
    ) {
        let mut steps = self.steps.borrow_mut();
        let here = (element, now.unix());
        let goes_on = !here.0.is_empty()
            && here.0 == steps.last.0
            && (0..=TOGETHER).contains(&(here.1 - steps.last.1))
            && steps.future.is_empty();
        let element = here.0.clone();
        steps.last = here;
        if goes_on {
            return;
        }
        steps.future.clear();
        if steps.past.len() == STEPS {
            steps.past.remove(0);
        }
        steps.past.push(Step { draft: draft(), section, element });
        self.can.set_if_changed((true, false));
    }

    /// Takes the next step to undo or redo; `now` is the current form.
    pub fn take(&self, way: Way, now: impl FnOnce() -> Rc<Draft>) -> Option<Step> {
        let mut steps = self.steps.borrow_mut();
        let Steps { past, future, last } = &mut *steps;
        let (from, to) = match way {
            Way::Back => (&mut *past, &mut *future),
            Way::Forth => (&mut *future, &mut *past),
        };
        let step = from.pop()?;
        last.0.clear();
        to.push(Step { draft: now(), section: step.section, element: step.element.clone() });
        self.can.set_if_changed((!past.is_empty(), !future.is_empty()));
        Some(step)
    }

    /// Is there such a step? A reactive read.
    pub fn can(&self, way: Way) -> bool {
        let (back, forth) = self.can.get();
        if way == Way::Back { back } else { forth }
    }
}
