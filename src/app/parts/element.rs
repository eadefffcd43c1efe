//! Elements of the page, built through one Leptos type.
//!
//! `view!` gives every element a type of its own and compiles the code of each; on a page of some
//! hundred elements that is most of the download. [`El`] is a Leptos element whose attributes and
//! children are erased as they are added, so all of that code is there once.

use std::cell::{Cell, RefCell};

use leptos::attr::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::attr::custom::custom_attribute;
use leptos::ev::{Custom, on};
use leptos::html::custom;
use leptos::prelude::*;
use leptos::tachys::html::directive::directive;
use leptos::tachys::html::property::prop;
use leptos::tachys::renderer::types::Element;
use send_wrapper::SendWrapper;

use super::drawn::Drawn;
use super::live::{Live, Told, unsubscribe_with_parent};
use super::svg::Svg;
use super::together::{Group, Together};
use super::words::Words;
use crate::app::host::Event;

/// The attribute that gives an element to its group once it is built.
fn keep(group: &Group, add: impl FnOnce(&Group, Element) + 'static) -> AnyAttribute {
    keep_boxed(group.clone(), Box::new(add))
}

type Add = Box<dyn FnOnce(&Group, Element)>;

fn keep_boxed(group: Group, add: Add) -> AnyAttribute {
    let add = RefCell::new(Some(add));
    let given = move |element| {
        if let Some(add) = add.take() {
            add(&group, element);
        }
    };
    directive(given, ()).into_any_attr()
}

/// An element being built: one pointer wide, so that passing it on is cheap.
pub struct El(Box<Parts>);

struct Parts {
    tag: &'static str,
    attributes: Vec<Attr>,
    children: Vec<Child>,
    /// One effect keeps all that is in it; what the function tracks causes updates.
    together: Option<Live<()>>,
    /// Whether what is in it changes.
    changes: Option<Live<bool>>,
}

