//! The limit of a text field: kept by the field itself, and told in words as it comes near.
//!
//! Of a paste the browser takes what fits (`maxlength`). Where the form as a whole is full, a field takes no more, and
//! its text stands as it stood. So what stands in a field is what is kept.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

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

/// The limit of text fields.
pub struct Limit {
    /// The limit of one text, in UTF-16 code units, as browsers count.
    pub length: usize,
    /// Does the form take the second text in place of the first?
    pub takes: Box<dyn Fn(&str, &str) -> bool>,
    /// What is said, and announced.
    pub say: Box<dyn Fn(Fill) -> String>,
    /// How many units are left, in words; shown, not announced.
    pub left: Box<dyn Fn(usize) -> String>,
    /// Would this `beforeinput` make a text longer than this?
    pub overflows: fn(&Event, usize) -> bool,
    /// Puts a text back into the field of this event.
    pub put_back: fn(&Event, &str),
}

type Shared = SendWrapper<Rc<Limit>>;

/// Sets the limit of the text fields that are drawn by this owner and below.
pub fn provide_limit(limit: Limit) {
    provide_context::<Shared>(SendWrapper::new(Rc::new(limit)));
}

/// A field and its limit.
struct Watched {
    limit: Shared,
    write: Box<dyn Fn(String)>,
    /// The text that is kept.
    kept: RefCell<String>,
    /// Whether the input that is under way does not fit.
    overflows: Cell<bool>,
    /// Whether the live region is there: before it speaks.
    is_soon: ArcRwSignal<bool>,
    fill: ArcRwSignal<Fill>,
    left: ArcRwSignal<usize>,
}

impl Watched {
    fn before_input(&self, event: &Event) {
        let overflows = (self.limit.overflows)(event, self.limit.length);
        self.overflows.set(overflows);
        // Into a full field nothing is put: no input follows.
        if overflows && self.fill.get_untracked() != Fill::Far {
            self.fill.set(Fill::Cut);
        }
    }

    fn input(&self, event: &Event) {
        let text = event_target_value(event);
        let is_longer = text.len() > self.kept.borrow().len();
        if is_longer && !(self.limit.takes)(&self.kept.borrow(), &text) {
            (self.limit.put_back)(event, &self.kept.borrow());
            self.is_soon.set(true);
            return self.fill.set(Fill::FormFull);
        }
        self.kept.replace(text.clone());
        self.measure(&text);
        if self.overflows.take() {
            self.fill.set(Fill::Cut);
        }
        (self.write)(text);
    }

    fn measure(&self, text: &str) {
        let length = self.limit.length;
        // A text has at least as many bytes as units.
        let is_short = text.len() < length / 10 * 8;
        let count = if is_short { 0 } else { text.encode_utf16().count() };
        let fill = if count >= length {
            Fill::Full
        } else if count >= length / 10 * 9 {
            Fill::Near
        } else {
            Fill::Far
        };
        if self.is_soon.get_untracked() || count >= length / 10 * 8 {
            self.is_soon.maybe_update(|is_soon| !std::mem::replace(is_soon, true));
            self.left.set(length.saturating_sub(count));
            self.fill.maybe_update(|own| std::mem::replace(own, fill) != fill);
        }
    }
}

/// Adds to the label of a text field the field, and what is said of its limit.
pub(super) fn limited(label: El, field: El, value: String, write: impl Fn(String) + 'static) -> El {
    match use_context::<Shared>() {
        Some(limit) => watched(label, field, value, limit, Box::new(write)),
        None => label.child(field.value(value).on_value("input", write)),
    }
}

fn watched(label: El, field: El, value: String, limit: Shared, write: Box<dyn Fn(String)>) -> El {
    let own = Rc::new(Watched {
        write,
        kept: RefCell::new(value.clone()),
        overflows: Cell::new(false),
        is_soon: ArcRwSignal::new(false),
        fill: ArcRwSignal::new(Fill::Far),
        left: ArcRwSignal::new(limit.length),
        limit,
    });
    own.measure(&value);
    let (before, input, told) = (own.clone(), own.clone(), own.clone());
    let field = field
        .attr("maxlength", &own.limit.length.to_string())
        .value(value)
        .on("beforeinput", move |event| before.before_input(&event))
        .on("input", move |event| input.input(&event));
    let told = html::span().class("field__limit").live(move || {
        let (say, left) = (told.clone(), told.clone());
        if !told.is_soon.get() {
            return Vec::new();
        }
        let say = move || match say.fill.get() {
            Fill::Far => String::new(),
            fill => (say.limit.say)(fill),
        };
        let left = move || match left.fill.get() {
            Fill::Near => (left.limit.left)(left.left.get()),
            _ => String::new(),
        };
        vec![html::span().attr("role", "status").text_live(say), html::span().text_live(left)]
    });
    label.child(field).child(told)
}
