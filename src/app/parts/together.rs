//! What updates itself in an element – attributes, ticks, words – and the one effect that keeps it current.
//!
//! An effect of its own for each costs more than what it does: waking, running and subscribing it. One keeps all that
//! is in an element, or in all elements of a group, and writes only what differs from what it wrote before.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::{AnyView, Render, RenderEffect};
use leptos::tachys::renderer::Rndr;
use leptos::tachys::renderer::types::{Element, Node};
use leptos::tachys::view::Mountable;
use send_wrapper::SendWrapper;

use super::element::{Live, unsubscribe_with_parent};
use super::view::by_browser;
use super::words;

/// A text that may be fixed.
pub(super) type Told = Cow<'static, str>;

/// From how many words on a group is asked as a whole whether it still says what it said.
const MANY: usize = 4;

/// What updates itself.
enum Part {
    Attribute(Element, &'static str, Option<Told>, Live<Option<Told>>),
    Tick(Element, bool, Live<bool>),
    Words(Rc<RefCell<words::State>>, Live<Told>),
}

impl Part {
    /// `is_intact`: the page says what was written last. Returns whether something was written.
    fn update(&mut self, is_intact: bool) -> bool {
        match self {
            Part::Attribute(element, name, own, value) => {
                let value = value();
                if *own == value {
                    return false;
                }
                match &value {
                    Some(value) => Rndr::set_attribute(element, name, value),
                    None => Rndr::remove_attribute(element, name),
                }
                *own = value;
                true
            }
            Part::Tick(element, own, is_ticked) => {
                let is_ticked = is_ticked();
                let differs = *own != is_ticked;
                if differs {
                    *own = is_ticked;
                    Rndr::set_property(element, "checked", &is_ticked.into());
                }
                differs
            }
            Part::Words(state, words) => state.borrow_mut().say(words(), is_intact),
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
    _effect: RenderEffect<Option<String>>,
}

impl Render for Together {
    type State = State;

    fn build(self) -> State {
        let view = self.view.build();
        let mut parts = self.group.0.take();
        let together = self.together;
        let words = parts.iter().filter(|part| matches!(part, Part::Words(..))).count();
        // Reading it once is cheaper than reading many words one by one.
        let whole = if words < MANY { None } else { view.elements().into_iter().next() };
        let effect = RenderEffect::new(move |said: Option<Option<String>>| {
            if said.is_none() {
                unsubscribe_with_parent();
            }
            if let Some(track) = &together {
                track();
            }
            let says = || whole.as_ref().and_then(|element| element.text_content());
            let said = said.flatten();
            let is_intact = said.is_some() && said == says();
            let mut differs = !is_intact;
            for part in &mut parts {
                differs |= part.update(is_intact);
            }
            if differs { says() } else { said }
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
