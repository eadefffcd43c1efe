//! The review: the verdict, why, what it would still take, what is missing; then the seal.

use leptos::prelude::*;

use super::seal::seal_panel;
use crate::app::form_state::FormState;
use crate::app::text::{Text, fill};
use crate::app::words;
use crate::rules::FormVerdict;
use crate::session::{Missing, Section};
use crate::value::Lang;

/// The last section.
pub fn review(form: FormState, t: &'static Text, lang: Lang) -> AnyView {
    view! {
        <section class="sheet" aria-labelledby="result-title" data-testid="review">
            {move || result(form, t, lang)}
        </section>
        <section class="sheet" aria-labelledby="missing-title">
            <h2 id="missing-title" tabindex="-1">{t.missing}</h2>
            {move || missing(form, t, lang)}
        </section>
        {seal_panel(form, t)}
    }
    .into_any()
}

fn result(form: FormState, t: &'static Text, lang: Lang) -> AnyView {
    let (verdict, why, reasons, plan) = form.watch(|session| {
        let pack = session.pack();
        let reasons = session.reasons();
        let reasons: Vec<_> = reasons
            .iter()
            .map(|r| words::reason_line(t, lang, pack, r))
            .collect();
        let plan = words::plan_lines(t, lang, session);
        (
            session.verdict(),
            words::why_short(t, lang, session),
            reasons,
            plan,
        )
    });
    let (sign, title) = words::form_verdict(t, verdict);
    let because = match (reasons.is_empty(), verdict) {
        (true, FormVerdict::Eligible) => view! { <p>{t.why_none}</p> }.into_any(),
        (true, _) => view! { <p>{why}</p> }.into_any(),
        (false, _) => {
            let lines = reasons.into_iter().map(|line| view! { <li>{line}</li> });
            view! { <ul class="bullets" data-testid="reasons">{lines.collect::<Vec<_>>()}</ul> }
                .into_any()
        }
    };
    let steps = (!plan.is_empty()).then(|| {
        let lines = plan
            .into_iter()
            .map(|(line, place)| step(form, line, place));
        view! {
            <h3>{t.plan}</h3>
            <ul class="bullets" data-testid="plan">{lines.collect::<Vec<_>>()}</ul>
        }
    });
    view! {
        <h2 id="result-title"><span aria-hidden="true">{sign}</span>" "{title}</h2>
        <p class="quiet">{t.self_only}" "{t.proposal}</p>
        <h3>{t.why}</h3>
        {because}
        {points(form, t, lang)}
        {criteria(form, t, lang)}
        {steps}
    }
    .into_any()
}

fn step(form: FormState, line: String, place: Option<Missing>) -> AnyView {
    match place {
        Some(place) => view! {
            <li><button class="jump" on:click=move |_| form.go_to_missing(&place)>{line}</button></li>
        }
        .into_any(),
        None => view! { <li>{line}</li> }.into_any(),
    }
}

fn points(form: FormState, t: &'static Text, lang: Lang) -> AnyView {
    let line = form.look(|session| {
        let pack = session.pack();
        let points = session.evaluation().points(pack, session.form())?;
        let scheme = pack.points.as_ref()?;
        let band = scheme
            .bands
            .iter()
            .find(|band| Some(&band.id) == points.band.as_ref());
        let band = band.map_or(t.no_band, |band| band.label.text(lang));
        let own = |units| words::points(units, pack, lang);
        let total = fill(
            t.points_total,
            &[&own(points.earned), &own(points.available)],
        );
        Some(format!("{total}. {}.", fill(t.band, &[band])))
    });
    line.map(|line| view! { <p data-testid="points">{line}</p> })
        .into_any()
}

fn criteria(form: FormState, t: &'static Text, lang: Lang) -> AnyView {
    let rows = form.look(|session| {
        let outcome = session.outcome();
        let rows = outcome
            .criteria
            .into_iter()
            .enumerate()
            .map(|(place, criterion)| {
                let name = words::section(t, lang, session, Section::Criterion(place));
                let (sign, state) = words::criterion(t, criterion.verdict);
                let class = format!("st st--{}", criterion.verdict.as_str());
                view! {
                    <tr>
                        <th scope="row">{name}</th>
                        <td class=class>{sign}" "{state}</td>
                        <td class="num">{criterion.met}</td>
                        <td class="num">{criterion.not_met}</td>
                        <td class="num">{criterion.not_applicable}</td>
                        <td class="num">{criterion.unanswered}</td>
                    </tr>
                }
            });
        rows.collect::<Vec<_>>()
    });
    view! {
        <h3 id="criteria-title">{t.by_criterion}</h3>
        <div class="scroll" tabindex="0" role="group" aria-labelledby="criteria-title">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t.col_criterion}</th>
                        <th scope="col">{t.col_state}</th>
                        <th scope="col" class="num"><span aria-hidden="true">"✓"</span><span class="visually-hidden">{t.met}</span></th>
                        <th scope="col" class="num"><span aria-hidden="true">"✗"</span><span class="visually-hidden">{t.not_met}</span></th>
                        <th scope="col" class="num"><span aria-hidden="true">"–"</span><span class="visually-hidden">{t.not_applicable}</span></th>
                        <th scope="col" class="num"><span aria-hidden="true">"◔"</span><span class="visually-hidden">{t.not_done}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn missing(form: FormState, t: &'static Text, lang: Lang) -> AnyView {
    let missing = form.watch(|session| {
        let missing = session.missing();
        missing
            .into_iter()
            .map(|one| (words::missing(t, lang, session, &one), one))
            .collect::<Vec<_>>()
    });
    if missing.is_empty() {
        return view! { <p data-testid="missing-list">{t.nothing_missing}</p> }.into_any();
    }
    let lines = missing
        .into_iter()
        .map(|(words, one)| step(form, words, Some(one)));
    view! { <ul class="bullets" data-testid="missing-list">{lines.collect::<Vec<_>>()}</ul> }
        .into_any()
}
