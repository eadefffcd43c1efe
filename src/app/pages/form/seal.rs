//! Signing the form and taking the file away.

use leptos::prelude::*;
use leptos::task::spawn_local;
use zeroize::Zeroizing;

use crate::app::form_state::FormState;
use crate::app::sealing::{
    KeyChoice, PASSPHRASE_MIN, SealError, keys, seal_form, stated_verdict, strength,
};
use crate::app::text::{Text, fill};
use crate::app::{browser, parts, words};
use crate::rules::FormVerdict;
use crate::seal::{LockFault, Submission};
use crate::store::KeyRecord;
use crate::value::is_blank;

/// Where the work of sealing stands.
#[derive(Clone, Debug, PartialEq)]
enum Work {
    /// Nothing is going on.
    Idle,
    /// Deriving, signing, reading back.
    Busy,
    /// It was not done, and these words say why.
    Failed(String),
}

/// The panel that signs and exports.
pub fn seal_panel(form: FormState, t: &'static Text) -> AnyView {
    let kept = RwSignal::new(None::<Vec<KeyRecord>>);
    let work = RwSignal::new(Work::Idle);
    let sealed = RwSignal::new(form.sealed_text());
    spawn_local(async move {
        match keys(form).await {
            Ok(keys) => kept.set(Some(keys)),
            Err(error) => {
                work.set(Work::Failed(words::store_error(t, &error)));
                kept.set(Some(Vec::new()));
            }
        }
    });
    let hint = move || {
        form.watch(|session| {
            let mut hints = Vec::new();
            if session.verdict() == FormVerdict::Incomplete || !session.missing().is_empty() {
                hints.push(t.seal_incomplete);
            }
            if is_blank(&session.form().unit.name) {
                hints.push(t.seal_unnamed);
            }
            hints
                .into_iter()
                .map(|words| view! { <p class="problem">{words}</p> })
                .collect::<Vec<_>>()
        })
    };
    view! {
        <section class="sheet" aria-labelledby="seal-title">
            <h2 id="seal-title">{t.seal}</h2>
            <p class="quiet">{t.seal_say}</p>
            <div>{hint}</div>
            {move || kept.get().map(|keys| signing(form, t, keys, work, sealed, kept))}
            <div role="alert">
                {move || match work.get() {
                    Work::Failed(words) => Some(view! { <p class="problem" data-testid="seal-error">{words}</p> }),
                    _ => None,
                }}
            </div>
            <div role="status">
                {move || (work.get() == Work::Busy).then(|| view! { <p>{t.sealing}</p> })}
                {move || sealed.get().map(|text| file(form, t, text))}
            </div>
        </section>
    }
    .into_any()
}

fn secret(id: &'static str, label: &'static str, value: RwSignal<String>, new: bool) -> AnyView {
    view! {
        <label class="field" for=id>
            <span>{label}</span>
            <input
                type="password"
                id=id
                data-testid=id
                autocomplete=if new { "new-password" } else { "current-password" }
                aria-describedby="passphrase-hint"
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
        </label>
    }
    .into_any()
}

