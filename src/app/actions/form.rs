//! The open form together with its page.

use std::ops::Deref;
use std::rc::Rc;

use crate::app::actions::App;
use crate::app::state::form::OpenForm;

/// A handle of the open form and its page. The form is freed with its last handle: a view, the
/// state, or a pending write.
#[derive(Clone)]
pub struct Form {
    /// The page.
    pub app: App,
    open: Rc<OpenForm>,
}

impl Deref for Form {
    type Target = OpenForm;

    fn deref(&self) -> &OpenForm {
        &self.open
    }
}

impl Form {
    /// Wraps an open form.
    pub fn new(app: App, open: Rc<OpenForm>) -> Form {
        Form { app, open }
    }

    /// The open form.
    pub fn open(&self) -> Rc<OpenForm> {
        self.open.clone()
    }

    /// A closure that owns a handle, for a view or a listener.
    pub fn bind<T, F>(&self, run: F) -> impl Fn() -> T + Clone + use<T, F>
    where
        F: Fn(&Form) -> T + Clone + 'static,
    {
        let form = self.clone();
        move || run(&form)
    }

    /// Like `bind`, for a function with an argument.
    pub fn bind_with<A, T, F>(&self, run: F) -> impl Fn(A) -> T + use<A, T, F>
    where
        F: Fn(&Form, A) -> T + 'static,
    {
        let form = self.clone();
        move |value| run(&form, value)
    }

    /// Is this the form that the page shows?
    pub fn is_shown(&self) -> bool {
        self.app.state.open_form().is_some_and(|form| Rc::ptr_eq(&form, &self.open))
    }
}
