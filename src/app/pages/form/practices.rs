//! Good models that the unit recommends, and written remarks.

use leptos::prelude::*;

use crate::app::actions::Form;
use crate::app::host;
use crate::app::parts::{self, El, html, quiet_button};
use crate::app::state::signals::SetIfChanged;
use crate::app::text::{Text, fill};
use crate::form::{Practice, Remarks};

/// The section of good models and remarks.
pub fn practices(form: &Form, t: &'static Text) -> Vec<El> {
    // Redraw the sheets when one is added or removed, not on edits.
    let count = ArcRwSignal::new(form.look(|session| session.form().practices.len()));
    let shown = count.clone();
    let sheets = form
        .bind(move |form| (0..shown.get()).map(|place| sheet(form, t, place, &shown)).collect());
    let add = form.bind(move |form| {
        form.edit_words(|session| session.edit_practices(|all| all.push(Practice::default())));
        let place = count.get_untracked();
        count.set_if_changed(place + 1);
        host::focus_soon(&format!("practice-{place}-title"));
    });
    let add = quiet_button("quiet", t.later().practice_add, add).test_id("practice-add");
    vec![
        html::p().class("quiet").text(t.later().practices_say),
        html::div().live(sheets),
        html::p().class("row").child(add),
        parts::sheet("remarks-title", t.remarks).children(remarks(form, t)),
    ]
}

fn sheet(form: &Form, t: &'static Text, place: usize, count: &ArcRwSignal<usize>) -> El {
    let own = form.look(|session| session.form().practices.get(place).cloned().unwrap_or_default());
    let write = |set: fn(&mut Practice, String)| {
        form.bind_with(move |form, text: String| {
            form.edit_words(|session| {
                session.edit_practices(|all| {
                    if let Some(own) = all.get_mut(place) {
                        set(own, text);
                    }
                });
            });
        })
    };
    let count = count.clone();
    let remove = form.bind(move |form| {
        form.edit_words(|session| {
            session.edit_practices(|all| {
                if place < all.len() {
                    all.remove(place);
                }
            });
        });
        // Via 0, so that the sheets after the removed one are redrawn too.
        count.set_if_changed(0);
        count.set_if_changed(form.look(|session| session.form().practices.len()));
    });
    let id = format!("practice-{place}");
    let (title_id, text_id) = (format!("{id}-title"), format!("{id}-text"));
    let (set_title, set_text) =
        (write(|own, text| own.title = text), write(|own, text| own.text = text));
    parts::sheet(&id, &fill(t.later().practice, &[&(place + 1).to_string()]))
        .child(parts::text_input(&title_id, t.later().practice_title, own.title, set_title))
        .child(parts::lines(&text_id, t.later().practice_text, own.text, set_text))
        .child(quiet_button("plain", t.later().practice_remove, remove))
}

fn remarks(form: &Form, t: &'static Text) -> Vec<El> {
    let own = form.look(|session| session.form().remarks.clone());
    let one = |id, label, value, set: fn(&mut Remarks, String)| {
        let write = form.bind_with(move |form, text: String| {
            form.edit_words(|session| session.edit_remarks(|remarks| set(remarks, text)));
        });
        parts::lines(id, label, value, write)
    };
    let l = t.later();
    vec![
        one("remarks-strengths", l.strengths, own.strengths, |own, text| own.strengths = text),
        one("remarks-limits", l.limits, own.limits, |own, text| own.limits = text),
        one("remarks-causes", l.causes, own.causes, |own, text| own.causes = text),
        one("remarks-remedies", l.remedies, own.remedies, |own, text| own.remedies = text),
    ]
}
