//! The page without a network: the service worker (`public/sw.js`) keeps one version of it, whole.
//! A newer version waits until a person agrees, or until the page opens the next time.

use crate::app::actions::autosave::SaveState;
use crate::app::actions::chunks::Work;
use crate::app::actions::open_file;
use crate::app::host::service_worker::{Progress, Registration, ServiceWorkers};
use crate::app::host::{self, spawn_local};
use crate::app::state::{App, Slot};

/// What is known of this page without a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offline {
    /// Not yet, or not in this browser: it needs https or this very machine.
    No,
    /// It opens without a network.
    Ready,
    /// It does, and a newer version waits.
    NewVersion,
    /// The same, and the person does not want it now.
    NotNow,
}

/// Has the page kept for times without a network, and follows its versions.
pub fn keep(app: App) -> Work {
    Box::pin(async move {
        receive_files(app);
        let Some(workers) = ServiceWorkers::new() else {
            return;
        };
        // The first worker of a page changes nothing of it.
        if workers.is_controlling() {
            let change = move || spawn_local(start_anew(app));
            workers.on_change(change).forget();
        }
        // Fails where the page is served without its worker, as by trunk: it works all the same.
        let Some(registration) = workers.register("sw.js").await else {
            return;
        };
        if registration.is_waiting() {
            app.offline.set(Offline::NewVersion);
            if nothing_changed(app) {
                registration.tell_waiting("alone");
            }
        } else if registration.is_active() {
            app.offline.set(Offline::Ready);
        }
        follow(app, workers, registration);
    })
}

/// Follows the versions of the page, as long as it is open.
fn follow(app: App, workers: ServiceWorkers, registration: Registration) {
    let progressed = move |progress| match progress {
        Progress::Installed if workers.is_controlling() => app.offline.set(Offline::NewVersion),
        Progress::Installed => {}
        Progress::Activated => app.offline.set(Offline::Ready),
    };
    registration.follow(progressed).forget();
    // A page may stay open for weeks.
    let look = move || {
        if host::is_visible() {
            registration.update();
        }
    };
    host::on("visibilitychange", true, look).forget();
}

fn nothing_changed(app: App) -> bool {
    match app.slot.peek() {
        Slot::Open(form) => matches!(form.save.peek(), SaveState::Saved { revision: 0, .. }),
        Slot::Empty | Slot::Gone | Slot::Unreadable | Slot::BadLink(_) => true,
    }
}

/// Takes the version that waits: the person agreed.
pub fn take(app: App) -> Work {
    Box::pin(async move {
        let Some(workers) = ServiceWorkers::new() else {
            return;
        };
        let registration = workers.registration().await;
        let is_told = registration.is_some_and(|registration| registration.tell_waiting("now"));
        if !is_told {
            // Another tab has taken it already.
            start_anew(app).await;
        }
    })
}

/// Opens the page anew, once everything is on disk.
async fn start_anew(app: App) {
    // A form that cannot be saved stays open, with what is only here.
    if let Slot::Open(form) = app.slot.peek()
        && !form.settle().await
    {
        return;
    }
    host::reload();
}

/// Opens the files with which the system started the app.
fn receive_files(app: App) {
    host::on_launch_with_files(move |files| {
        spawn_local(async move {
            for file in files {
                open_file::import(app, file).await;
            }
        });
    });
}
