//! Words: the only text in its element.
//!
//! A translator or an extension puts other nodes in the place of the page's text nodes. A text node that the page
//! holds is then no part of it any more, and what is written to it is not seen. An element stays; so the next change puts
//! words right that are not there, or not as they should be.

use std::cell::RefCell;
use std::mem;
use std::rc::{Rc, Weak};

use leptos::prelude::Render;
use leptos::tachys::renderer::Rndr;
use leptos::tachys::renderer::types::{Element, Node, Text};
use leptos::tachys::view::Mountable;
use leptos::task::spawn_local;

use super::live::Told;
use super::view::by_browser;

/// The words of an element that has no other text and no other element in it.
pub(super) struct Words(pub String);

/// Words on the page.
pub(super) struct State {
    node: Text,
    element: Option<Element>,
    words: Told,
    /// Whether it was said before; until then it is not on the page.
    is_said: bool,
}

impl State {
    /// Words that are to be mounted.
    pub fn new(words: impl Into<Told>) -> State {
        let words = words.into();
        State { node: Rndr::create_text_node(&words), element: None, words, is_said: false }
    }

    /// Removes what stands in the element, except the comments, by which Leptos knows its places.
    fn clear(&self) {
        let mut next = self.element.as_ref().and_then(|element| element.first_child());
        while let Some(node) = next {
            next = node.next_sibling();
            if node.node_type() != Node::COMMENT_NODE {
                Rndr::remove(&node);
            }
        }
    }

    /// The element says this. What it says already is not written: a live region would say it again.
    fn say(&mut self, words: Told) {
        if self.words != words {
            Rndr::set_text(&self.node, &words);
            self.words = words;
        }
    }

    /// Puts the words right where something else stands in the element. One look tells both whether the node is there and
    /// whether it says what it should.
    fn put_right(&self) {
        let Some(element) = &self.element else { return };
        if element.text_content().as_deref() != Some(&*self.words) {
            Rndr::set_text(&self.node, &self.words);
            self.clear();
            Rndr::insert_node(element, &self.node, element.first_child().as_ref());
        }
    }
}

thread_local! {
    /// Words that were said, and are to be put right where they are not there.
    static SAID: RefCell<Vec<Weak<RefCell<State>>>> = RefCell::default();
}

/// The element says this, and is put right where that is not seen.
pub(super) fn say(state: &Rc<RefCell<State>>, words: Told) {
    state.borrow_mut().say(words);
    if mem::replace(&mut state.borrow_mut().is_said, true) {
        look_soon(state);
    }
}

/// Puts words right where they are not seen. Looking takes longer than saying, so it follows once all is said, before the
/// browser draws.
pub(super) fn look_soon(state: &Rc<RefCell<State>>) {
    let is_first = SAID.with_borrow_mut(|said| {
        said.push(Rc::downgrade(state));
        said.len() == 1
    });
    if is_first {
        spawn_local(async {
            for state in SAID.take() {
                if let Some(state) = state.upgrade() {
                    state.borrow().put_right();
                }
            }
        });
    }
}

impl Render for Words {
    type State = State;

    fn build(self) -> State {
        State::new(self.0)
    }

    fn rebuild(self, state: &mut State) {
        state.say(self.0.into());
        state.put_right();
    }
}

impl Mountable for State {
    fn unmount(&mut self) {
        self.clear();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        Rndr::insert_node(parent, &self.node, marker);
        self.element = Some(parent.clone());
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.element.as_ref().is_some_and(|element| {
            child.mount(element, element.first_child().as_ref());
            true
        })
    }

    fn elements(&self) -> Vec<Element> {
        Vec::new()
    }
}

by_browser!(Words);
