//! Shorter ways to answer: the rest of a criterion at once, "none" for numbers that shall be 0, and values that follow
//! from others. Each is one step to undo; none answers a mandatory item.

use std::rc::Rc;

use leptos::prelude::*;

use super::about::about;
use super::attached::attached;
use super::items::is_row;
use super::meetings;
use super::shortcut::Shortcut;
use crate::app::actions::Form;
use crate::app::host;
use crate::app::parts::{El, hint, html, named_button, quiet_button};
use crate::app::state::notice::Notice;
use crate::app::text::{Text, fill};
use crate::form::json_size;
use crate::pack::Item;
use crate::session::{EntryField, Missing, Proposal, Proposals, Section, zeros};
use crate::value::{Lang, is_blank, shown};

/// The shorter ways at a place. What they propose updates itself.
pub fn shortcuts(form: &Form, t: &'static Text, lang: Lang, at: Shortcut) -> Vec<El> {
    match at {
        Shortcut::Rest(criterion) => vec![rest(form, t, criterion)],
        Shortcut::Item(place) => {
            let Some(item) = form.look(|session| session.pack().items.get(place).cloned()) else {
                return Vec::new();
            };
            let is_of =
                |at: &EntryField| matches!(at, EntryField::Field(own, _) if *own == item.id);
            let sheets = meetings::at_item(form, t, lang, is_of);
            // Of an item whose fields are behind the fold, only what the sheets say is told before it.
            if is_row(&item) {
                return sheets;
            }
            let none = (!zeros(&item).is_empty()).then(|| none(form, t, place, &item));
            none.into_iter().chain(proposals(form, t, lang, is_of)).chain(sheets).collect()
        }
        Shortcut::Evidence(place) => {
            let id = form.look(|session| session.pack().items.get(place).map(|own| own.id.clone()));
            let attached = id.iter().map(|id| attached(form, t, id));
            evidence(form, t, place).into_iter().chain(attached).collect()
        }
        Shortcut::About => vec![about(form, t, lang)],
        Shortcut::Unit => vec![superior(form, t)],
        Shortcut::Facts => {
            let begun = form.has_proposed().then(|| hint(t.later().begun_facts).test_id("begun"));
            let follow = proposals(form, t, lang, |at| matches!(at, EntryField::Fact(_)));
            let sheets = meetings::panel(form, t, lang);
            begun.into_iter().chain(follow).chain(sheets).collect()
        }
        Shortcut::Vote => proposals(form, t, lang, |at| EntryField::VOTE.contains(at)),
    }
}

/// The rest of a criterion: met.
fn rest(form: &Form, t: &'static Text, criterion: usize) -> El {
    let id = form.look(|session| {
        session.pack().criteria.get(criterion).map(|own| own.id.to_string()).unwrap_or_default()
    });
    let count = form.bind(move |form| form.watch(|session| session.rest_of(criterion).len()));
    let (words, hidden) = (count.clone(), count.clone());
    // How many were answered so, until something else is changed.
    let told = ArcRwSignal::new(String::new());
    let own = told.clone();
    let meet = form.bind(move |form| {
        let met = untrack(&count).to_string();
        form.edit(|session| session.meet_rest(criterion));
        // On to what is left of the criterion, from its top.
        let section = Section::Criterion(criterion);
        form.came_to(form.look(|session| session.top_of(section)));
        let next = form.next_missing();
        let is_here = |one: &Missing| form.look(|session| session.section_of(one) == section);
        if let Some(missing) = next.filter(is_here) {
            form.go_to_missing(&missing);
        }
        own.set(fill(t.later().rest_met, &[&met]));
    });
    let button = quiet_button("quiet", "", meet)
        .test_id(&format!("rest-met-{id}"))
        .text_live(move || fill(t.later().rest_meet, &[&words().to_string()]));
    let keys =
        quiet_button("plain", t.later().keys_show, form.bind(|form| form.app.tell(Notice::Keys)));
    html::div()
        .child(
            html::p()
                .class("row")
                .child(button.hidden_live(move || hidden() == 0))
                .child(keys.class("btn btn--plain keys")),
        )
        .child(html::p().class("quiet").attr("role", "status").text_live(move || told.get()))
}

