//! One form in several tabs: one tab writes, the others read and can take the lock.

use std::rc::Rc;

use crate::app::host::{self, spawn_local};
use leptos::prelude::*;

use crate::app::actions::App;
use crate::app::actions::chunks::Work;
use crate::app::actions::form::Form;
use crate::app::host::channel::TabMessage;
use crate::app::host::locks::{self, Claim};
use crate::app::state::form::Access;
use crate::app::state::notice::Notice;
use crate::app::state::route::Route;
use crate::app::state::signals::SetIfChanged;
use crate::app::state::undo::Way;
use crate::store::Draft;

/// Delay that batches the changes of another tab, in milliseconds.
const GATHER: i32 = 300;

/// Listens to other tabs and to page unload.
pub fn listen(app: App) -> Work {
    let heard = move |message, id: &str| match message {
        TabMessage::Saved => saved(app, id),
        TabMessage::Asked => asked(app, id),
        TabMessage::Who if ours(app, id).is_some() => app.tabs.say(TabMessage::Mine, id),
        TabMessage::Who | TabMessage::Mine => {}
    };
    app.tabs.listen(heard).forget();
    let open = move || Some(Form::new(app, app.state.open_form()?));
    let hurry = move || {
        if let Some(form) = open() {
            form.hurry();
        }
    };
    host::on_undo_keys(move |again| {
        if let Some(form) = open() {
            form.undo(if again { Way::Forth } else { Way::Back });
        }
    })
    .forget();
    host::on_leaving(move || app.state.would_lose() || app.would_lose_trial()).forget();
    host::on("hashchange", false, move || app.tell_of_left_trial()).forget();
    host::on("pagehide", false, hurry).forget();
    host::on("visibilitychange", true, move || {
        if !host::is_visible() {
            hurry();
        }
    })
    .forget();
    Box::pin(async {})
}

fn open(app: App, id: &str, access: Access) -> Option<Form> {
    Some(Form::new(app, app.state.open_as(id, access)?))
}

/// The open form or its trial, if this tab has the lock.
fn ours(app: App, id: &str) -> Option<Form> {
    open(app, id, Access::Writer).or_else(|| open(app, id, Access::Trial))
}

fn saved(app: App, id: &str) {
    if app.state.route.get_untracked() == Route::Home {
        return spawn_local(app.read_rows());
    }
    let Some(form) = open(app, id, Access::Reader) else {
        return;
    };
    if form.is_following.replace(true) {
        return;
    }
    host::later(GATHER, move || {
        form.is_following.set(false);
        if form.is_shown() && form.access.get_untracked() == Access::Reader {
            spawn_local(read_again(form, Access::Reader));
        }
    });
}

/// Reloads the form from disk, keeping section and scroll position.
async fn read_again(form: Form, access: Access) {
    let section = form.section_name();
    let scroll = host::scroll();
    let place = move |draft: &mut Draft| {
        draft.section = section;
        draft.scroll = scroll;
    };
    form.app.read_form(form.id(), access, place).await;
}

/// Releases the lock to another tab as soon as everything is on disk.
fn asked(app: App, id: &str) {
    let Some(form) = ours(app, id) else {
        return;
    };
    spawn_local(async move {
        if form.settle().await {
            form.access.set_if_changed(Access::Reader);
            app.release();
        }
    });
}

/// Saves changes that were cut off by another tab as a new form.
pub fn keep_unsaved(form: Form) -> Work {
    Box::pin(async move {
        let kept = form.app.device.keep_copy(form.copy(form.id())).await;
        form.app.tell(match kept {
            Ok(_) => Notice::KeptCopy,
            Err(error) => Notice::from(error),
        });
    })
}

/// Takes the lock from its tab.
pub fn take_over(form: Form) -> Work {
    Box::pin(async move {
        let (app, id) = (form.app, form.id());
        let own = id.clone();
        let claim = locks::take_over(&app.tabs, id.as_str(), Rc::new(move || app.lose(&own))).await;
        if let Claim::Ours(lock) = claim {
            app.hold(&id, lock);
            read_again(form, Access::Writer).await;
        }
    })
}
