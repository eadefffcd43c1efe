//! The print options: layout, head and signature, prefilled from the form.

use crate::app::pages::day;
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;

use super::sealed;
use crate::app::actions::letter::{Letter, Profile};
use crate::app::actions::scan::CodesError;
use crate::app::actions::{Form, scan};
use crate::app::host::{self, spawn_local};
use crate::app::pages::bind::{bind, bind_with};
use crate::app::parts::{self, El, fold, hint, html, problem, quiet_button};
use crate::app::state::signals::SetIfChanged;
use crate::app::text::Text;
use crate::value::Lang;

/// Milliseconds for drawing the codes before the print dialogue opens.
const DRAWING: i32 = 50;

/// Printed parts.
pub(super) struct Print {
    pub(super) letter: Letter,
    pub(super) has_sheet: bool,
    pub(super) has_minutes: bool,
    /// The codes, if printed.
    pub(super) codes: Option<Codes>,
}

/// The codes of a signed file.
pub(super) struct Codes {
    pub(super) file: String,
    pub(super) texts: Vec<String>,
}

/// The print state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Work {
    Idle,
    Busy,
    /// The codes could not be made.
    Failed(CodesError),
}

/// The state of the panel.
pub(super) struct Panel {
    form: Form,
    t: &'static Text,
    lang: Lang,
    letter: RefCell<Letter>,
    is_open: ArcRwSignal<bool>,
    has_sheet: ArcRwSignal<bool>,
    has_minutes: ArcRwSignal<bool>,
    has_codes: ArcRwSignal<bool>,
    is_dressed: ArcRwSignal<bool>,
    work: ArcRwSignal<Work>,
    pub(super) print: ArcRwSignal<Option<Rc<Print>>>,
}

impl Panel {
    pub(super) fn new(form: &Form, t: &'static Text, lang: Lang) -> Panel {
        let letter = form.look(|session| Letter::of(t, lang, session, host::today()));
        Panel {
            form: form.clone(),
            t,
            lang,
            is_dressed: ArcRwSignal::new(letter.is_dressed),
            letter: RefCell::new(letter),
            is_open: ArcRwSignal::new(false),
            has_sheet: ArcRwSignal::new(true),
            has_minutes: ArcRwSignal::new(true),
            has_codes: ArcRwSignal::new(true),
            work: ArcRwSignal::new(Work::Idle),
            print: ArcRwSignal::new(None),
        }
    }

    /// The signed file to print codes of.
    fn wanted_codes(&self) -> Option<String> {
        let sealed = self.form.look(|session| sealed(&self.form, session))?;
        self.has_codes.get_untracked().then(|| sealed.to_text())
    }

    /// Changes the letter and stores it.
    fn edit(&self, edit: impl FnOnce(&mut Letter)) {
        edit(&mut self.letter.borrow_mut());
        let letter = self.letter.borrow();
        let keep = |session: &_| letter.keep(self.t, self.lang, session, host::today());
        self.form.look(keep);
    }

    fn start(self: &Rc<Self>) {
        if self.work.get_untracked() == Work::Busy {
            return;
        }
        let Some(file) = self.wanted_codes() else {
            return self.finish(None);
        };
        self.work.set_if_changed(Work::Busy);
        let panel = self.clone();
        spawn_local(async move {
            match scan::codes_of(&file).await {
                Ok(texts) => panel.finish(Some(Codes { file, texts })),
                Err(error) => panel.work.set_if_changed(Work::Failed(error)),
            }
        });
    }

    fn finish(&self, codes: Option<Codes>) {
        self.work.set_if_changed(Work::Idle);
        self.print.set(Some(Rc::new(Print {
            letter: self.letter.borrow().clone(),
            has_sheet: self.has_sheet.get_untracked(),
            has_minutes: self.has_minutes.get_untracked(),
            codes,
        })));
        host::later(DRAWING, host::print);
    }
}

