//! The page without a network: the service worker (`public/sw.js`) keeps one version of it, whole.
//! A newer version waits until a person agrees, or until the page opens the next time.

use js_sys::{Function, Reflect};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration};

use crate::app::actions::chunks::Work;
use crate::app::actions::{App, Form, open_file};
use crate::app::host;
use crate::app::state::form::SaveState;
use crate::app::state::signals::SetIfChanged;

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

/// The browser's service workers; `None` where it has none, as on a page that came by plain http.
fn container() -> Option<ServiceWorkerContainer> {
    let navigator = host::window()?.navigator();
    let has = Reflect::has(&navigator, &"serviceWorker".into()).unwrap_or(false);
    has.then(|| navigator.service_worker())
}

/// Has the page kept for times without a network, and follows its versions.
pub fn keep(app: App) -> Work {
    Box::pin(async move {
        receive_files(app);
        let Some(container) = container() else { return };
        // The first worker of a page changes nothing of it.
        if container.controller().is_some() {
            let change = Closure::<dyn FnMut()>::new(move || spawn_local(start_anew(app)));
            container.set_oncontrollerchange(Some(change.into_js_value().unchecked_ref()));
        }
        // Fails where the page is served without its worker, as by trunk: it works all the same.
        let Ok(registration) = JsFuture::from(container.register("sw.js")).await else {
            return;
        };
        let registration: ServiceWorkerRegistration = registration.unchecked_into();
        if let Some(waiting) = registration.waiting() {
            app.state.offline.set_if_changed(Offline::NewVersion);
            if nothing_changed(app) {
                tell(&waiting, "alone");
            }
        } else if registration.active().is_some() {
            app.state.offline.set_if_changed(Offline::Ready);
        }
        follow(app, &registration);
    })
}

fn follow(app: App, registration: &ServiceWorkerRegistration) {
    let watch = {
        let registration = registration.clone();
        move || {
            if let Some(worker) = registration.installing() {
                follow_worker(app, worker);
            }
        }
    };
    watch();
    let found = Closure::<dyn FnMut()>::new(watch).into_js_value();
    registration.set_onupdatefound(Some(found.unchecked_ref()));
    // A page may stay open for weeks.
    let registration = registration.clone();
    host::on("visibilitychange", true, move || {
        if host::is_visible()
            && let Ok(asked) = registration.update()
        {
            // Without a network there is nothing new; the next time tells.
            spawn_local(async move { drop(JsFuture::from(asked).await) });
        }
    });
}

fn follow_worker(app: App, worker: ServiceWorker) {
    let own = worker.clone();
    let change = Closure::<dyn FnMut()>::new(move || {
        let state = Reflect::get(&own, &"state".into()).ok();
        match state.and_then(|state| state.as_string()).as_deref() {
            Some("installed") if is_controlled() => {
                app.state.offline.set_if_changed(Offline::NewVersion)
            }
            Some("activated") => app.state.offline.set_if_changed(Offline::Ready),
            _ => {}
        }
    });
    worker.set_onstatechange(Some(change.into_js_value().unchecked_ref()));
}

fn is_controlled() -> bool {
    container().is_some_and(|container| container.controller().is_some())
}

fn nothing_changed(app: App) -> bool {
    app.state.open_form().is_none_or(|form| {
        matches!(
            form.save.get_untracked(),
            SaveState::Saved { revision: 0, .. }
        )
    })
}

fn tell(worker: &ServiceWorker, word: &str) {
    if let Err(error) = worker.post_message(&word.into()) {
        host::report(&error);
    }
}

/// Takes the version that waits: the person agreed.
pub fn take(app: App) -> Work {
    Box::pin(async move {
        let Some(container) = container() else { return };
        let found = JsFuture::from(container.get_registration()).await;
        let waiting = found
            .ok()
            .and_then(|found| found.dyn_into::<ServiceWorkerRegistration>().ok())
            .and_then(|registration| registration.waiting());
        match waiting {
            Some(waiting) => tell(&waiting, "now"),
            // Another tab has taken it already.
            None => start_anew(app).await,
        }
    })
}

/// Opens the page anew, once everything is on disk.
async fn start_anew(app: App) {
    // A form that cannot be saved stays open, with what is only here.
    if let Some(open) = app.state.open_form()
        && !Form::new(app, open).settle().await
    {
        return;
    }
    host::reload();
}

/// Opens the files with which the system started the app (File Handling API).
fn receive_files(app: App) {
    let queue = Reflect::get(&js_sys::global(), &"launchQueue".into()).unwrap_or_default();
    let Some(set) = method(&queue, "setConsumer") else {
        return;
    };
    let consumer = Closure::<dyn FnMut(JsValue)>::new(move |launch: JsValue| {
        spawn_local(async move {
            for file in launched(&launch).await {
                let taken = open_file::take_in_file(app, &file).await;
                open_file::follow(app, taken);
            }
        });
    });
    if let Err(error) = set.call1(&queue, &consumer.into_js_value()) {
        host::report(&error);
    }
}

fn method(object: &JsValue, name: &str) -> Option<Function> {
    // `get` throws where there is no object.
    Reflect::get(object, &name.into()).ok()?.dyn_into().ok()
}

async fn launched(launch: &JsValue) -> Vec<web_sys::File> {
    let handles = Reflect::get(launch, &"files".into()).unwrap_or_default();
    let mut files = Vec::new();
    for handle in js_sys::Array::from(&handles) {
        let Some(get) = method(&handle, "getFile") else {
            continue;
        };
        let asked = get.call0(&handle).map(js_sys::Promise::from);
        match asked {
            Ok(asked) => match JsFuture::from(asked).await {
                Ok(file) => files.push(file.unchecked_into()),
                Err(error) => host::report(&error),
            },
            Err(error) => host::report(&error),
        }
    }
    files
}
