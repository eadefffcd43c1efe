//! Earlier states of the form: time, differences, restoring.

use leptos::prelude::*;
use std::rc::Rc;

use crate::app::actions::Form;
use crate::app::host::spawn_local;
use crate::app::parts::{El, fold, html, named_button, quiet_button};
use crate::app::state::form::Access;
use crate::app::state::notice::Notice;
use crate::app::state::signals::SetIfChanged;
use crate::app::text::{Text, fill};
use crate::app::{host, wording};
use crate::store::{Draft, SavedState};
use crate::value::Lang;

/// The list's state.
#[derive(Default)]
struct Shown {
    states: ArcRwSignal<Vec<SavedState>>,
    /// The chosen state, and its draft if readable.
    chosen: ArcRwSignal<Option<(SavedState, Option<Draft>)>>,
}

/// The earlier states, collapsed at the end of the review.
pub fn history(form: &Form, t: &'static Text, lang: Lang) -> El {
    let shown = Rc::new(Shown::default());
    let list = shown.clone();
    html::section().class("sheet").child(
        fold(t.later().history)
            .test_id("history")
            .on("toggle", form.bind_with(move |form, _| load(form, shown.clone())))
            .child(html::p().class("quiet").text(t.later().history_say))
            .child(html::div().live(form.bind(move |form| states(form, t, lang, &list)))),
    )
}

fn load(form: &Form, shown: Rc<Shown>) {
    let form = form.clone();
    spawn_local(async move {
        match form.app.device.states(&form.id()).await {
            Ok(states) => shown.states.set_if_changed(states),
            Err(error) => form.app.tell(Notice::Storage(error)),
        }
    });
}

fn states(form: &Form, t: &'static Text, lang: Lang, shown: &Rc<Shown>) -> Vec<El> {
    let all = shown.states.get();
    if all.is_empty() {
        return vec![html::p().text(t.later().history_none)];
    }
    let lines = all.into_iter().map(|state| {
        let mut when = host::local_text(state.at);
        if state.revision > 0 {
            let sealed = fill(t.later().history_sealed, &[&state.revision.to_string()]);
            when = format!("{when} – {sealed}");
        }
        let (own, inside) = (state.clone(), shown.clone());
        let shown = shown.clone();
        let look = form.bind(move |form| look(form, own.clone(), shown.clone()));
        html::li()
            .child(html::p().text(&when))
            .child(named_button(t.later().history_look, &when, look))
            .child(html::div().attr("role", "status").live(form.bind(move |form| {
                match inside.chosen.get() {
                    Some((chosen, draft)) if chosen == state => differs(form, t, lang, draft),
                    _ => Vec::new(),
                }
            })))
    });
    vec![html::ul().class("list").children(lines)]
}

fn look(form: &Form, state: SavedState, shown: Rc<Shown>) {
    let form = form.clone();
    spawn_local(async move {
        match form.app.device.read_state(&state).await {
            Ok(draft) => shown.chosen.set_if_changed(Some((state, draft))),
            Err(error) => form.app.tell(Notice::Storage(error)),
        }
    });
}

/// The differences between an earlier state and now, and the restore button.
fn differs(form: &Form, t: &'static Text, lang: Lang, draft: Option<Draft>) -> Vec<El> {
    // A state from a backup may be of any form.
    let is_own = |draft: &Draft| {
        form.look(|session| {
            let own = session.form();
            own.id == draft.form.id && own.pack.id == draft.form.pack.id
        })
    };
    let opened = draft
        .filter(is_own)
        .and_then(|draft| Some((draft.open(&form.app.device.packs()).ok()?, draft)));
    let Some((then, draft)) = opened else {
        return vec![html::p().text(t.later().history_lost)];
    };
    let lines: Vec<El> = form.watch(|session| {
        if session.form().pack != then.form().pack {
            // Their parts cannot be compared one by one.
            let version = then.form().pack.version.as_str();
            return vec![html::li().text(&fill(t.later().packs.other_version, &[version]))];
        }
        let changes = session.changes_since(&then);
        let line = |change| html::li().text(&wording::change(t, lang, session, change));
        changes.iter().map(line).collect()
    });
    if lines.is_empty() {
        return vec![html::p().text(t.later().history_same)];
    }
    let back = form.bind(move |form| form.return_to(&draft, Notice::Returned));
    vec![
        html::p().text(t.later().history_differs),
        html::ul().class("bullets").test_id("history-differs").children(lines),
        quiet_button("quiet", t.later().history_return, back).test_id("history-return").attr_live(
            "disabled",
            form.bind(move |form| (form.access.get() == Access::Reader).then(String::new)),
        ),
    ]
}
