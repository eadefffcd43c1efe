//! The items of one criterion: one question is one sheet.

use leptos::prelude::*;

use crate::app::form_state::FormState;
use crate::app::parts::{self, PickOption};
use crate::app::text::{Text, fill};
use crate::app::words;
use crate::form::{AnswerVerdict, FieldValue};
use crate::pack::{EvidenceRule, Field, FieldKind, Item};
use crate::rules::Verdict;
use crate::session::{Place, Section};
use crate::value::Lang;

/// The section of a criterion.
pub fn criterion(form: FormState, t: &'static Text, lang: Lang, place: usize) -> AnyView {
    let items = form.look(|session| session.items_of(place));
    let left = move || {
        let progress = form.watch(|session| session.progress(Section::Criterion(place)));
        let progress = progress.unwrap_or_default();
        if progress.done == progress.all {
            t.all_answered.to_owned()
        } else {
            fill(t.left, &[&(progress.all - progress.done).to_string()])
        }
    };
    let sheets = items.into_iter().filter_map(|place| {
        let item = form.look(|session| session.pack().items.get(place).cloned())?;
        Some(sheet(form, t, lang, place, item))
    });
    view! {
        <p class="quiet">{left}</p>
        {sheets.collect::<Vec<_>>()}
    }
    .into_any()
}

fn sheet(form: FormState, t: &'static Text, lang: Lang, place: usize, item: Item) -> AnyView {
    let id = item.id.to_string();
    let element = format!("item-{id}");
    let title = format!("{element}-title");
    let verdict = Memo::new(move |_| {
        form.watch_item(place, |session| {
            session.item(place).map(|state| state.verdict)
        })
    });
    let has_rule = item.met_when.is_some() || item.na_when.is_some();
    let derived = has_rule.then(|| derived(form, t, lang, place));
    let answer = if item.met_when.is_some() {
        overrule(form, t, place, &item)
    } else {
        answer(form, t, place, &item)
    };
    let fields = item
        .fields
        .iter()
        .map(|own| field(form, t, lang, &item, own))
        .collect::<Vec<_>>();
    let must = item
        .mandatory
        .then(|| view! { <em class="must">{t.must}</em> });
    view! {
        <section
            class="item"
            id=element.clone()
            tabindex="-1"
            data-testid=element.clone()
            data-verdict=move || verdict.get().unwrap_or(Verdict::Unanswered).as_str()
            aria-labelledby=title.clone()
        >
            <h2 class="item__title" id=title.clone()>
                <span class="item__no">{id}</span>
                <span>{item.label.text(lang).to_owned()}{must}</span>
            </h2>
            {help(t, lang, &item)}
            {given(form, t, lang, place)}
            {(!fields.is_empty()).then(|| view! { <div class="fields">{fields}</div> })}
            {derived}
            {answer}
            {problems(form, t, place)}
            {more(form, t, &item)}
        </section>
    }
    .into_any()
}

fn help(t: &'static Text, lang: Lang, item: &Item) -> AnyView {
    let source = item
        .source
        .iter()
        .map(|id| id.as_str())
        .collect::<Vec<_>>()
        .join(", ");
    let help = item
        .help
        .as_ref()
        .map(|help| view! { <p>{help.text(lang).to_owned()}</p> });
    let must = item.mandatory.then(|| view! { <p>{t.help_must}</p> });
    let source = (!source.is_empty()).then(|| view! { <p>{fill(t.help_source, &[&source])}</p> });
    view! {
        <details>
            <summary>{t.help}</summary>
            <div class="help">{help}{must}{source}</div>
        </details>
    }
    .into_any()
}

/// The facts that the rule takes from elsewhere: text, not disabled fields.
fn given(form: FormState, t: &'static Text, lang: Lang, place: usize) -> AnyView {
    let line = move || form.watch_item(place, |session| words::facts_line(t, lang, session, place));
    // Whether an item looks at facts never changes; what they are does.
    line()
        .map(|_| view! { <p class="given">{line}</p> })
        .into_any()
}

