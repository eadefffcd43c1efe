//! Several tabs with one form: one writes, the others read along and can take the turn.

use std::rc::Rc;

use crate::app::actions::chunks::Work;
use crate::app::actions::trial;
use crate::app::host::channel::TabMessage;
use crate::app::host::locks::{self, Claim};
use crate::app::host::{self, spawn_local};
use crate::app::state::form::{Access, Form};
use crate::app::state::route::Route;
use crate::app::state::undo::Way;
use crate::app::state::{App, Notice, Slot};
use crate::store::{Draft, Kind, Storage};
use crate::value::AssessmentId;

/// How long changes of another tab are gathered before they are shown, in milliseconds.
const GATHER: i32 = 300;

/// Hears what other tabs do, and when this one is left.
pub fn listen(app: App) -> Work {
    let heard = move |message, id: &str| match message {
        TabMessage::Saved => saved(app, id),
        TabMessage::Asked => asked(app, id),
        TabMessage::Who if ours(app, id).is_some() => app.tabs.say(TabMessage::Mine, id),
        TabMessage::Who | TabMessage::Mine => {}
    };
    app.tabs.listen(heard).forget();
    let hurry = move || {
        if let Slot::Open(form) = app.slot.peek() {
            form.hurry();
        }
    };
    host::on_undo_keys(move |again| {
        if let Slot::Open(form) = app.slot.peek() {
            form.undo(if again { Way::Forth } else { Way::Back });
        }
    })
    .forget();
    host::on_leaving(move || app.would_lose() || trial::would_lose(app)).forget();
    host::on("hashchange", false, move || trial::left(app)).forget();
    host::on("pagehide", false, hurry).forget();
    host::on("visibilitychange", true, move || {
        if !host::is_visible() {
            hurry();
        }
    })
    .forget();
    Box::pin(async {})
}

/// The form that is open, where it is this one.
fn open(app: App, id: &str, access: Access) -> Option<Form> {
    match app.slot.peek() {
        Slot::Open(form) if form.id().as_str() == id && form.access.peek() == access => Some(form),
        _ => None,
    }
}

/// The same where this tab has the turn: as it is, or as a trial.
fn ours(app: App, id: &str) -> Option<Form> {
    open(app, id, Access::Writer).or_else(|| open(app, id, Access::Trial))
}

fn saved(app: App, id: &str) {
    if app.route.peek() == Route::Home {
        return spawn_local(app.read_rows());
    }
    let Some(form) = open(app, id, Access::Reader) else {
        return;
    };
    if form.following.replace(true) {
        return;
    }
    let id = form.id();
    host::later(GATHER, move || {
        form.following.set(false);
        if open(app, id.as_str(), Access::Reader).is_some() {
            spawn_local(read_again(app, form, Access::Reader));
        }
    });
}

/// Shows the form as it is on disk, at the place where this tab is.
async fn read_again(app: App, form: Form, access: Access) {
    let section = form.section_name();
    let scroll = host::scroll();
    let place = move |draft: &mut Draft| {
        draft.section = section;
        draft.scroll = scroll;
    };
    app.read_form(form.id(), access, place).await;
}

/// Another tab asks for the turn: it gets it as soon as everything is on disk.
fn asked(app: App, id: &str) {
    let Some(form) = ours(app, id) else {
        return;
    };
    spawn_local(async move {
        if form.settle().await {
            form.access.set(Access::Reader);
            app.let_go();
        }
    });
}

/// Keeps what could not be saved before another tab took the form as a form of its own.
pub fn keep_unsaved(app: App, form: Form) -> Work {
    Box::pin(async move {
        let Some(bits) = host::entropy() else {
            return;
        };
        let draft = form.copy(AssessmentId::from_bits(bits));
        let (id, text) = (draft.form.id.clone(), draft.to_text());
        let kept = app.keeper().put(Kind::Drafts, id.as_str(), &text).await;
        app.tell(match kept {
            Ok(()) => Notice::KeptCopy,
            Err(error) => Notice::Storage(error),
        });
    })
}

/// Takes the turn from the tab that has it.
pub fn take_turn(app: App, form: Form) -> Work {
    Box::pin(async move {
        let id = form.id();
        let own = id.clone();
        let claim = locks::take_over(&app.tabs, id.as_str(), Rc::new(move || app.lose(&own))).await;
        if let Claim::Ours(turn) = claim {
            app.hold(&id, turn);
            read_again(app, form, Access::Writer).await;
        }
    })
}
