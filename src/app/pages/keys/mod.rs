//! The page of keys: those of this device, and those of others.

mod make;
mod others;
mod own;
pub mod page;
mod paper;

use leptos::prelude::*;
use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;

use crate::app::actions::App;
use crate::app::host::spawn_local;
use crate::app::pages::bind::{bind, bind_with};
use crate::app::pages::passphrase::Passphrase;
use crate::app::parts::{El, html, named_button, problem, quiet_button};
use crate::app::state::notice::Notice;
use crate::app::state::signals::SetIfChanged;
use crate::app::text::Text;
use crate::app::{host, wording};
use crate::store::{KeyRecord, StoreError, TrustRecord};
use crate::value::entered_name;

/// The action after a key is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    Nothing,
    SaveCard,
    PrintCard,
}

/// The current task; one at a time, so that fields never appear twice on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Doing {
    Nothing,
    Make,
    Restore,
    Rename(String),
    Open(String, Then),
    ChangePassphrase(String),
    Compare(String),
    Revoke(String),
    TrustAll,
}

/// What storage reports, in words.
fn told(t: &Text, done: Result<(), StoreError>) -> Result<(), String> {
    done.map_err(|error| wording::store_error(t, &error))
}

/// The action of a button.
type Run = Box<dyn Fn(&Rc<Keys>)>;

/// The state of the page.
struct Keys {
    app: App,
    t: &'static Text,
    /// The keys of this device, each with its thumbprint; `None` until they are read.
    own: ArcRwSignal<Option<Vec<(String, KeyRecord)>>>,
    /// The keys of others.
    others: ArcRwSignal<Option<Vec<TrustRecord>>>,
    /// The thumbprints of those whose trust is not proved while the key that proves it is not open.
    unproved: ArcRwSignal<Vec<String>>,
    doing: ArcRwSignal<Doing>,
    is_busy: ArcRwSignal<bool>,
    fault: ArcRwSignal<String>,
    /// The sheet to print.
    paper: ArcRwSignal<Option<paper::Paper>>,
    search: ArcRwSignal<String>,
    passphrase: Rc<Passphrase>,
    new_passphrase: Rc<Passphrase>,
    /// The contents of the text field and of the locked-key field.
    typed: RefCell<String>,
    locked: RefCell<String>,
}

impl Keys {
    /// Starts with an imported file.
    fn open(self: &Rc<Self>) {
        if let Some(locked) = self.app.state.locked_key.take() {
            self.locked.replace(locked);
            self.begin(Doing::Restore);
            host::focus_soon("passphrase");
        }
        spawn_local(self.clone().read());
    }

    async fn read(self: Rc<Self>) {
        let device = &self.app.device;
        let (own, others) = (device.own_keys().await, device.others_keys().await);
        let unproved = device.unproved_keys().await;
        match own.and_then(|own| Ok((own, others?, unproved?))) {
            Ok((own, others, unproved)) => {
                self.unproved.set_if_changed(unproved);
                self.own.set_if_changed(Some(own));
                self.others.set_if_changed(Some(others));
            }
            Err(error) => self.app.tell(Notice::Storage(error)),
        }
    }

    /// Starts another task; wipes what was typed for the last.
    fn begin(&self, doing: Doing) {
        self.passphrase.forget();
        self.new_passphrase.forget();
        self.typed.take();
        self.fault.set_if_changed(String::new());
        self.doing.set_if_changed(doing);
    }

    /// Runs one task at a time; shows the error if it fails, else reloads the keys.
    fn run(self: &Rc<Self>, work: impl Future<Output = Result<(), String>> + 'static) {
        self.run_boxed(Box::pin(work));
    }

    fn run_boxed(self: &Rc<Self>, work: Pin<Box<dyn Future<Output = Result<(), String>>>>) {
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set_if_changed(true);
        self.fault.set_if_changed(String::new());
        let page = self.clone();
        spawn_local(async move {
            let done = work.await;
            page.is_busy.set_if_changed(false);
            match done {
                Ok(()) => {
                    page.begin(Doing::Nothing);
                    page.read().await;
                }
                Err(words) => page.fault.set_if_changed(words),
            }
        });
    }

    /// What writes the text field, which begins with this value.
    fn typing(self: &Rc<Self>, value: &str) -> impl Fn(String) + use<> {
        self.typed.replace(value.to_owned());
        bind_with(self, |page, text| drop(page.typed.replace(entered_name(text))))
    }

    /// A button at a key, which has this name.
    fn act(self: &Rc<Self>, words: &str, id: &str, name: &str, run: Run) -> El {
        let page = self.clone();
        named_button(words, name, move || run(&page)).test_id(id)
    }

    /// Prints a sheet once it has been drawn.
    fn print(&self, paper: paper::Paper) {
        self.paper.set_if_changed(Some(paper));
        host::plain_pages();
        host::later(0, || host::later(0, || host::later(0, host::print)));
    }

    /// The form of a task: its fields, its button, and cancel.
    fn form(
        self: &Rc<Self>,
        id: &str,
        fields: Vec<El>,
        go: &str,
        run: impl Fn(&Rc<Keys>) + 'static,
    ) -> El {
        self.form_boxed(id, fields, go, Box::new(run))
    }

    fn form_boxed(self: &Rc<Self>, id: &str, fields: Vec<El>, go: &str, run: Run) -> El {
        let t = self.t;
        let button = html::button()
            .attr("type", "submit")
            .class("btn")
            .test_id(&format!("{id}-go"))
            .attr_live(
                "aria-disabled",
                bind(self, |page| page.is_busy.get().then(|| "true".to_owned())),
            )
            .text(go);
        let cancel = bind(self, |page| page.begin(Doing::Nothing));
        let cancel = quiet_button("plain", t.later().cancel, cancel);
        let told = bind(self, move |page| {
            let is_busy = page.is_busy.get();
            let words = if is_busy { t.later().working.to_owned() } else { page.fault.get() };
            (!words.is_empty()).then(|| problem(&words).test_id("key-error"))
        });
        html::form()
            .test_id(id)
            .children(fields)
            .child(html::div().attr("role", "alert").live_one(told))
            .child(html::p().class("row").child(button).child(cancel))
            .on(
                "submit",
                bind_with(self, move |page, event: host::Event| {
                    event.prevent_default();
                    run(page);
                }),
            )
    }
}
