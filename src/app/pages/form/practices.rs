//! Good models that the unit recommends, and written remarks.

use leptos::prelude::*;

use crate::app::actions::Form;
use crate::app::host;
use crate::app::parts::element::El;
use crate::app::parts::html;
use crate::app::parts::{self, quiet_button};
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
    let remarks = html::section()
        .class("sheet")
        .attr("aria-labelledby", "remarks-title")
        .child(html::h2().id("remarks-title").text(t.remarks))
        .children(remarks(form, t));
    vec![
        html::p().class("quiet").text(t.later().practices_say),
        html::div().live(sheets),
        html::p()
            .class("row")
            .child(quiet_button("quiet", t.later().practice_add, add).test_id("practice-add")),
        remarks,
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
    let title = parts::text_input(
        &format!("{id}-title"),
        t.later().practice_title,
        own.title,
        write(|own, text| own.title = text),
    );
    let text = parts::lines(
        &format!("{id}-text"),
        t.later().practice_text,
        own.text,
        write(|own, text| own.text = text),
    );
    html::section()
        .class("sheet")
        .attr("aria-labelledby", &id)
        .child(html::h2().id(&id).text(&fill(t.later().practice, &[&(place + 1).to_string()])))
        .child(title)
        .child(text)
        .child(quiet_button("plain", t.later().practice_remove, remove))
}

fn remarks(form: &Form, t: &'static Text) -> Vec<El> {
    let own = form.look(|session| session.form().remarks.clone());
    let one = |id, label, value, set: fn(&mut Remarks, String)| {
        parts::lines(
            id,
            label,
            value,
            form.bind_with(move |form, text: String| {
                form.edit_words(|session| session.edit_remarks(|remarks| set(remarks, text)));
            }),
        )
    };
    vec![
        one("remarks-strengths", t.later().strengths, own.strengths, |remarks, text| {
            remarks.strengths = text
        }),
        one("remarks-limits", t.later().limits, own.limits, |remarks, text| remarks.limits = text),
        one("remarks-causes", t.later().causes, own.causes, |remarks, text| remarks.causes = text),
        one("remarks-remedies", t.later().remedies, own.remedies, |remarks, text| {
            remarks.remedies = text
        }),
    ]
}
