//! Asking before a file changes what is here.

use std::rc::Rc;

use leptos::prelude::*;

use crate::app::actions::{App, open_file};
use crate::app::host::{self, spawn_local};
use crate::app::state::asking::Asking;

/// The id of the question.
pub const ASKING: &str = "asking";
/// The id of the place of notices, where a person goes on.
pub const NOTICES: &str = "notices";

/// Asks about a file; of several, one after the other.
pub fn ask(app: App, asking: Rc<Asking>) {
    app.state.notice.set(None);
    app.state.asking.update(|all| all.push(asking));
    // A file that the system handed over while a form was open: nothing is asked over a form.
    if app.state.route.get_untracked().is_of_form() {
        host::go("#/");
    }
    host::focus_soon(ASKING);
}

/// The answer to the first question. A file that is declined changes nothing.
pub fn answer(app: App, is_yes: bool) {
    let first = app.state.asking.with_untracked(|all| all.first().cloned());
    let Some(asking) = first else { return };
    app.state.asking.update(|all| drop(all.remove(0)));
    let has_more = app.state.asking.with_untracked(|all| !all.is_empty());
    host::focus_soon(if has_more { ASKING } else { NOTICES });
    let Some(incoming) = asking.incoming.take().filter(|_| is_yes) else { return };
    let from = host::fragment();
    spawn_local(async move {
        let taken = open_file::apply(app, &asking.name, incoming).await;
        // Who went elsewhere meanwhile stays there.
        let taken = if host::fragment() == from { taken } else { taken.in_place() };
        open_file::follow(app, taken);
    });
}