/// An attribute of an element.
enum Attr {
    Fixed(&'static str, String),
    Live(&'static str, Live<Option<Told>>),
    Tick(Live<bool>),
    Other(AnyAttribute),
}

/// What is in an element.
enum Child {
    Text(String),
    Live(Live<Told>),
    El(El),
    View(AnyView),
}

impl From<El> for AnyView {
    fn from(el: El) -> AnyView {
        el.into_view(None)
    }
}

impl Child {
    /// The only child of an element, or one that is not words; `group` keeps the words, `all` what is in an element.
    fn into_view(self, group: &Group, all: Option<&Group>) -> AnyView {
        match self {
            Child::Text(text) => Words(text).into_any(),
            Child::Live(words) => group.words(words).into_any(),
            Child::El(el) => el.into_view(all),
            Child::View(view) => view,
        }
    }
}

impl El {
    /// An element with this tag; `parts::html` has one function for each.
    pub(super) fn new(tag: &'static str) -> El {
        let (attributes, children) = (Vec::new(), Vec::new());
        El(Box::new(Parts { tag, attributes, children, together: None, changes: None }))
    }

    /// The only place that instantiates the type. Words beside other children are in an element of their own, see
    /// `words`. `outer`: the group that the element is in.
    #[inline(never)]
    fn into_view(self, outer: Option<&Group>) -> AnyView {
        let Parts { tag, attributes, children, together, changes } = *self.0;
        let is_words = children.len() == 1;
        let is_own = together.is_some() || outer.is_none();
        let is_live = together.is_some()
            || attributes.iter().any(|own| matches!(own, Attr::Live(..) | Attr::Tick(_)))
            || is_words && matches!(children.first(), Some(Child::Live(_)));
        let group = match (outer.filter(|_| !is_own), changes) {
            (Some(outer), Some(changes)) => outer.within(changes),
            (outer, _) => outer.cloned().unwrap_or_default(),
        };
        let all = (together.is_some() || !is_own).then_some(&group);
        let attributes = attributes.into_iter().map(|attribute| match attribute {
            Attr::Fixed(name, value) => custom_attribute(name, value).into_any_attr(),
            Attr::Live(name, value) => {
                keep(&group, move |group, element| group.attribute(element, name, value))
            }
            Attr::Tick(is_ticked) => {
                keep(&group, move |group, element| group.tick(element, is_ticked))
            }
            Attr::Other(attribute) => attribute,
        });
        let attributes = attributes.collect::<Vec<_>>();
        let child = |child| match child {
            // What separates others never changes.
            Child::Text(text) if !is_words && text.trim_ascii().is_empty() => text.into_any(),
            words @ (Child::Text(_) | Child::Live(_)) if !is_words => {
                let mut span = El::new("span");
                span.0.children.push(words);
                span.into_view(all)
            }
            other => other.into_view(&group, all),
        };
        let children = children.into_iter().map(child).collect::<Vec<_>>();
        let view = custom(tag).add_any_attr(attributes).child(children).into_any();
        if !(is_own && is_live) {
            return view;
        }
        Together { view, group: SendWrapper::new(group), together }.into_any()
    }

    /// One effect updates all that is live in it, except what `live` adds. What the function tracks causes updates, so
    /// that the functions in it can look without tracking.
    pub fn together(mut self, track: impl Fn() + 'static) -> El {
        self.0.together = Some(SendWrapper::new(Box::new(track)));
        self
    }

    /// In an element that is updated [together](El::together): updates what is live in this one only where the value of
    /// the function differs from the last one.
    pub fn keyed<T: PartialEq + 'static>(mut self, key: impl Fn() -> T + 'static) -> El {
        let last = RefCell::new(None);
        let changes = move || {
            let now = Some(key());
            let differs = *last.borrow() != now;
            last.replace(now);
            differs
        };
        self.0.changes = Some(SendWrapper::new(Box::new(changes)));
        self
    }

    /// Adds to a text what this element is, so that elements with the same text are the same; `false` where it updates
    /// itself or listens.
    pub(super) fn describe(&self, are: &mut String) -> bool {
        let Parts { tag, attributes, children, .. } = &*self.0;
        are.push_str(tag);
        let fixed = attributes.iter().all(|attribute| match attribute {
            Attr::Fixed(name, value) => {
                are.extend(["\0=", name, "\0", value]);
                true
            }
            _ => false,
        });
        are.push_str("\0{");
        let fixed = fixed
            && children.iter().all(|child| match child {
                Child::Text(text) => {
                    are.extend(["\0.", text]);
                    true
                }
                Child::El(el) => el.describe(are),
                Child::Live(_) | Child::View(_) => false,
            });
        are.push_str("\0}");
        fixed
    }

    /// Sets an attribute.
    #[inline(never)]
    pub fn attr(mut self, name: &'static str, value: &str) -> El {
        self.0.attributes.push(Attr::Fixed(name, value.to_owned()));
        self
    }

    /// Sets an attribute if the condition holds.
    #[inline(never)]
    pub fn attr_if(self, holds: bool, name: &'static str, value: &str) -> El {
        if holds { self.attr(name, value) } else { self }
    }

    /// Sets the class.
    #[inline(never)]
    pub fn class(self, class: &str) -> El {
        self.attr("class", class)
    }

    /// Sets the id.
    #[inline(never)]
    pub fn id(self, id: &str) -> El {
        self.attr("id", id)
    }

    /// Sets the name for tests and assistive tools (spec s. 8).
    #[inline(never)]
    pub fn test_id(self, id: &str) -> El {
        self.attr("data-testid", id)
    }

    /// Keeps translators away from the element: what it says is a result, a state or a code.
    #[inline(never)]
    pub fn as_is(self) -> El {
        self.attr("translate", "no")
    }

    /// Sets an attribute to the value of a function, and updates it reactively; `None`
    /// removes it.
    pub fn attr_live<T: Into<Told>>(
        self,
        name: &'static str,
        value: impl Fn() -> Option<T> + 'static,
    ) -> El {
        self.attr_boxed(name, Box::new(move || value().map(T::into)))
    }

    #[inline(never)]
    fn attr_boxed(mut self, name: &'static str, value: Box<dyn Fn() -> Option<Told>>) -> El {
        self.0.attributes.push(Attr::Live(name, SendWrapper::new(value)));
        self
    }

    /// Hides the element while a function is true.
    pub fn hidden_live(self, hidden: impl Fn() -> bool + 'static) -> El {
        self.attr_live("hidden", move || hidden().then_some(""))
    }

    /// Sets the initial value of an input.
    #[inline(never)]
    pub fn value(mut self, value: String) -> El {
        self.0.attributes.push(Attr::Other(prop("value", value).into_any_attr()));
        self
    }

    /// Checks a radio button or checkbox reactively.
    pub fn checked_live(mut self, checked: impl Fn() -> bool + 'static) -> El {
        self.0.attributes.push(Attr::Tick(SendWrapper::new(Box::new(checked))));
        self
    }

    /// Calls a function on an event.
    pub fn on(self, event: &'static str, run: impl Fn(Event) + 'static) -> El {
        self.on_boxed(event, Box::new(run))
    }

    #[inline(never)]
    fn on_boxed(mut self, event: &'static str, run: Box<dyn Fn(Event)>) -> El {
        self.0.attributes.push(Attr::Other(on(Custom::<Event>::new(event), run).into_any_attr()));
        self
    }

    /// Calls a function on a click.
    pub fn on_click(self, run: impl Fn() + 'static) -> El {
        self.on_boxed("click", Box::new(move |_| run()))
    }

    /// Calls a function with the value of the element on an event.
    pub fn on_value(self, event: &'static str, run: impl Fn(String) + 'static) -> El {
        self.on_boxed(event, Box::new(move |event| run(event_target_value(&event))))
    }

    /// Adds a text.
    #[inline(never)]
    pub fn text(mut self, text: &str) -> El {
        match self.0.children.last_mut() {
            Some(Child::Text(before)) => before.push_str(text),
            _ if text.is_empty() => {}
            _ => self.0.children.push(Child::Text(text.to_owned())),
        }
        self
    }

    /// Adds the text of a function, and updates it reactively.
    pub fn text_live<T: Into<Told>>(self, text: impl Fn() -> T + 'static) -> El {
        self.text_boxed(Box::new(move || text().into()))
    }

    #[inline(never)]
    fn text_boxed(mut self, text: Box<dyn Fn() -> Told>) -> El {
        self.0.children.push(Child::Live(SendWrapper::new(text)));
        self
    }

    /// Adds an element.
    #[inline(never)]
    pub fn child(mut self, child: El) -> El {
        self.0.children.push(Child::El(child));
        self
    }

    /// Adds an element, if there is one.
    #[inline(never)]
    pub fn maybe(self, child: Option<El>) -> El {
        match child {
            Some(child) => self.child(child),
            None => self,
        }
    }

    /// Adds a drawing.
    pub fn drawing(mut self, drawing: Svg) -> El {
        self.0.children.push(Child::View(drawing.into_any()));
        self
    }

    /// Adds elements.
    pub fn children(mut self, children: impl IntoIterator<Item = El>) -> El {
        self.0.children.extend(children.into_iter().map(Child::El));
        self
    }

    /// Adds the elements of a function, and updates them reactively.
    pub fn live(self, view: impl Fn() -> Vec<El> + 'static) -> El {
        self.live_boxed(Box::new(view))
    }

    /// Adds the optional element of a function, and updates it reactively.
    pub fn live_one(self, view: impl Fn() -> Option<El> + 'static) -> El {
        self.live_boxed(Box::new(move || view().into_iter().collect()))
    }

    #[inline(never)]
    fn live_boxed(mut self, view: Box<dyn Fn() -> Vec<El>>) -> El {
        let view = SendWrapper::new((Cell::new(false), view));
        let view = move || {
            let (has_run, view) = &*view;
            if !has_run.replace(true) {
                unsubscribe_with_parent();
            }
            Drawn(view())
        };
        self.0.children.push(Child::View(view.into_any()));
        self
    }
}
