//! What is told of the open pack beyond its errors: a worker finds it out, since it takes long.

use std::rc::Rc;

use leptos::prelude::*;

use crate::app::actions::kit::Kit;
use crate::app::host::desk_worker::{DeskWorker, DeskWorkerError, Loaded, bytes_of};
use crate::app::host::{self, spawn_local};
use crate::app::state::kit::{Advised, OpenKit};
use crate::app::state::signals::SetIfChanged;
use crate::desk::register::Task;
use crate::form::Assessment;
use crate::json::to_canonical;
use crate::kit::Told;

impl Kit {
    /// Lets the worker look at the pack as it is. While it looks, of later states only the last one waits.
    pub(super) fn advise(self: &Rc<Self>, open: &Rc<OpenKit>) {
        if !open.reviewed.get_untracked().is_sound() {
            return open.advised.set_if_changed(Advised::Unasked);
        }
        let told = open.advised.get_untracked().told().cloned().unwrap_or_default();
        open.advised.set_if_changed(Advised::Running(told));
        if open.is_advising.replace(true) {
            return;
        }
        let (kit, open) = (self.clone(), open.clone());
        spawn_local(async move {
            // The page is drawn before the worker is loaded.
            host::pause(0).await;
            loop {
                let reviewed = open.reviewed.get_untracked();
                if !reviewed.is_sound() {
                    break;
                }
                let text = open.look(|document| to_canonical(document.json()));
                let told = kit.ask(text).await;
                if !Rc::ptr_eq(&reviewed, &open.reviewed.get_untracked()) {
                    continue;
                }
                let advised = match told {
                    Ok(told) => Advised::Done(Rc::new(told)),
                    Err(DeskWorkerError) => {
                        // What stopped is loaded anew the next time.
                        kit.worker.take();
                        Advised::Failed
                    }
                };
                open.advised.set_if_changed(advised);
                break;
            }
            open.is_advising.set(false);
        });
    }

    async fn ask(&self, text: String) -> Result<Told, DeskWorkerError> {
        let known = self.worker.borrow().clone();
        let worker = match known {
            Some(worker) => worker,
            None => {
                let worker = Rc::new(DeskWorker::load(Loaded::Sheets).await?);
                self.worker.replace(Some(worker.clone()));
                worker
            }
        };
        let told = worker.given(&Task::Advise(text)).await?;
        let told = told.ok().and_then(|bytes| bytes_of(&bytes)).ok_or(DeskWorkerError)?;
        Told::from_text(&told).map_err(|_| DeskWorkerError)
    }

    /// Shows a form that was found beside the pack.
    pub fn show_witness(&self, open: &OpenKit, form: &Assessment) {
        let reviewed = open.reviewed.get_untracked();
        if let Some(pack) = reviewed.pack.as_ref().filter(|_| reviewed.errors.is_empty()) {
            open.preview.level.set_if_changed(form.unit.level.to_string());
            open.preview.unit_type.set_if_changed(form.unit.unit_type.to_string());
            open.preview.is_whole.set_if_changed(true);
            open.preview.form.set(self.form_with(open, pack, Some(form.clone())));
        }
    }
}