/// What the rule made of the numbers, in a live region.
fn derived(form: FormState, t: &'static Text, lang: Lang, place: usize) -> AnyView {
    let line = Memo::new(move |_| {
        form.watch_item(place, |session| {
            words::derived_line(t, lang, session, place)
        })
    });
    let overridden = move || {
        form.watch_item(place, |session| {
            let state = session.item(place).filter(|state| state.overridden)?;
            let derived = words::verdict(t, state.derived?);
            Some(fill(
                t.overridden,
                &[words::verdict(t, state.verdict), derived],
            ))
        })
    };
    let points = move || {
        form.watch_item(place, |session| {
            let score = session.item(place)?.score?;
            let points = |units| words::points(units, session.pack(), lang);
            Some(fill(
                t.points_now,
                &[&points(score.earned), &points(score.available)],
            ))
        })
    };
    view! {
        <div role="status">
            {move || {
                line.get()
                    .map(|(verdict, words)| {
                        view! {
                            <div class=format!("derived is-{}", verdict.as_str())>
                                <p>{words::sign(verdict)}" "{words}</p>
                                {overridden().map(|words| view! { <p>{words}</p> })}
                                {points().map(|words| view! { <p class="small">{words}</p> })}
                            </div>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

fn field(form: FormState, t: &'static Text, lang: Lang, item: &Item, field: &Field) -> AnyView {
    let (item_id, field_id) = (item.id.clone(), field.id.clone());
    let id = format!("field-{item_id}-{field_id}");
    let mut label = field.label.text(lang).to_owned();
    if field.required {
        label = format!("{label} {}", t.required_mark);
    }
    let value = form.look(|session| {
        let answer = session.form().items.get(&item_id);
        answer
            .and_then(|answer| answer.text(&field_id))
            .unwrap_or_default()
            .to_owned()
    });
    let write = {
        let (item_id, field_id) = (item_id.clone(), field_id.clone());
        move |text: String| {
            let value = (!text.is_empty()).then_some(FieldValue::Text(text));
            form.edit(|session| session.set_field(&item_id, &field_id, value));
        }
    };
    match &field.kind {
        FieldKind::Integer { .. } => {
            parts::number(form, t, Place::Field(item_id, field_id), id, label)
        }
        FieldKind::Text => parts::lines(id, label, value, write),
        FieldKind::Date => parts::date(id, label, value, write),
        FieldKind::Choice(choices) => {
            let options = choices
                .iter()
                .map(|choice| (choice.id.to_string(), choice.label.text(lang).to_owned()))
                .collect();
            parts::choice(id, label, options, value, Some(t.choose), write)
        }
    }
}

fn options(t: &'static Text, may_skip: bool) -> Vec<PickOption> {
    let mut options = vec![
        PickOption {
            value: AnswerVerdict::Met.as_str(),
            words: t.met,
            sign: "✓",
        },
        PickOption {
            value: AnswerVerdict::NotMet.as_str(),
            words: t.not_met,
            sign: "✗",
        },
    ];
    if may_skip {
        options.push(PickOption {
            value: AnswerVerdict::NotApplicable.as_str(),
            words: t.not_applicable,
            sign: "–",
        });
    }
    options
}

fn said(form: FormState, place: usize, item: &Item) -> Memo<Option<AnswerVerdict>> {
    let id = item.id.clone();
    Memo::new(move |_| {
        form.watch_item(place, |session| {
            session.form().items.get(&id).and_then(|a| a.verdict)
        })
    })
}

fn radios(
    form: FormState,
    t: &'static Text,
    item: &Item,
    said: Memo<Option<AnswerVerdict>>,
    may_skip: bool,
) -> AnyView {
    let id = StoredValue::new(item.id.clone());
    let choose = move |word: &'static str| {
        form.edit(|session| {
            id.with_value(|id| session.set_verdict(id, AnswerVerdict::from_word(word)))
        });
    };
    parts::pick(
        format!("item-{}", item.id),
        fill(t.verdict_of, &[item.id.as_str()]),
        options(t, may_skip),
        move || said.get().map(AnswerVerdict::as_str),
        choose,
    )
}

fn clear(form: FormState, item: &Item, words: &'static str) -> AnyView {
    let id = item.id.clone();
    view! {
        <button class="btn btn--plain" data-testid=format!("item-{id}-clear") on:click=move |_| {
            form.edit(|session| session.set_verdict(&id, None));
        }>{words}</button>
    }
    .into_any()
}

fn reason(form: FormState, item: &Item, label: &'static str) -> AnyView {
    let id = item.id.clone();
    let value = form.look(|session| {
        session
            .form()
            .items
            .get(&id)
            .map(|answer| answer.reason.clone())
            .unwrap_or_default()
    });
    parts::lines(
        format!("item-{id}-reason"),
        label.to_owned(),
        value,
        move |text| {
            form.edit(|session| session.set_reason(&id, &text));
        },
    )
}

/// The answer of a person, where no rule derives one.
fn answer(form: FormState, t: &'static Text, place: usize, item: &Item) -> AnyView {
    let said = said(form, place, item);
    let own = item.clone();
    view! {
        {radios(form, t, item, said, item.may_skip)}
        {move || {
            let skipped = said.get() == Some(AnswerVerdict::NotApplicable);
            skipped.then(|| reason(form, &own, t.reason_skip))
        }}
        {
            let own = item.clone();
            move || said.get().is_some().then(|| clear(form, &own, t.clear))
        }
    }
    .into_any()
}

/// Choosing against the rule, with a reason; closed unless it was done.
fn overrule(form: FormState, t: &'static Text, place: usize, item: &Item) -> AnyView {
    if !item.overridable {
        return ().into_any();
    }
    let said = said(form, place, item);
    let was_said = said.get_untracked().is_some();
    let own = item.clone();
    view! {
        <details open=was_said data-testid=format!("item-{}-override", item.id)>
            <summary>{t.override_ask}</summary>
            {radios(form, t, item, said, true)}
            {reason(form, item, t.reason)}
            {move || said.get().is_some().then(|| clear(form, &own, t.follow_rule))}
        </details>
    }
    .into_any()
}

fn problems(form: FormState, t: &'static Text, place: usize) -> AnyView {
    let list = Memo::new(move |_| {
        form.watch_item(place, |session| {
            let state = session.item(place)?;
            let mut words: Vec<_> = state
                .problems
                .iter()
                .map(|(p, _)| words::item_problem(t, *p))
                .collect();
            words.dedup();
            Some(words)
        })
    });
    let lines = move || {
        let words = list.get().unwrap_or_default();
        words
            .into_iter()
            .map(|words| view! { <p class="problem">{words}</p> })
            .collect::<Vec<_>>()
    };
    view! { <div role="status">{lines}</div> }.into_any()
}

fn more(form: FormState, t: &'static Text, item: &Item) -> AnyView {
    let label = match item.evidence {
        EvidenceRule::None => return ().into_any(),
        EvidenceRule::Optional => t.evidence,
        EvidenceRule::Required => t.evidence_must,
    };
    let id = item.id.clone();
    let value = form.look(|session| {
        session
            .form()
            .items
            .get(&id)
            .map(|answer| answer.evidence.clone())
            .unwrap_or_default()
    });
    let open = !value.is_empty() || item.evidence == EvidenceRule::Required;
    let write = {
        let id = id.clone();
        move |text: String| form.edit(|session| session.set_evidence(&id, &text))
    };
    view! {
        <details open=open data-testid=format!("item-{id}-more")>
            <summary>{t.more}</summary>
            {parts::lines(format!("item-{id}-evidence"), label.to_owned(), value, write)}
        </details>
    }
    .into_any()
}
