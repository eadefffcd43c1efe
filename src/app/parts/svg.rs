//! Drawings in SVG, which do not change once they are drawn. What they show is said beside them too.

use leptos::prelude::Render;
use leptos::tachys::renderer::Rndr;
use leptos::tachys::renderer::types::{Element, Node};
use leptos::tachys::view::Mountable;

use super::view::by_browser;

const NAMESPACE: &str = "http://www.w3.org/2000/svg";

/// An element of a drawing.
pub struct Svg {
    tag: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Svg>,
}

/// An element with this tag.
pub fn svg(tag: &'static str) -> Svg {
    Svg { tag, attributes: Vec::new(), children: Vec::new() }
}

impl Svg {
    /// Sets an attribute.
    pub fn set(mut self, name: &'static str, value: impl ToString) -> Svg {
        self.attributes.push((name, value.to_string()));
        self
    }

    /// Adds elements.
    pub fn with(mut self, children: impl IntoIterator<Item = Svg>) -> Svg {
        self.children.extend(children);
        self
    }

    fn draw(&self) -> Element {
        let element = Rndr::create_element(self.tag, Some(NAMESPACE));
        for (name, value) in &self.attributes {
            Rndr::set_attribute(&element, name, value);
        }
        for child in &self.children {
            Rndr::insert_node(&element, &child.draw(), None);
        }
        element
    }
}

/// A drawing on the page.
pub struct State(Element);

impl Render for Svg {
    type State = State;

    fn build(self) -> State {
        State(self.draw())
    }

    fn rebuild(self, state: &mut State) {
        let mut new = self.build();
        state.insert_before_this(&mut new);
        state.unmount();
        *state = new;
    }
}

impl Mountable for State {
    fn unmount(&mut self) {
        Rndr::remove(&self.0);
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        Rndr::insert_node(parent, &self.0, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.0.parent_element().is_some_and(|parent| {
            child.mount(&parent, Some(&self.0));
            true
        })
    }

    fn elements(&self) -> Vec<Element> {
        vec![self.0.clone()]
    }
}

by_browser!(Svg);
