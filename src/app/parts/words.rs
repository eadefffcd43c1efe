//! The words of an element, written as its text content.
//!
//! A translator or an extension puts other nodes in the place of the page's text nodes. A text node that the page
//! holds is then no part of it any more, and what is written to it is not seen. An element stays; so its words are
//! compared with what it really says, and put right by the next change.

use leptos::attr::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::tachys::html::property::{IntoProperty, prop};
use leptos::tachys::renderer::types::Element;

use super::element::{Live, call};

/// The words of an element that has nothing else in it.
#[derive(Clone)]
struct Words(String);

impl Words {
    /// Nothing is written that stands there already: a live region is not to say it again.
    fn write(&self, el: &Element) {
        if el.text_content().as_deref() != Some(&self.0) {
            el.set_text_content(Some(&self.0));
        }
    }
}

impl IntoProperty for Words {
    type State = Element;
    type Cloneable = Words;
    type CloneableOwned = Words;

    fn hydrate<const FROM_SERVER: bool>(self, el: &Element, key: &str) -> Element {
        self.build(el, key)
    }

    fn build(self, el: &Element, _: &str) -> Element {
        self.write(el);
        el.clone()
    }

    fn rebuild(self, el: &mut Element, _: &str) {
        self.write(el);
    }

    fn into_cloneable(self) -> Words {
        self
    }

    fn into_cloneable_owned(self) -> Words {
        self
    }
}

/// Not the name of a property of the DOM: Leptos sets that to `undefined` before it builds the attributes anew, which
/// would empty the element.
const KEY: &str = "words";

/// These words.
pub(super) fn fixed(words: String) -> AnyAttribute {
    prop(KEY, Words(words)).into_any_attr()
}

/// The words of a function.
pub(super) fn live(words: Live<String>) -> AnyAttribute {
    prop(KEY, move || Words(call(&words))).into_any_attr()
}
