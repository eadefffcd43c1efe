//! Elements that are drawn anew by a change, unless they are the same as before: live regions are not to say again what
//! they have said, and nothing is drawn that stands there.

use leptos::prelude::{AnyView, Render};
use leptos::tachys::renderer::types::{Element, Node};
use leptos::tachys::view::Mountable;

use super::element::El;
use super::view::by_browser;

/// Elements of a function.
pub(super) struct Drawn(pub Vec<El>);

/// Elements on the page.
pub(super) struct State {
    /// What they are; `None` where they update themselves or listen.
    are: Option<String>,
    inner: <Vec<AnyView> as Render>::State,
}

impl Drawn {
    fn are(&self) -> Option<String> {
        let mut are = String::new();
        self.0.iter().all(|el| el.describe(&mut are)).then_some(are)
    }

    fn views(self) -> Vec<AnyView> {
        self.0.into_iter().map(AnyView::from).collect()
    }
}

impl Render for Drawn {
    type State = State;

    fn build(self) -> State {
        State { are: self.are(), inner: self.views().build() }
    }

    fn rebuild(self, state: &mut State) {
        let are = self.are();
        if are.is_none() || are != state.are {
            state.are = are;
            self.views().rebuild(&mut state.inner);
        }
    }
}

impl Mountable for State {
    fn unmount(&mut self) {
        self.inner.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.inner.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.inner.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        self.inner.elements()
    }
}

by_browser!(Drawn);