/// "None" for the numbers of an item that shall be 0.
fn none(form: &Form, t: &'static Text, place: usize, item: &Item) -> El {
    let id = item.id.clone();
    let set = form.bind(move |form| {
        let fields = form.look(|session| session.expected_zeros(place));
        form.edit(|session| session.set_zeros(place));
        for field in fields {
            host::set_input(&format!("field-{id}-{field}"), "0");
        }
    });
    let is_done = form.bind(move |form| {
        form.watch_item(place, |session| session.expected_zeros(place).is_empty())
    });
    let button =
        quiet_button("quiet", t.later().zeros, set).test_id(&format!("item-{}-none", item.id));
    html::p().class("row").hidden_live(is_done).child(button)
}

/// The values that follow from others, where their fields are blank.
fn proposals(
    form: &Form,
    t: &'static Text,
    lang: Lang,
    is_here: impl Fn(&EntryField) -> bool,
) -> Vec<El> {
    let all = form.look(|session| Proposals::of(&session.pack().id));
    let here = all.into_iter().filter(|own| is_here(&own.at));
    here.map(|own| proposal(form, t, lang, Rc::new(own))).collect()
}

/// One of them, with where it comes from.
fn proposal(form: &Form, t: &'static Text, lang: Lang, own: Rc<Proposal>) -> El {
    let given = own.clone();
    let value =
        form.bind(move |form| form.watch(|session| session.proposed(&given, host::today())));
    let (words, hidden) = (value.clone(), value.clone());
    let from = own.from.text(lang).to_owned();
    let at = own.at.clone();
    let take = form.bind(move |form| {
        if let Some(value) = untrack(&value) {
            form.edit(|session| session.enter(at.clone(), &value));
            host::set_input(&element(&at), &value);
            host::focus_after(&element(&at));
        }
    });
    let button = quiet_button("quiet", "", take)
        .test_id(&format!("take-{}", element(&own.at)))
        .text_live(move || fill(t.later().take, &[&words().unwrap_or_default(), &from]));
    html::p().class("row").hidden_live(move || hidden().is_none()).child(button)
}

/// What the last form says as evidence for an item, to be taken by one tap where the field is blank and it still fits.
fn evidence(form: &Form, t: &'static Text, place: usize) -> Option<El> {
    let item = form.look(|session| Some(session.pack().items.get(place)?.id.clone()))?;
    let text = form.proposed(&item)?;
    let size = json_size(&text);
    let own = item.clone();
    let is_hidden = form.bind(move |form| {
        form.watch_item(place, |session| {
            let answer = session.form().items.get(&own);
            answer.is_some_and(|answer| !is_blank(&answer.evidence))
                || session.form().text_room() < size
        })
    });
    let said = fill(t.later().proposed, &[&shown(&text)]);
    let (id, field) = (format!("take-evidence-{item}"), format!("item-{item}-evidence"));
    let take = move || {
        host::type_text(&field, &text);
        // Not the field, which would bring up the keys of a phone.
        host::focus_quietly(&format!("item-{item}"));
    };
    let take = named_button(t.later().take_proposed, &said, take).test_id(&id);
    Some(
        html::div()
            .class("proposed")
            .hidden_live(is_hidden)
            .child(html::p().class("quiet").text(&said))
            .child(take),
    )
}

/// The id of the input of a field: its name in drafts, with other separators.
pub(super) fn element(at: &EntryField) -> String {
    let name = at.to_text().replace('/', "-");
    if matches!(at, EntryField::GateDate(_)) { name + "-date" } else { name }
}

/// The committee that leads the organisation to which a unit belongs, by its usual name.
fn superior(form: &Form, t: &'static Text) -> El {
    let name = form.bind(move |form| {
        form.watch_unit(|session| {
            let unit = &session.form().unit;
            let committee = unit.parent.strip_prefix("Đảng bộ ")?;
            unit.superior.is_empty().then(|| format!("Đảng ủy {committee}"))
        })
    });
    let (words, hidden) = (name.clone(), name.clone());
    let take = form.bind(move |form| {
        if let Some(name) = untrack(&name) {
            host::set_input("unit-superior", &name);
            form.edit(|session| session.edit_unit(|unit| unit.superior = name));
        }
    });
    let button = quiet_button("quiet", "", take)
        .test_id("take-unit-superior")
        .text_live(move || fill(t.later().take_superior, &[&words().unwrap_or_default()]));
    html::p().class("row").hidden_live(move || hidden().is_none()).child(button)
}
