//! What a person chooses and fills in for a paper.

use leptos::prelude::*;

use super::own::{Own, units};
use crate::app::actions::desk::papers as actions;
use crate::app::host::{self, spawn_local};
use crate::app::pages::bind::{bind, bind_with};
use crate::app::pages::day;
use crate::app::pages::desk::overview;
use crate::app::parts::{self, El, html};
use crate::app::state::papers::Scope;
use crate::app::state::signals::{SetIfChanged, memo};
use crate::store::{PaperKind, PaperSettings};

/// The pack and the period.
pub(super) fn looked_at(own: &Own) -> Vec<El> {
    // They are drawn anew with what they choose, and keep the focus.
    let focused = host::focused();
    if focused.starts_with("desk-overview-") {
        host::focus_quietly(&focused);
    }
    let shown = own.page.desk.state.overview.shown.get();
    shown.map(|shown| overview::View::of(&own.page, shown).fields()).into_iter().collect()
}

/// The paper, and what is in it.
pub(super) fn choices(own: &Own) -> El {
    let p = own.p;
    let kinds = PaperKind::ALL.iter().zip(p.kinds);
    let kinds = kinds.map(|(kind, words)| (kind.as_str().to_owned(), words.to_owned()));
    let choose = bind_with(own, |own, word: String| {
        if let Some(kind) = PaperKind::from_word(&word) {
            own.state().kind.set_if_changed(kind);
        }
    });
    let now = own.state().kind.get_untracked().as_str();
    let kind = parts::choice("desk-paper-kind", p.kind, kinds.collect(), now, None, choose);
    let more = bind(own, |own| match own.kind() {
        PaperKind::List => scope(own),
        PaperKind::Minutes | PaperKind::Returned => unit(own),
        PaperKind::Summary | PaperKind::Letter => Vec::new(),
    });
    html::div().child(kind).child(html::div().live(more))
}

fn scope(own: &Own) -> Vec<El> {
    let p = own.p;
    let scopes = p.scopes.iter().enumerate();
    let scopes = scopes.map(|(place, words)| (place.to_string(), (*words).to_owned()));
    let choose = bind_with(own, |own, place: String| {
        let scope = place.parse().ok().and_then(|place: usize| Scope::ALL.get(place));
        if let Some(scope) = scope {
            own.state().scope.set_if_changed(*scope);
        }
    });
    let now = own.state().scope.get_untracked();
    let now = Scope::ALL.iter().position(|scope| *scope == now).unwrap_or_default().to_string();
    let scopes = scopes.collect();
    vec![
        parts::choice("desk-paper-scope", p.scope, scopes, &now, None, choose),
        parts::hint(p.scope_say),
    ]
}

fn unit(own: &Own) -> Vec<El> {
    let units = units(own);
    if units.is_empty() {
        return Vec::new();
    }
    let choose = bind_with(own, |own, key: String| {
        spawn_local(actions::choose(own.page.desk.clone(), key));
    });
    let (p, now) = (own.p, own.state().unit.get_untracked());
    vec![parts::choice("desk-paper-unit", p.unit, units, &now, Some(p.unit_blank), choose).as_is()]
}

/// A text that a person fills in.
type Place = fn(&mut PaperSettings) -> &mut String;

/// What the register cannot know; what is typed redraws nothing.
pub(super) fn letter(own: &Own) -> El {
    let settings = own.state().settings.clone();
    let is_read = memo(move || settings.with(Option::is_some));
    let own = own.clone();
    html::div().live(move || if is_read.get() { filled_in(&own) } else { Vec::new() })
}

fn filled_in(own: &Own) -> Vec<El> {
    let (p, kind) = (own.p, own.kind());
    let settings = own.state().settings.get_untracked().unwrap_or_default();
    let words = |id: &str, label: &str, get: Place| {
        let write = bind_with(own, move |own: &Own, text: String| {
            actions::fill_in(&own.page.desk, |settings| *get(settings) = text);
        });
        parts::text_input(id, label, get(&mut settings.clone()).clone(), write)
    };
    let lines = |id: &str, label: &str, get: Place| {
        let write = bind_with(own, move |own: &Own, text: String| {
            actions::fill_in(&own.page.desk, |settings| *get(settings) = text);
        });
        parts::lines(id, label, get(&mut settings.clone()).clone(), write)
    };
    let number = settings.number(kind).to_owned();
    let write_number = bind_with(own, move |own: &Own, text: String| {
        actions::fill_in(&own.page.desk, |settings| settings.set_number(kind, text));
    });
    let set_day = bind_with(own, |own: &Own, day| {
        actions::fill_in(&own.page.desk, |settings| settings.day = day);
    });
    let mut all = vec![
        html::h3().id("desk-paper-letter").text(p.letter),
        parts::hint(p.kept),
        words("desk-paper-superior", p.superior, |own| &mut own.superior),
        words("desk-paper-issuer", p.issuer, |own| &mut own.issuer),
        parts::text_input("desk-paper-number", p.number, number, write_number),
        words("desk-paper-place", p.place, |own| &mut own.place),
        day::of(own.page.t, "desk-paper-day", p.day, settings.day, set_day),
    ];
    if kind == PaperKind::Letter {
        all.push(words("desk-paper-addressee", p.addressee, |own| &mut own.addressee));
        all.push(lines("desk-paper-basis", p.basis, |own| &mut own.basis));
    }
    if kind == PaperKind::Minutes {
        all.push(words("desk-paper-chair", p.chair, |own| &mut own.chair));
        all.push(words("desk-paper-clerk", p.clerk, |own| &mut own.clerk));
    } else {
        all.push(words("desk-paper-authority", p.authority, |own| &mut own.authority));
        all.push(words("desk-paper-office", p.office, |own| &mut own.office));
        all.push(words("desk-paper-signer", p.signer, |own| &mut own.signer));
        all.push(lines("desk-paper-recipients", p.recipients, |own| &mut own.recipients));
    }
    vec![html::fieldset().class("desk__letter").children(all)]
}
