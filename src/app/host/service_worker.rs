//! The service worker of the page (Service Workers, W3C), which keeps one version of the page for offline use.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState,
};

use super::navigator::navigator;
use super::{Listener, attempted, spawn_local};

/// The service workers of this origin.
#[derive(Clone)]
pub struct ServiceWorkers(ServiceWorkerContainer);

impl ServiceWorkers {
    /// `None` if the browser has none, as over plain HTTP.
    pub fn new() -> Option<ServiceWorkers> {
        Some(ServiceWorkers(navigator()?.service_worker()?))
    }

    /// Does a worker control this page?
    pub fn is_controlling(&self) -> bool {
        self.0.controller().is_some()
    }

    /// Calls `changed` whenever another worker takes control.
    pub fn on_change(&self, mut changed: impl FnMut() + 'static) -> Listener {
        Listener::at(Some(&self.0), "controllerchange", move |_| changed())
    }

    /// Registers a script; `None` if the page is served without it.
    pub async fn register(&self, script: &str) -> Option<Registration> {
        let registered = JsFuture::from(self.0.register(script)).await.ok()?;
        Some(Registration(registered.unchecked_into()))
    }

    /// The registration of this page.
    pub async fn registration(&self) -> Option<Registration> {
        let found = JsFuture::from(self.0.get_registration()).await.ok()?;
        Some(Registration(found.dyn_into().ok()?))
    }
}

/// A state of a worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It has stored its page version.
    Installed,
    /// It can control pages.
    Activated,
}

/// A worker's registration.
#[derive(Clone)]
pub struct Registration(ServiceWorkerRegistration);

impl Registration {
    /// Is a newer version waiting to be activated?
    pub fn is_waiting(&self) -> bool {
        self.0.waiting().is_some()
    }

    /// Is a version active?
    pub fn is_active(&self) -> bool {
        self.0.active().is_some()
    }

    /// Sends a message to the waiting version; `false` if none waits.
    pub fn tell_waiting(&self, message: &str) -> bool {
        let waiting = self.0.waiting();
        attempted(waiting.as_ref().map(|waiting| waiting.post_message(&message.into())));
        waiting.is_some()
    }

    /// Checks for a newer version. Offline this fails; the next check finds it.
    pub fn update(&self) {
        if let Ok(asked) = self.0.update() {
            spawn_local(async move { drop(JsFuture::from(asked).await) });
        }
    }

    /// Calls `progressed` on each state of the installing version and later ones.
    pub fn follow(&self, progressed: impl Fn(Progress) + 'static) -> Listener {
        let progressed = Rc::new(progressed);
        let registration = self.0.clone();
        // Of the newest worker; earlier ones are finished.
        let last: RefCell<Option<Listener>> = RefCell::default();
        let watch = move || {
            if let Some(worker) = registration.installing() {
                last.replace(Some(follow_worker(&worker, progressed.clone())));
            }
        };
        watch();
        Listener::at(Some(&self.0), "updatefound", move |_| watch())
    }
}

fn follow_worker(worker: &ServiceWorker, progressed: Rc<dyn Fn(Progress)>) -> Listener {
    let own = worker.clone();
    Listener::at(Some(worker), "statechange", move |_| match own.state() {
        ServiceWorkerState::Installed => progressed(Progress::Installed),
        ServiceWorkerState::Activated => progressed(Progress::Activated),
        _ => {}
    })
}
