//! The form beside the pack, as units of one level and type see it.

use leptos::prelude::*;

use super::findings::live_of;
use super::outcome;
use super::page::Editor;
use crate::app::actions::Form;
use crate::app::host;
use crate::app::pages::bind::{bind, bind_with};
use crate::app::pages::form;
use crate::app::parts::{self, El, hint, html};
use crate::app::state::signals::{SetIfChanged, ViewMemo, memo};
use crate::app::wording;
use crate::session::Section;

pub(super) fn view(e: &Editor) -> El {
    let k = e.page.k;
    let own = e.clone();
    let is_sound = memo(bind(e, |e: &Editor| e.open.reviewed.get().is_sound()));
    html::section()
        .class("sheet kit__preview")
        .test_id("kit-preview")
        .attr("aria-labelledby", "kit-preview-title")
        .child(html::h2().id("kit-preview-title").attr("tabindex", "-1").text(k.preview))
        .child(live_of(e, units, controls))
        .child(html::div().live(move || drawn(&own, &is_sound)))
}

/// Words for the levels and the types, and those that are chosen.
type Units = [(Vec<(String, String)>, String); 2];

fn units(e: &Editor) -> Option<Units> {
    let reviewed = e.open.reviewed.get();
    let pack = reviewed.pack.as_ref()?;
    let options = |all: &[crate::pack::Term]| -> Vec<(String, String)> {
        let word = |own: &crate::pack::Term| own.label.text(e.page.lang).to_owned();
        all.iter().map(|own| (own.id.to_string(), word(own))).collect()
    };
    // A form that was found is of a unit of its own.
    let preview = &e.open.preview;
    let levels = (options(&pack.levels), preview.level.get());
    Some([levels, (options(&pack.types), preview.unit_type.get())])
}

/// Which unit it is for, and which section is shown.
fn controls(e: &Editor, units: Option<Units>) -> Vec<El> {
    let k = e.page.k;
    let Some([(levels, level), (types, unit_type)]) = units else { return Vec::new() };
    let preview = &e.open.preview;
    let set = |signal: &ArcRwSignal<String>| {
        let signal = signal.clone();
        bind_with(e, move |e: &Editor, id: String| {
            let focused = host::focused();
            signal.set_if_changed(id);
            e.page.kit.show_preview(&e.open);
            host::focus_soon(&focused);
        })
    };
    let whole = preview.is_whole.clone();
    let toggle = bind_with(&whole, |whole: &ArcRwSignal<bool>, on: bool| whole.set_if_changed(on));
    vec![
        html::div()
            .class("kit__pair")
            .child(parts::choice(
                "kit-preview-level",
                k.preview_level,
                levels,
                &level,
                None,
                set(&preview.level),
            ))
            .child(parts::choice(
                "kit-preview-type",
                k.preview_type,
                types,
                &unit_type,
                None,
                set(&preview.unit_type),
            )),
        parts::tick("kit-preview-whole", k.preview_whole, move || whole.get(), toggle),
    ]
}

/// The section, or the item that is being written.
fn drawn(e: &Editor, is_sound: &ViewMemo<bool>) -> Vec<El> {
    let k = e.page.k;
    let Some(open) = e.open.preview.form.get() else {
        return if is_sound.get() { Vec::new() } else { vec![hint(k.preview_none)] };
    };
    let form = Form::new(e.page.app, open);
    let place = e.open.place.get();
    let is_whole = e.open.preview.is_whole.get();
    let item = place.strip_prefix("items/").and_then(|index| index.parse::<usize>().ok());
    untrack(|| {
        let (t, lang) = (e.page.t, e.page.lang);
        if let (Some(index), false) = (item, is_whole) {
            let own = form::item_alone(&form, t, lang, index);
            let own = own.unwrap_or_else(|| hint(k.preview_out));
            return vec![own, outcome::view(e, &form)];
        }
        let sections = form.look(|session| session.sections().to_vec());
        let sections: Vec<Section> =
            sections.into_iter().filter(|own| *own != Section::Review).collect();
        let options = sections.iter().enumerate().map(|(n, own)| {
            let title = form.look(|session| wording::section(t, lang, session, *own));
            (n.to_string(), title)
        });
        let now = form.section.get_untracked();
        let at = sections.iter().position(|own| *own == now).unwrap_or_default().to_string();
        let choose = bind_with(&form, {
            let sections = sections.clone();
            move |form: &Form, n: String| {
                let own = n.parse().ok().and_then(|n: usize| sections.get(n).copied());
                if let Some(section) = own {
                    form.section.set_if_changed(section);
                }
            }
        });
        let section = form.bind(move |form| {
            let section = form.section.get();
            untrack(|| form::section_alone(form, t, lang, section))
        });
        vec![
            parts::choice(
                "kit-preview-section",
                k.preview_section,
                options.collect(),
                &at,
                None,
                choose,
            ),
            html::div().live(section),
            outcome::view(e, &form),
        ]
    })
}
