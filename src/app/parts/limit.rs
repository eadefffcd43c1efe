//! The limit of a text field: kept by the field itself, and told in words as it comes near.
//!
//! Of a paste the browser takes what fits (`maxlength`). Where the form as a whole is full, a field takes no more, and
//! its text stands as it stood. So what stands in a field is what is kept. Who keeps the limit of the form and tells
//! both comes with the deferred chunk; before, the browser alone keeps that of a field.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::OnceLock;

use leptos::prelude::*;
use send_wrapper::SendWrapper;

use crate::app::host::Event;
use crate::app::parts::{El, html};

/// How near the limit of a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// Far, or not yet so near that it is told.
    Far,
    /// Near.
    Near,
    /// There is no room left.
    Full,
    /// Not all that was put in found room.
    Cut,
    /// The form as a whole has no room for it.
    FormFull,
}

/// A text field.
pub struct TextField {
    /// Takes over a text.
    pub write: Box<dyn Fn(String)>,
    /// Whether it has one line, as for a name.
    pub is_line: bool,
    /// The text that is kept.
    pub kept: RefCell<String>,
    /// Whether the input that is under way does not fit.
    pub overflows: Cell<bool>,
    /// Whether the live region is there, which is before it speaks.
    pub is_soon: ArcRwSignal<bool>,
    /// How near the limit is, and how many UTF-16 code units are left.
    pub state: ArcRwSignal<(Fill, usize)>,
}

/// Who keeps and tells the limits.
pub trait Limits {
    /// Takes note of a text that is about to change.
    fn before_input(&self, field: &TextField, event: &Event);
    /// Takes over the text of a field, or puts back what stood there.
    fn input(&self, field: &TextField, event: &Event);
    /// Measures a text.
    fn measure(&self, field: &TextField, text: &str);
    /// What is told at the field.
    fn told(&self, field: &Rc<TextField>) -> Vec<El>;
}

static LIMITS: OnceLock<SendWrapper<Rc<dyn Limits>>> = OnceLock::new();

/// From now on these are the limits of text fields.
pub fn set_limits(limits: Rc<dyn Limits>) {
    LIMITS.get_or_init(|| SendWrapper::new(limits));
}

/// Adds to the label of a text field the field, and what is told of its limit. `is_line`: see [`TextField`].
pub(super) fn limited(
    label: El,
    field: El,
    value: String,
    is_line: bool,
    write: impl Fn(String) + 'static,
) -> El {
    limited_boxed(label, field, value, is_line, Box::new(write))
}

fn limited_boxed(
    label: El,
    field: El,
    value: String,
    is_line: bool,
    write: Box<dyn Fn(String)>,
) -> El {
    let own = Rc::new(TextField {
        write,
        is_line,
        kept: RefCell::new(value.clone()),
        overflows: Cell::new(false),
        is_soon: ArcRwSignal::new(false),
        state: ArcRwSignal::new((Fill::Far, 0)),
    });
    if let Some(limits) = LIMITS.get() {
        limits.measure(&own, &value);
    }
    let (before, input) = (own.clone(), own.clone());
    let field = field
        .attr("maxlength", "20000") // `form::TEXT_LIMIT`
        .value(value)
        .on("beforeinput", move |event| {
            if let Some(limits) = LIMITS.get() {
                limits.before_input(&before, &event);
            }
        })
        .on("input", move |event| match LIMITS.get() {
            Some(limits) => limits.input(&input, &event),
            None => (input.write)(event_target_value(&event)),
        });
    let told = html::span().class("field__limit").live(move || {
        let limits = LIMITS.get().filter(|_| own.is_soon.get());
        limits.map(|limits| limits.told(&own)).unwrap_or_default()
    });
    label.child(field).child(told)
}
