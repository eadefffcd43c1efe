//! From the signed file to "handed in": how to send it, the day and the receiver that a person confirms, and the
//! sentences that tell it afterwards.

use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;

use crate::app::actions::Form;
use crate::app::actions::sign::hand_in;
use crate::app::pages::bind::{bind, bind_with};
use crate::app::pages::day;
use crate::app::parts::{self, El, button, fold, html, quiet_button};
use crate::app::text::{Text, fill};
use crate::app::{host, wording};
use crate::form::Assessment;
use crate::seal::Submission;
use crate::store::HandedIn;
use crate::value::{Date, DateFault, is_blank};

/// The form of the last signed file.
fn sealed(form: &Form) -> Option<Assessment> {
    let text = form.sealed_text()?;
    let submission = Submission::from_bytes(text.as_bytes()).ok()?;
    Some(submission.assessment().clone())
}

/// The form was handed in as it is now.
pub fn stands(form: &Form) -> Option<HandedIn> {
    let (handed_in, own) = (form.handed_in()?, sealed(form)?);
    let is_same = form.watch(|session| session.says_the_same_as(&own));
    (is_same && own.revision == handed_in.revision).then_some(handed_in)
}

/// What happened after it was handed in; empty where nothing did.
fn since(form: &Form, t: &Text, handed_in: &HandedIn, sealed: Option<&Assessment>) -> String {
    let Some(own) = sealed else { return String::new() };
    let revision = own.revision.to_string();
    let is_same = form.watch(|session| session.says_the_same_as(own));
    match (own.revision > handed_in.revision, is_same) {
        (false, true) => String::new(),
        (true, true) => fill(t.later().filing.handed_in_next, &[&revision]),
        (_, false) => fill(t.later().filing.handed_in_changed, &[&handed_in.revision.to_string()]),
    }
}

/// To whom and when, with the revision.
fn told(t: &Text, handed_in: &HandedIn) -> String {
    let (to, day) = (wording::superior(t, &handed_in.to), wording::day(handed_in.date));
    fill(t.later().filing.handed_in_say, &[&handed_in.revision.to_string(), &to, &day])
}

/// That the form was handed in, and what happened since.
pub fn state(form: &Form, t: &'static Text, id: &str) -> Option<El> {
    let handed_in = form.handed_in()?;
    let words = told(t, &handed_in);
    let sealed = sealed(form);
    let since = form.bind(move |form| since(form, t, &handed_in, sealed.as_ref()));
    let own = since.clone();
    Some(
        html::p()
            .class("handed-in")
            .id(id)
            .test_id(id)
            .attr("tabindex", "-1")
            .child(html::strong().text("✓ ").text(&words))
            .text(" ")
            .child(
                html::span()
                    .class("problem")
                    .hidden_live(move || own().is_empty())
                    .text_live(since),
            ),
    )
}

/// The same in a line for paper.
pub fn on_paper(form: &Form, t: &Text) -> Option<String> {
    let handed_in = form.handed_in()?;
    let since = since(form, t, &handed_in, sealed(form).as_ref());
    Some(format!("{} {since}", told(t, &handed_in)).trim_end().to_owned())
}

/// What a revision takes the place of; `None` for the first.
pub fn replaced(form: &Form, t: &Text, own: &Assessment) -> Option<String> {
    let before = own.revision - 1;
    if before < 1 {
        return None;
    }
    let l = t.later();
    let words = fill(l.filing.replaces, &[&own.revision.to_string(), &before.to_string()]);
    let handed_in = form.handed_in().filter(|handed_in| handed_in.revision == before);
    let returned = form.appraisals.borrow().clone().and_then(|all| {
        let of = |revision: i64| revision == before;
        let mut shown = all.shown.iter().filter(|one| one.is_returned());
        let one = shown.find(|one| of(one.submission.assessment().revision))?;
        Some(one.appraisal.content().date)
    });
    let handed_in =
        handed_in.map(|own| fill(l.filing.replaces_handed_in, &[&wording::day(own.date)]));
    let returned = returned.map(|day| fill(l.filing.replaces_returned, &[&wording::day(day)]));
    let more: Vec<_> = handed_in.into_iter().chain(returned).collect();
    Some(if more.is_empty() { words + "." } else { format!("{words} {}.", more.join(", ")) })
}

