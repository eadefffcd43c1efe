//! One form in several tabs: one tab writes, the others read and can take the lock.

use std::rc::Rc;

use crate::app::host::{self, spawn_local};
use leptos::prelude::*;

use crate::app::actions::chunks::Work;
use crate::app::actions::form::Form;
use crate::app::actions::{App, appraisals, attached, clock};
use crate::app::host::channel::TabMessage;
use crate::app::host::locks::{self, Claim};
use crate::app::state::form::Access;
use crate::app::state::notice::Notice;
use crate::app::state::route::Route;
use crate::app::state::signals::SetIfChanged;
use crate::app::state::undo::Way;

/// Delay that batches the changes of another tab, in milliseconds.
const GATHER: i32 = 300;

/// Listens to other tabs and to page unload.
pub fn listen(app: App) -> Work {
    let heard = move |message, id: &str| match message {
        TabMessage::Saved if id.is_empty() => spawn_local(follow_packs(app)),
        TabMessage::Saved => follow(app, id),
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
    host::on_form_keys(move || app.tell(Notice::Keys)).forget();
    host::on_leaving(move || app.state.would_lose() || app.would_lose_trial()).forget();
    host::on("hashchange", false, move || app.tell_of_left_trial()).forget();
    host::on("pagehide", false, hurry).forget();
    host::on("visibilitychange", true, move || {
        if host::is_visible() {
            spawn_local(clock::look(app));
        } else {
            hurry();
        }
    })
    .forget();
    Box::pin(async move {
        clock::look(app).await;
        attached::sweep(app).await;
    })
}

fn open(app: App, id: &str, access: Access) -> Option<Form> {
    Some(Form::new(app, app.state.open_as(id, access)?))
}

/// The open form or its trial, if this tab has the lock.
fn ours(app: App, id: &str) -> Option<Form> {
    open(app, id, Access::Writer).or_else(|| open(app, id, Access::Trial))
}

/// Tells the other tabs that this one stored or deleted a form, or with an empty id several, and follows in
/// this tab as well.
pub(super) fn say_stored(app: App, id: &str) {
    app.tabs.say(TabMessage::Saved, id);
    follow(app, id);
}

/// Follows another tab that stored several records, with criteria packs perhaps.
async fn follow_packs(app: App) {
    let before = app.device.pack_files().len();
    match app.device.read_packs().await {
        Ok(_) if app.device.pack_files().len() > before => app.state.pack_came.notify(),
        Ok(_) => {}
        // What is read next fails the same way and shows it.
        Err(error) => host::report(&error.to_string().into()),
    }
    follow(app, "");
}

/// Follows what was stored beside the open form.
fn follow(app: App, id: &str) {
    if app.state.route.get_untracked() == Route::Home {
        return spawn_local(app.read_rows());
    }
    let Some(open) = app.state.open_form() else {
        return;
    };
    let form = Form::new(app, open);
    if !id.is_empty() && form.id().as_str() != id {
        return;
    }
    match form.access.get_untracked() {
        Access::Reader => follow_soon(form),
        Access::Writer => spawn_local(follow_as_writer(form)),
        Access::Trial => {}
    }
}

/// Shows what another tab has stored instead of the form that this one writes. What is not saved here is
/// kept when it is written.
async fn follow_as_writer(form: Form) {
    let current = form.app.device.is_current(&form.writer, &form.id()).await;
    if current == Ok(false) && form.is_saved() && form.is_shown() {
        return form.app.read_again(&form).await;
    }
    appraisals::read_for(form).await;
}

fn follow_soon(form: Form) {
    if form.is_following.replace(true) {
        return;
    }
    host::later(GATHER, move || {
        form.is_following.set(false);
        if form.is_shown() && form.access.get_untracked() == Access::Reader {
            spawn_local(async move { form.app.read_again(&form).await });
        }
    });
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
        match form.parted() {
            Ok(copy) => {
                form.app.keep_parted(copy, false).await;
                form.note_saved();
            }
            Err(error) => form.app.tell(Notice::from(error)),
        }
    })
}

/// Goes on with a received form as the own unit's.
pub fn make_own(form: Form) -> Work {
    Box::pin(async move {
        let (app, id) = (form.app, form.id());
        match app.device.make_own(&id).await {
            Ok(()) => app.claim_and_read_again(&form).await,
            Err(error) => app.tell(Notice::Storage(error)),
        }
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
            app.read_again(&form).await;
        }
    })
}
