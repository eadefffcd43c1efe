//! Good models that the unit offers for spreading, and remarks in words.

use leptos::prelude::*;

use crate::app::form_state::FormState;
use crate::app::parts;
use crate::app::text::{Text, fill};
use crate::form::{Practice, Remarks};

/// The section of good models and remarks.
pub fn practices(form: FormState, t: &'static Text) -> AnyView {
    // Sheets are drawn anew when one is added or removed, not when one is written in.
    let count = RwSignal::new(form.look(|session| session.form().practices.len()));
    let sheets = move || {
        (0..count.get())
            .map(|place| sheet(form, t, place, count))
            .collect::<Vec<_>>()
    };
    let add = move |_| {
        form.edit_words(|session| session.edit_practices(|all| all.push(Practice::default())));
        count.update(|count| *count += 1);
        let place = count.get_untracked() - 1;
        crate::app::browser::focus_soon(format!("practice-{place}-title"));
    };
    view! {
        <p class="quiet">{t.practices_say}</p>
        {sheets}
        <p class="row"><button class="btn btn--quiet" data-testid="practice-add" on:click=add>{t.practice_add}</button></p>
        <section class="sheet" aria-labelledby="remarks-title">
            <h2 id="remarks-title">{t.remarks}</h2>
            {remarks(form, t)}
        </section>
    }
    .into_any()
}

fn sheet(form: FormState, t: &'static Text, place: usize, count: RwSignal<usize>) -> AnyView {
    let own = form.look(|session| {
        session
            .form()
            .practices
            .get(place)
            .cloned()
            .unwrap_or_default()
    });
    let write = move |set: fn(&mut Practice, String)| {
        move |text: String| {
            form.edit_words(|session| {
                session.edit_practices(|all| {
                    if let Some(own) = all.get_mut(place) {
                        set(own, text);
                    }
                });
            });
        }
    };
    let remove = move |_| {
        form.edit_words(|session| {
            session.edit_practices(|all| {
                if place < all.len() {
                    all.remove(place);
                }
            });
        });
        count.set(form.look(|session| session.form().practices.len()));
    };
    let title = format!("practice-{place}");
    view! {
        <section class="sheet" aria-labelledby=title.clone()>
            <h2 id=title.clone()>{fill(t.practice, &[&(place + 1).to_string()])}</h2>
            {parts::words(format!("{title}-title"), t.practice_title.into(), own.title, write(|own, text| own.title = text))}
            {parts::lines(format!("{title}-text"), t.practice_text.into(), own.text, write(|own, text| own.text = text))}
            <button class="btn btn--plain" on:click=remove>{t.practice_remove}</button>
        </section>
    }
    .into_any()
}

fn remarks(form: FormState, t: &'static Text) -> AnyView {
    let own = form.look(|session| session.form().remarks.clone());
    let one = move |id: &str, label: &str, value: String, set: fn(&mut Remarks, String)| {
        parts::lines(id.to_owned(), label.to_owned(), value, move |text| {
            form.edit_words(|session| session.edit_remarks(|remarks| set(remarks, text)));
        })
    };
    view! {
        {one("remarks-strengths", t.strengths, own.strengths, |remarks, text| remarks.strengths = text)}
        {one("remarks-limits", t.limits, own.limits, |remarks, text| remarks.limits = text)}
        {one("remarks-causes", t.causes, own.causes, |remarks, text| remarks.causes = text)}
        {one("remarks-remedies", t.remedies, own.remedies, |remarks, text| remarks.remedies = text)}
    }
    .into_any()
}
