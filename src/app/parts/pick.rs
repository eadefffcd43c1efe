//! One of a few answers, as radio buttons that can be hit with a thumb.

use leptos::prelude::*;

/// One answer.
pub struct Option {
    /// Its word in test ids and classes.
    pub value: &'static str,
    /// What it says.
    pub words: &'static str,
    /// Its sign: colour is never alone.
    pub sign: &'static str,
}

/// A group of answers. `chosen` names the one that is chosen, by its word.
pub fn pick(
    id: String,
    legend: String,
    options: Vec<Option>,
    chosen: impl Fn() -> std::option::Option<&'static str> + Copy + Send + Sync + 'static,
    choose: impl Fn(&'static str) + Copy + 'static,
) -> AnyView {
    let options = options.into_iter().map(|option| {
        let own = format!("{id}-{}", option.value);
        let value = option.value;
        view! {
            <label class=format!("pick__one pick__one--{value}")>
                <input
                    type="radio"
                    name=id.clone()
                    value=value
                    data-testid=own
                    prop:checked=move || chosen() == Some(value)
                    on:change=move |_| choose(value)
                />
                <span class="pick__face">
                    <span class="pick__sign" aria-hidden="true">{option.sign}</span>
                    {option.words}
                </span>
            </label>
        }
    });
    let options = options.collect::<Vec<_>>();
    view! {
        <fieldset class="pick">
            <legend class="visually-hidden">{legend}</legend>
            {options}
        </fieldset>
    }
    .into_any()
}
