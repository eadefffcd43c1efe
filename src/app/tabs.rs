//! Several tabs with one form: one writes, the others read along and can take the turn.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use crate::app::browser;
use crate::app::form_state::{Form, Whose};
use crate::app::rest::Work;
use crate::app::route::Route;
use crate::app::state::{App, Notice, Slot};
use crate::app::trying;
use crate::app::turn::{self, Claim, Word};
use crate::app::undo::Way;
use crate::store::{Draft, Kind, Storage};
use crate::value::AssessmentId;

/// How long changes of another tab are gathered before they are shown, in milliseconds.
const GATHER: i32 = 300;

/// Hears what other tabs do, and when this one is left.
pub fn listen(app: App) -> Work {
    turn::hear(move |word, id| match word {
        Word::Saved => saved(app, id),
        Word::Asked => asked(app, id),
        Word::Who if ours(app, id).is_some() => turn::say(Word::Mine, id),
        Word::Who | Word::Mine => {}
    });
    let hurry = move || {
        if let Slot::Open(form) = app.slot.peek() {
            form.hurry();
        }
    };
    browser::on_undo_keys(move |again| {
        if let Slot::Open(form) = app.slot.peek() {
            form.undo(if again { Way::Forth } else { Way::Back });
        }
    });
    browser::on_leaving(move || app.would_lose() || trying::would_lose(app));
    browser::on("hashchange", false, move || trying::left(app));
    browser::on("pagehide", false, hurry);
    browser::on("visibilitychange", true, move || {
        if !browser::is_visible() {
            hurry();
        }
    });
    Box::pin(async {})
}

/// The form that is open, where it is this one.
fn open(app: App, id: &str, whose: Whose) -> Option<Form> {
    match app.slot.peek() {
        Slot::Open(form) if form.id().as_str() == id && form.whose.peek() == whose => Some(form),
        _ => None,
    }
}

/// The same where this tab has the turn: as it is, or as a trial.
fn ours(app: App, id: &str) -> Option<Form> {
    open(app, id, Whose::Ours).or_else(|| open(app, id, Whose::Guest))
}

fn saved(app: App, id: &str) {
    if app.route.peek() == Route::Home {
        return spawn_local(app.read_rows());
    }
    let Some(form) = open(app, id, Whose::Others) else {
        return;
    };
    if form.following.replace(true) {
        return;
    }
    let id = form.id();
    browser::later(GATHER, move || {
        form.following.set(false);
        if open(app, id.as_str(), Whose::Others).is_some() {
            spawn_local(read_again(app, form, Whose::Others));
        }
    });
}

/// Shows the form as it is on disk, at the place where this tab is.
async fn read_again(app: App, form: Form, whose: Whose) {
    let section = form.section_name();
    let scroll = browser::scroll();
    let place = move |draft: &mut Draft| {
        draft.section = section;
        draft.scroll = scroll;
    };
    app.read_form(form.id(), whose, place).await;
}

/// Another tab asks for the turn: it gets it as soon as everything is on disk.
fn asked(app: App, id: &str) {
    let Some(form) = ours(app, id) else {
        return;
    };
    spawn_local(async move {
        if form.settle().await {
            form.whose.set(Whose::Others);
            app.let_go();
        }
    });
}

/// Keeps what could not be saved before another tab took the form as a form of its own.
pub fn keep_unsaved(app: App, form: Form) -> Work {
    Box::pin(async move {
        let Some(bits) = browser::entropy() else {
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
        let claim = turn::take_over(id.as_str(), Rc::new(move || app.lose(&own))).await;
        if let Claim::Ours(turn) = claim {
            app.hold(&id, turn);
            read_again(app, form, Whose::Ours).await;
        }
    })
}
