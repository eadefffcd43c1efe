//! A newer version of the form's pack: what moving to it would do, and what was set aside from earlier versions.

use leptos::prelude::*;

use crate::app::actions::Form;
use crate::app::parts::{El, button, fold, hint, html, quiet_button};
use crate::app::state::signals::SetIfChanged;
use crate::app::text::{Text, fill};
use crate::app::wording::{self, form_verdict, signed_verdict};
use crate::form::{Answer, FieldValue, GateAnswer};
use crate::json::from_json;
use crate::pack::{FieldKind, Item, Pack};
use crate::rules::Verdict;
use crate::session::{EntryField, Part, SetAside, Upgrade};
use crate::value::{Date, Id, Label, Lang};

/// What is said above a form of which a newer version of the pack is known, or something is set aside.
pub fn version(form: &Form, t: &'static Text, lang: Lang) -> Option<El> {
    let offer = offer(form, t, lang);
    // What cannot be read is of a newer version of the page; it stays in the record.
    let read = form.set_aside();
    let read = read.iter().filter_map(|own| from_json::<SetAside>(own).ok());
    let set_aside: Vec<El> = read.map(|own| aside(form, t, lang, &own)).collect();
    let is_there = offer.is_some() || !set_aside.is_empty();
    is_there.then(|| html::div().maybe(offer).children(set_aside))
}

fn offer(form: &Form, t: &'static Text, lang: Lang) -> Option<El> {
    let to = form.newer_version()?;
    let p = t.later().packs;
    let now = form.look(|session| session.form().pack.version.clone());
    let version = to.version.to_string();
    let version = version.as_str();
    let is_told = ArcRwSignal::new(false);
    let (shown, look) = (is_told.clone(), is_told.clone());
    let told = form.bind(move |form| {
        if !shown.get() {
            return Vec::new();
        }
        let (close, to) = (shown.clone(), to.clone());
        let upgrade = form.watch(|session| session.upgrade(&to));
        let Ok(upgrade) = upgrade else { return Vec::new() };
        let lines = form.look(|session| lines(t, lang, session.pack(), &upgrade));
        let go = form.bind(move |form| form.move_to(to.clone()));
        let not_now = move || close.set_if_changed(false);
        let told = html::ul().class("bullets").test_id("pack-upgrade-told");
        vec![
            html::p().text(&fill(p.told, &[upgrade.to.version.as_str()])),
            told.children(lines.iter().map(|line| html::li().text(line))),
            html::p()
                .class("row")
                .child(button(p.go, go).test_id("pack-upgrade-go"))
                .child(quiet_button("quiet", p.not_now, not_now)),
        ]
    });
    let show = quiet_button("quiet", &fill(p.look, &[version]), move || look.set_if_changed(true));
    let line = html::p().text(&fill(p.newer, &[version, now.as_str()]));
    let notice = html::section().class("notice").attr("aria-label", t.about_pack);
    Some(
        notice
            .child(line)
            .child(html::p().hidden_live(move || is_told.get()).child(show.test_id("pack-upgrade")))
            .child(html::div().attr("role", "status").live(told)),
    )
}

/// What moving would do.
fn lines(t: &Text, lang: Lang, before: &Pack, upgrade: &Upgrade) -> Vec<String> {
    let p = t.later().packs;
    let listed = |words: &str, names: &[String]| {
        (!names.is_empty()).then(|| fill(words, &[&names.len().to_string(), &names.join("; ")]))
    };
    let new: Vec<_> = upgrade.new.iter().map(|part| name(&upgrade.to, lang, part)).collect();
    let aside: Vec<_> = aside_lines(t, lang, Some(before), &upgrade.set_aside)
        .into_iter()
        .map(|own| own.0)
        .collect();
    let changed = upgrade.changed.iter().map(|own| {
        let verdicts = [own.before, own.after].map(|verdict| signed_verdict(t, verdict));
        let name = name(&upgrade.to, lang, &Part::Item(own.item.clone()));
        format!("{name}: {}", verdicts.join(" → "))
    });
    let changed: Vec<_> = changed.collect();
    let (then, now) = upgrade.verdict;
    let [then, now] = [then, now].map(|own| form_verdict(t, own).1);
    let verdict = match then == now {
        true => fill(p.verdict_same, &[now]),
        false => fill(p.verdict, &[then, now]),
    };
    let kept = fill(p.kept, &[&upgrade.kept.len().to_string()]);
    let told = [listed(p.new, &new), listed(p.aside, &aside), listed(p.changed, &changed)];
    std::iter::once(kept).chain(told.into_iter().flatten()).chain([verdict]).collect()
}

/// What was set aside from an earlier version.
fn aside(form: &Form, t: &'static Text, lang: Lang, own: &SetAside) -> El {
    let p = t.later().packs;
    let packs = form.app.device.packs();
    let pack = packs.by_digest(&own.pack.digest).map(|pack| &**pack);
    let version = own.pack.version.as_str();
    let lines = aside_lines(t, lang, pack, own);
    let line = |(name, value): &(String, String)| {
        html::li().text(&fill(p.line, &[name.as_str(), value.as_str()]))
    };
    fold(&fill(p.aside_title, &[version]))
        .class("sheet")
        .test_id("set-aside")
        .child(hint(&fill(p.aside_say, &[version])))
        .child(html::ul().class("bullets").children(lines.iter().map(line)))
}