/// The panel.
pub(super) fn panel(panel: &Rc<Panel>) -> El {
    let t = panel.t;
    let print = quiet_button("quiet", t.later().print, bind(panel, Panel::start)).test_id("print");
    let inside =
        bind(panel, |panel| if panel.is_open.get() { settings(panel) } else { Vec::new() });
    let open = fold(t.later().paper.set_open)
        .test_id("print-settings")
        .on("toggle", bind_with(panel, |panel, _| panel.is_open.set_if_changed(true)))
        .child(html::div().live(inside));
    let state = bind(panel, move |panel| match panel.work.get() {
        Work::Idle => None,
        Work::Busy => Some(html::p().text(t.later().paper.codes_busy)),
        Work::Failed(error) => {
            let why = match error {
                CodesError::TooLong => t.later().paper.codes_long,
                CodesError::PaperWorker(_) => t.later().paper.codes_failed,
            };
            Some(problem(why).test_id("print-error"))
        }
    });
    html::section()
        .class("sheet")
        .attr("aria-label", t.later().print)
        .child(html::p().child(print))
        .child(html::div().attr("role", "status").live_one(state))
        .child(open)
}

fn settings(panel: &Rc<Panel>) -> Vec<El> {
    let p = panel.t.later().paper;
    let own = panel.letter.borrow().clone();
    let profiles = Profile::ALL.iter().zip(p.profiles);
    let profiles = profiles.map(|(own, words)| (own.as_str().to_owned(), words.to_owned()));
    let choose = bind_with(panel, |panel, word: String| {
        if let Some(profile) = Profile::from_word(&word) {
            panel.edit(|letter| letter.profile = profile);
        }
    });
    let (profiles, chosen) = (profiles.collect(), own.profile.as_str());
    let profile = parts::choice("print-profile", p.set_profile, profiles, chosen, None, choose);
    let ticks = html::fieldset()
        .child(html::legend().class("quiet").text(p.set_parts))
        .child(tick(panel, "print-sheet", p.set_sheet, |p| &p.has_sheet))
        .child(tick(panel, "print-minutes", p.set_minutes, |p| &p.has_minutes))
        .child(tick(panel, "print-codes", p.set_codes, |p| &p.has_codes));
    let is_sealed = panel.form.bind(|form| form.watch(|session| sealed(form, session).is_some()));
    let unsealed = hint(p.codes_unsealed).hidden_live(is_sealed);
    let dressed = tick(panel, "print-dressed", p.set_dressed, |p| &p.is_dressed);
    let set_day = bind_with(panel, |panel, day| panel.edit(|letter| letter.day = day));
    let day = day::of(panel.t, "print-day", p.set_day, own.day, set_day);
    let words = |id, label, get: fn(&mut Letter) -> &mut String| {
        let write = bind_with(panel, move |panel, text| panel.edit(|own| *get(own) = text));
        parts::text_input(id, label, get(&mut own.clone()).clone(), write)
    };
    let write = bind_with(panel, |panel, text| panel.edit(|own| own.recipients = text));
    let recipients = own.recipients.clone();
    let recipients = parts::lines("print-recipients", p.set_recipients, recipients, write);
    let head = html::div()
        .hidden_live(bind(panel, |panel| !panel.is_dressed.get()))
        .child(words("print-superior", p.set_superior, |l| &mut l.superior))
        .child(words("print-issuer", p.set_issuer, |l| &mut l.issuer))
        .child(words("print-number", p.set_number, |l| &mut l.number))
        .child(words("print-place", p.set_place, |l| &mut l.place))
        .child(day)
        .child(words("print-authority", p.set_authority, |l| &mut l.authority))
        .child(words("print-position", p.set_position, |l| &mut l.position))
        .child(words("print-signer", p.set_signer, |l| &mut l.signer))
        .child(recipients);
    let mut all = vec![
        profile,
        ticks,
        unsealed,
        words("print-title", p.set_title, |l| &mut l.title),
        words("print-about", p.set_about, |l| &mut l.about),
        dressed,
        head,
    ];
    if !host::can_number_pages() {
        all.push(hint(p.no_page_numbers));
    }
    all
}

fn tick(panel: &Rc<Panel>, id: &str, words: &str, which: fn(&Panel) -> &ArcRwSignal<bool>) -> El {
    let is_ticked = bind(panel, move |panel| which(panel).get());
    let set = bind_with(panel, move |panel, now| {
        which(panel).set_if_changed(now);
        panel.edit(|letter| letter.is_dressed = panel.is_dressed.get_untracked());
    });
    parts::tick(id, words, is_ticked, set)
}
