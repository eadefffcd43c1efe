//! Offline use: the service worker (`public/sw.js`) keeps one whole version of the page.
//! A newer version waits until a person agrees, or until the page opens the next time.

use leptos::prelude::*;

use crate::app::actions::chunks::Work;
use crate::app::actions::{App, Form, files, open_file};
use crate::app::host::service_worker::{Progress, Registration, ServiceWorkers};
use crate::app::host::{self, spawn_local};
use crate::app::state::Offline;
use crate::app::state::form::SaveState;
use crate::app::state::signals::SetIfChanged;

/// Registers the service worker and follows its versions.
pub fn keep(app: App) -> Work {
    Box::pin(async move {
        receive_files(app);
        let Some(workers) = ServiceWorkers::new() else {
            return;
        };
        // The first worker brings no new version.
        if workers.is_controlling() {
            let change = move || spawn_local(start_anew(app));
            workers.on_change(change).forget();
        }
        // Fails where the page is served without the worker, as by trunk; not an error.
        let Some(registration) = workers.register("sw.js").await else {
            return;
        };
        if registration.is_waiting() {
            app.state.offline.set_if_changed(Offline::NewVersion);
            if nothing_changed(app) {
                registration.tell_waiting("alone");
            }
        } else if registration.is_active() {
            app.state.offline.set_if_changed(Offline::Ready);
        }
        follow(app, workers, registration);
    })
}

/// Follows the versions while the page is open.
fn follow(app: App, workers: ServiceWorkers, registration: Registration) {
    let progressed = move |progress| match progress {
        Progress::Installed if workers.is_controlling() => {
            app.state.offline.set_if_changed(Offline::NewVersion)
        }
        Progress::Installed => {}
        Progress::Activated => app.state.offline.set_if_changed(Offline::Ready),
    };
    registration.follow(progressed).forget();
    // Pages may stay open for weeks.
    let look = move || {
        if host::is_visible() {
            registration.update();
        }
    };
    host::on("visibilitychange", true, look).forget();
}

fn nothing_changed(app: App) -> bool {
    app.state.open_form().is_none_or(|form| {
        matches!(form.save.get_untracked(), SaveState::Saved { revision: 0, .. })
    })
}

/// Activates the waiting version on request.
pub fn take(app: App) -> Work {
    Box::pin(async move {
        let Some(workers) = ServiceWorkers::new() else {
            return;
        };
        let registration = workers.registration().await;
        let is_told = registration.is_some_and(|registration| registration.tell_waiting("now"));
        if !is_told {
            // Another tab has activated it.
            start_anew(app).await;
        }
    })
}

/// Reloads the page once everything is saved.
async fn start_anew(app: App) {
    // Keep an unsaved form open: it exists only here.
    if let Some(open) = app.state.open_form()
        && !Form::new(app, open).settle().await
    {
        return;
    }
    host::reload();
}

/// Opens the files that the system started the app with.
fn receive_files(app: App) {
    host::on_launch_with_files(move |launched| {
        spawn_local(async move {
            for file in launched {
                if let Some(refused) = files::refused_before_reading(&file).await {
                    app.tell(refused);
                    continue;
                }
                let taken = open_file::take_in_file(app, &file).await;
                open_file::follow(app, taken);
            }
        });
    });
}