/// What is set aside: the name of each part, and what was answered.
fn aside_lines(t: &Text, lang: Lang, pack: Option<&Pack>, own: &SetAside) -> Vec<(String, String)> {
    let p = t.later().packs;
    let of = |part: Part| pack.map_or_else(|| id_of(&part), |pack| name(pack, lang, &part));
    let mut lines = Vec::new();
    let term = |terms: fn(&Pack) -> &[crate::pack::Term], id: &Id| {
        let term = pack.and_then(|pack| terms(pack).iter().find(|own| own.id == *id));
        term.map_or_else(|| id.to_string(), |own| own.label.text(lang).to_owned())
    };
    lines.extend(own.level.iter().map(|id| (p.level.to_owned(), term(|pack| &pack.levels, id))));
    let types = own.unit_type.iter();
    lines.extend(types.map(|id| (p.unit_type.to_owned(), term(|pack| &pack.types, id))));
    lines.extend(
        own.period
            .map(|period| (t.period.to_owned(), wording::period_kind(t, period.kind).to_owned())),
    );
    for (id, value) in &own.facts {
        lines.push((of(Part::Fact(id.clone())), value.to_string()));
    }
    for (id, answer) in &own.items {
        let item = pack.and_then(|pack| pack.item(id));
        lines.push((of(Part::Item(id.clone())), answer_words(t, lang, item, answer)));
    }
    for (id, answer) in &own.gates {
        lines.push((of(Part::Gate(id.clone())), gate_words(t, answer)));
    }
    for (id, times) in &own.adjustments {
        lines.push((of(Part::Adjustment(id.clone())), fill(p.times, &[&times.to_string()])));
    }
    for (field, text) in &own.typed {
        let part = match EntryField::from_text(field) {
            Some(EntryField::Fact(id)) => of(Part::Fact(id)),
            Some(EntryField::Field(item, own)) => of(Part::Field(item, own)),
            Some(EntryField::Adjustment(id)) => of(Part::Adjustment(id)),
            Some(EntryField::GateDate(id)) => of(Part::Gate(id)),
            _ => field.clone(),
        };
        lines.push((part, text.clone()));
    }
    lines
}

fn id_of(part: &Part) -> String {
    match part {
        Part::Fact(id) | Part::Item(id) | Part::Gate(id) | Part::Adjustment(id) => id.to_string(),
        Part::Field(item, field) => format!("{item} {field}"),
    }
}

/// The name of a part in its pack.
fn name(pack: &Pack, lang: Lang, part: &Part) -> String {
    let text = |label: &Label| label.text(lang).to_owned();
    let found = match part {
        Part::Fact(id) => pack.fact(id).map(|own| text(&own.label)),
        Part::Item(id) => pack.item(id).map(|own| wording::item(lang, own)),
        Part::Field(item, field) => pack.item(item).and_then(|item| {
            let field = item.field(field)?;
            Some(format!("{} – {}", wording::item(lang, item), field.label.text(lang)))
        }),
        Part::Gate(id) => pack.gate(id).map(|own| wording::gate(lang, own)),
        Part::Adjustment(id) => {
            pack.adjustments.iter().find(|own| own.id == *id).map(|own| text(&own.label))
        }
    };
    found.unwrap_or_else(|| id_of(part))
}

/// What was answered, in words.
fn answer_words(t: &Text, lang: Lang, item: Option<&Item>, answer: &Answer) -> String {
    let mut words = Vec::new();
    words.extend(answer.verdict.map(|own| wording::verdict(t, Verdict::from(own)).to_owned()));
    for (id, value) in &answer.fields {
        let field = item.and_then(|item| item.field(id));
        let label = field.map_or(id.as_str(), |field| field.label.text(lang));
        let value = match (value, field.map(|field| &field.kind)) {
            (FieldValue::Int(value), _) => value.to_string(),
            (FieldValue::Text(own), Some(FieldKind::Choice(choices))) => {
                let choice = choices.iter().find(|choice| choice.id.as_str() == own);
                choice.map_or_else(|| own.clone(), |choice| choice.label.text(lang).to_owned())
            }
            (FieldValue::Text(own), Some(FieldKind::Date)) => {
                Date::parse(own).map_or_else(|| own.clone(), wording::day)
            }
            (FieldValue::Text(own), _) => own.clone(),
        };
        words.push(format!("{label}: {value}"));
    }
    let texts = [&answer.reason, &answer.evidence].into_iter().filter(|own| !own.is_empty());
    words.extend(texts.cloned());
    words.extend(answer.attachments.iter().map(|own| own.name.clone()));
    words.join("; ")
}

fn gate_words(t: &Text, answer: &GateAnswer) -> String {
    let p = t.later().packs;
    let open = if answer.open { p.gate_open } else { p.gate_clear };
    let day = answer.occurred.map(wording::day);
    let note = (!answer.note.is_empty()).then(|| answer.note.clone());
    std::iter::once(open.to_owned()).chain(day).chain(note).collect::<Vec<_>>().join("; ")
}