/// Choosing the key, the passphrase, and the button.
fn signing(
    form: FormState,
    t: &'static Text,
    keys: Vec<KeyRecord>,
    work: RwSignal<Work>,
    sealed: RwSignal<Option<String>>,
    kept: RwSignal<Option<Vec<KeyRecord>>>,
) -> AnyView {
    let passphrase = RwSignal::new(String::new());
    let again = RwSignal::new(String::new());
    let unit = form.look(|session| session.form().unit.name.clone());
    let usual = keys.iter().find(|key| key.unit == unit).or(keys.first());
    let usual = usual.map(|key| key.check_code.clone()).unwrap_or_default();
    let chosen = RwSignal::new(usual.clone());
    let is_new = move || chosen.with(String::is_empty);
    let choice = (!keys.is_empty()).then(|| {
        let options = keys.iter().map(|key| {
            let unit = if is_blank(&key.unit) {
                t.unnamed
            } else {
                &key.unit
            };
            (
                key.check_code.clone(),
                fill(t.key_of, &[unit, &key.check_code]),
            )
        });
        let options = options.collect();
        parts::choice(
            "key-choice".into(),
            t.key_choice.into(),
            options,
            usual,
            Some(t.key_new),
            move |code| {
                chosen.set(code);
            },
        )
    });
    let keys = StoredValue::new(keys);
    let start = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if work.get_untracked() == Work::Busy {
            return;
        }
        let code = chosen.get_untracked();
        let key = keys.with_value(|keys| keys.iter().find(|key| key.check_code == code).cloned());
        let secret = Zeroizing::new(passphrase.get_untracked());
        if key.is_none() {
            let wrong = if secret.chars().count() < PASSPHRASE_MIN {
                Some((t.passphrase_short, "passphrase"))
            } else if *secret != again.get_untracked() {
                Some((t.passphrase_differs, "passphrase-again"))
            } else {
                None
            };
            if let Some((words, place)) = wrong {
                work.set(Work::Failed(words.to_owned()));
                return browser::focus_soon(place.to_owned());
            }
        }
        work.set(Work::Busy);
        let choice = key.map_or(KeyChoice::New, KeyChoice::Kept);
        spawn_local(async move {
            match seal_form(form, choice, secret).await {
                Ok(submission) => {
                    work.set(Work::Idle);
                    passphrase.set(String::new());
                    again.set(String::new());
                    sealed.set(Some(submission.to_text()));
                    browser::focus_soon("sealed-title".to_owned());
                    if let Ok(keys) = crate::app::sealing::keys(form).await {
                        kept.set(Some(keys));
                    }
                }
                Err(error) => work.set(Work::Failed(seal_error(t, &error))),
            }
        });
    };
    let button = move || {
        let complete = form.watch(|session| session.missing().is_empty());
        if complete {
            t.seal_button
        } else {
            t.seal_button_incomplete
        }
    };
    view! {
        <form on:submit=start>
            {choice}
            {secret("passphrase", t.passphrase, passphrase, true)}
            <p id="passphrase-hint" class="quiet small">
                {move || if is_new() { t.passphrase_say } else { t.passphrase_open }}
                " "
                <span role="status">
                    {move || {
                        let typed = passphrase.get();
                        (is_new() && !typed.is_empty()).then(|| t.strength[strength(&typed)])
                    }}
                </span>
            </p>
            {move || is_new().then(|| secret("passphrase-again", t.passphrase_again, again, true))}
            <p class="row">
                <button class="btn" type="submit" data-testid="seal" aria-disabled=move || (work.get() == Work::Busy).to_string()>
                    {button}
                </button>
            </p>
        </form>
    }
    .into_any()
}

fn seal_error(t: &Text, error: &SealError) -> String {
    match error {
        SealError::Locked(LockFault::WrongPassphrase) => t.passphrase_wrong.to_owned(),
        SealError::Locked(fault) => fill(t.seal_failed, &[&fault.to_string()]),
        SealError::NoEntropy => fill(t.seal_failed, &["crypto"]),
        SealError::Store(error) => words::store_error(t, error),
        SealError::NotSound(detail) => fill(t.seal_failed, &[detail]),
    }
}

/// The sealed file: what it is, and how to take it away.
fn file(form: FormState, t: &'static Text, text: String) -> AnyView {
    let Ok(submission) = Submission::from_bytes(text.as_bytes()) else {
        return ().into_any();
    };
    let name = submission.file_name();
    let verdict = FormVerdict::from_word(&stated_verdict(&submission));
    let verdict = verdict.map(|verdict| words::form_verdict(t, verdict));
    let revision = submission.assessment().revision.to_string();
    let own = submission.assessment().clone();
    let changed = move || form.watch(|session| !session.says_the_same_as(&own));
    let share = browser::can_share(&name, &text).then(|| {
        let (name, text) = (name.clone(), text.clone());
        let share = move |_| {
            let (name, text) = (name.clone(), text.clone());
            spawn_local(async move { browser::share(&name, &text).await });
        };
        view! { <button class="btn btn--quiet" data-testid="share" on:click=share>{t.share_file}</button> }
    });
    let save = {
        let name = name.clone();
        move |_| form.app.save_file(&name, &text)
    };
    view! {
        <div data-testid="sealed">
            <h3 id="sealed-title" tabindex="-1">"✓ "{fill(t.sealed, &[&revision])}</h3>
            <p>{t.sealed_say}</p>
            {move || changed().then(|| view! { <p class="problem">{t.sealed_changed}</p> })}
            <p>{t.check_code}": "<span class="code" data-testid="check-code">{submission.check_code()}</span></p>
            <p class="quiet small">{t.check_code_say}</p>
            <p>
                {t.outcome_in_file}": "
                <strong data-testid="sealed-verdict">
                    {verdict.map(|(sign, words)| format!("{sign} {words}"))}
                </strong>
            </p>
            <p>{t.file_name}": "<span data-testid="file-name">{name}</span></p>
            <p class="row">
                <button class="btn" data-testid="export" on:click=save>{t.export}</button>
                {share}
            </p>
        </div>
    }
    .into_any()
}
