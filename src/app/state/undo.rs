//! What was done to the open form, so that it can be undone and done again.

use std::cell::RefCell;
use std::rc::Rc;

use crate::session::Section;
use crate::store::Draft;
use crate::value::Instant;

/// How many steps are kept.
const STEPS: usize = 50;

/// Changes of one field that follow each other within this many seconds are one step.
const TOGETHER: i64 = 3;

/// The form as it was before a step, and where the step was taken.
pub struct Step {
    /// The form.
    pub draft: Rc<Draft>,
    /// The section.
    pub section: Section,
    /// The id of the element that was being changed.
    pub element: String,
}

/// Whether a step goes back or forth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Undo.
    Back,
    /// Redo.
    Forth,
}

/// The steps that can be undone, and those that can be done again.
#[derive(Default)]
pub struct Undo {
    steps: RefCell<Steps>,
}

#[derive(Default)]
struct Steps {
    past: Vec<Step>,
    future: Vec<Step>,
    /// Where and when the last change was made.
    last: (String, i64),
}

impl Undo {
    /// Notes the form as it is before a change, and where that is made: the section, and the id of the element that has
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
            && here.1 - steps.last.1 <= TOGETHER
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
        steps.past.push(Step {
            draft: draft(),
            section,
            element,
        });
    }

    /// Takes the next step of a way; `now` is the form as it is, for the way back.
    pub fn take(&self, way: Way, now: impl FnOnce() -> Rc<Draft>) -> Option<Step> {
        let mut steps = self.steps.borrow_mut();
        let Steps { past, future, last } = &mut *steps;
        let (from, to) = match way {
            Way::Back => (past, future),
            Way::Forth => (future, past),
        };
        let step = from.pop()?;
        last.0.clear();
        to.push(Step {
            draft: now(),
            section: step.section,
            element: step.element.clone(),
        });
        Some(step)
    }

    /// Is there a step of this way?
    pub fn can(&self, way: Way) -> bool {
        let steps = self.steps.borrow();
        match way {
            Way::Back => !steps.past.is_empty(),
            Way::Forth => !steps.future.is_empty(),
        }
    }
}
