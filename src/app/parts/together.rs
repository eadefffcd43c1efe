//! What updates itself in an element – attributes, ticks, words – and the one effect that keeps it current.
//!
//! An effect of its own for each costs more than what it does: waking, running and subscribing it. One keeps all that
//! is in an element, or in all elements of a group, and writes only what differs from what it wrote before.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::{AnyView, Render, RenderEffect};
use leptos::tachys::renderer::Rndr;
use leptos::tachys::renderer::types::{Element, Node};
use leptos::tachys::view::Mountable;
use send_wrapper::SendWrapper;

use super::live::{Live, Told, unsubscribe_with_parent};
use super::view::by_browser;
use super::words;

/// What updates itself.
enum Part {
    Attribute(Element, &'static str, Option<Told>, Live<Option<Told>>),
    Tick(Element, bool, Live<bool>),
    Words(Rc<RefCell<words::State>>, Live<Told>),
    /// Others, which are updated only where the function says that they change.
    Within(Live<bool>, Group),
}

impl Part {
    fn update(&mut self) {
        match self {
            Part::Attribute(element, name, own, value) => {
                let value = value();
                if *own == value {
                    return;
                }
                match &value {
                    Some(value) => Rndr::set_attribute(element, name, value),
                    None => Rndr::remove_attribute(element, name),
                }
                *own = value;
            }
            Part::Tick(element, own, is_ticked) => {
                let is_ticked = is_ticked();
                if *own != is_ticked {
                    *own = is_ticked;
                    Rndr::set_property(element, "checked", &is_ticked.into());
                }
            }
            Part::Words(state, words) => words::say(state, words()),
            Part::Within(changes, group) => {
                let act = if changes() { Part::update } else { Part::look };
                group.0.borrow_mut().iter_mut().for_each(act);
            }
        }
    }

    /// Leaves it as it is, but for words that something else replaced.
    fn look(&mut self) {
        if let Part::Words(state, _) = self {
            words::look_soon(state);
        }
    }
}

/// What one effect keeps, as its elements are built.
#[derive(Clone, Default)]
pub(super) struct Group(Rc<RefCell<Vec<Part>>>);

impl Group {
    /// Keeps an attribute.
    pub fn attribute(&self, element: Element, name: &'static str, value: Live<Option<Told>>) {
        self.0.borrow_mut().push(Part::Attribute(element, name, None, value));
    }

    /// Keeps the tick of a radio button or checkbox.
    pub fn tick(&self, element: Element, is_ticked: Live<bool>) {
        self.0.borrow_mut().push(Part::Tick(element, false, is_ticked));
    }

    /// A group within, which is updated only where the function says that it changes.
    pub fn within(&self, changes: Live<bool>) -> Group {
        let group = Group::default();
        self.0.borrow_mut().push(Part::Within(changes, group.clone()));
        group
    }

    /// The view of words that it keeps.
    pub fn words(&self, words: Live<Told>) -> LiveWords {
        LiveWords(SendWrapper::new(self.clone()), words)
    }
}

/// Words that a group keeps.
pub(super) struct LiveWords(SendWrapper<Group>, Live<Told>);

impl Render for LiveWords {
    type State = Rc<RefCell<words::State>>;

    fn build(self) -> Self::State {
        let state = Rc::new(RefCell::new(words::State::new("")));
        self.0.0.borrow_mut().push(Part::Words(state.clone(), self.1));
        state
    }

    fn rebuild(self, state: &mut Self::State) {
        replace(self, state);
    }
}

by_browser!(LiveWords);

/// A view with its group. The function runs before updates; what it tracks causes them.
pub(super) struct Together {
    pub view: AnyView,
    pub group: SendWrapper<Group>,
    pub together: Option<Live<()>>,
}

/// The view on the page, and the effect.
pub(super) struct State {
    view: <AnyView as Render>::State,
    _effect: RenderEffect<()>,
}

impl Render for Together {
    type State = State;

    fn build(self) -> State {
        let view = self.view.build();
        let mut parts = self.group.0.take();
        let together = self.together;
        let effect = RenderEffect::new(move |has_run: Option<()>| {
            if has_run.is_none() {
                unsubscribe_with_parent();
            }
            if let Some(track) = &together {
                track();
            }
            parts.iter_mut().for_each(Part::update);
        });
        State { view, _effect: effect }
    }

    fn rebuild(self, state: &mut State) {
        replace(self, state);
    }
}

/// Puts a view in the place of one.
fn replace<V: Render>(view: V, state: &mut V::State) {
    let mut new = view.build();
    state.insert_before_this(&mut new);
    state.unmount();
    *state = new;
}

impl Mountable for State {
    fn unmount(&mut self) {
        self.view.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.view.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.view.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        self.view.elements()
    }
}

by_browser!(Together);
