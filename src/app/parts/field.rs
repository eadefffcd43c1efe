//! Labelled places to write: numbers, words, days, choices.

use leptos::prelude::*;

use crate::app::form_state::FormState;
use crate::app::text::Text;
use crate::app::words::entry_fault;
use crate::session::Place;

/// A place for a whole number: keeps what was typed even where it is no number, and says so.
pub fn number(
    form: FormState,
    t: &'static Text,
    place: Place,
    id: String,
    label: String,
) -> AnyView {
    let value = form.look(|session| session.entry(&place));
    let error_id = format!("{id}-error");
    let fault = {
        let place = place.clone();
        Memo::new(move |_| form.watch_place(&place, |session| session.entry_fault(&place)))
    };
    let enter = move |event| {
        let text = event_target_value(&event);
        form.edit(|session| session.enter(place.clone(), &text));
    };
    view! {
        <label class="field" for=id.clone()>
            <span>{label}</span>
            <input
                type="text"
                inputmode="numeric"
                autocomplete="off"
                id=id.clone()
                data-testid=id.clone()
                prop:value=value
                aria-invalid=move || fault.get().is_some().to_string()
                aria-describedby=error_id.clone()
                on:input=enter
            />
            <span id=error_id.clone() role="alert" class="field__error" hidden=move || fault.get().is_none()>
                {move || fault.get().map(|fault| entry_fault(t, fault))}
            </span>
        </label>
    }
    .into_any()
}

/// A place for one line of words.
pub fn words(
    id: String,
    label: String,
    value: String,
    write: impl Fn(String) + 'static,
) -> AnyView {
    view! {
        <label class="field" for=id.clone()>
            <span>{label}</span>
            <input
                type="text"
                autocomplete="off"
                id=id.clone()
                data-testid=id.clone()
                prop:value=value
                on:input=move |event| write(event_target_value(&event))
            />
        </label>
    }
    .into_any()
}

/// A place for several lines of words.
pub fn lines(
    id: String,
    label: String,
    value: String,
    write: impl Fn(String) + 'static,
) -> AnyView {
    view! {
        <label class="field field--wide" for=id.clone()>
            <span>{label}</span>
            <textarea
                rows="3"
                id=id.clone()
                data-testid=id.clone()
                prop:value=value
                on:input=move |event| write(event_target_value(&event))
            ></textarea>
        </label>
    }
    .into_any()
}

/// A place for a day; the browser gives `YYYY-MM-DD` or nothing.
pub fn date(id: String, label: String, value: String, write: impl Fn(String) + 'static) -> AnyView {
    view! {
        <label class="field" for=id.clone()>
            <span>{label}</span>
            <input
                type="date"
                id=id.clone()
                data-testid=id.clone()
                prop:value=value
                on:input=move |event| write(event_target_value(&event))
            />
        </label>
    }
    .into_any()
}

/// A choice among values with words; `blank` is the word for none.
pub fn choice(
    id: String,
    label: String,
    options: Vec<(String, String)>,
    value: String,
    blank: Option<&'static str>,
    choose: impl Fn(String) + 'static,
) -> AnyView {
    let blank = blank.map(|word| (String::new(), word.to_owned()));
    let options = blank.into_iter().chain(options).map(|(own, words)| {
        let selected = own == value;
        view! { <option value=own selected=selected>{words}</option> }
    });
    view! {
        <label class="field" for=id.clone()>
            <span>{label}</span>
            <select id=id.clone() data-testid=id.clone() on:change=move |event| choose(event_target_value(&event))>
                {options.collect::<Vec<_>>()}
            </select>
        </label>
    }
    .into_any()
}