/// How to send the file where the system's share sheet cannot, or is not wanted.
pub fn how_to_send(t: &Text, name: &str, code: &str) -> El {
    let l = t.later();
    let ways = [
        fill(l.filing.send_zalo, &[name]),
        l.filing.send_mail.to_owned(),
        l.filing.send_usb.to_owned(),
    ];
    fold(l.filing.send_how)
        .test_id("send-how")
        .child(html::ul().class("bullets").children(ways.iter().map(|way| html::li().text(way))))
        .child(html::p().text(&fill(l.filing.send_code, &[code])))
}

/// What is typed before it is confirmed.
struct Confirming {
    form: Form,
    t: &'static Text,
    revision: i64,
    day: ArcRwSignal<Option<Date>>,
    fault: ArcRwSignal<Option<DateFault>>,
    to: RefCell<String>,
}

/// The last step: a person says that the file was handed in, or takes that back.
pub fn confirming(form: &Form, t: &'static Text, own: &Assessment) -> El {
    let (revision, superior) = (own.revision, own.unit.superior.clone());
    let inside = form.bind(move |form| {
        let handed_in = form.handed_in();
        let undo = handed_in.is_some().then(|| {
            let undo = form.bind(|form| {
                hand_in(form, None);
                host::focus_soon("handed-in-date");
            });
            html::p().class("row").child(
                quiet_button("quiet", t.later().filing.handed_in_not, undo)
                    .test_id("handed-in-undo"),
            )
        });
        let is_done = handed_in.is_some_and(|handed_in| handed_in.revision >= revision);
        let fields = (!is_done).then(|| fields(form, t, revision, &superior));
        [state(form, t, "handed-in-state"), undo, fields].into_iter().flatten().collect()
    });
    html::div().live(inside)
}

fn fields(form: &Form, t: &'static Text, revision: i64, superior: &str) -> El {
    let l = t.later();
    let own = Rc::new(Confirming {
        form: form.clone(),
        t,
        revision,
        day: ArcRwSignal::new(Some(host::today())),
        fault: ArcRwSignal::default(),
        to: RefCell::new(superior.to_owned()),
    });
    let fault = bind(&own, |own| Some(wording::date_fault(own.t, own.fault.get()?).to_owned()));
    let warning = bind(&own, |own| {
        (own.day.get() > Some(host::today())).then(|| own.t.day_future.to_owned())
    });
    let write = bind_with(&own, |own, text: String| {
        let read = (!is_blank(&text)).then(|| Date::read(&text)).transpose();
        own.fault.set(read.err());
        own.day.set(read.ok().flatten());
    });
    let today = host::today().shown();
    let day = day::day(t, "handed-in-date", l.filing.handed_in_day, today, fault, warning, write);
    let set = bind_with(&own, |own, text| drop(own.to.replace(text)));
    let to = parts::text_input("handed-in-to", t.unit_superior, superior.to_owned(), set);
    let confirm = button(l.filing.handed_in_confirm, bind(&own, confirm)).test_id("handed-in");
    html::div()
        .child(html::p().text(l.filing.handed_in_ask))
        .child(day)
        .child(to)
        .child(html::p().class("row").child(confirm))
}

fn confirm(own: &Rc<Confirming>) {
    let Some(day) = own.day.get_untracked() else {
        return host::focus_soon("handed-in-date");
    };
    hand_in(&own.form, Some(HandedIn::new(own.revision, day, own.to.borrow().trim())));
    host::focus_soon("handed-in-state");
}
