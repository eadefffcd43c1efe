//! A paper with its head and its end.

use std::rc::Rc;

use leptos::prelude::*;

use super::own::Own;
use crate::app::actions::letter::{Letter, Profile};
use crate::app::pages::desk::overview::View;
use crate::app::pages::form::paper::head;
use crate::app::parts::{El, html};
use crate::app::state::papers::{MadeOf, Scope};
use crate::app::text::fill;
use crate::app::wording::{self, word_of};
use crate::form::Period;
use crate::store::PaperKind;
use crate::value::{Id, is_blank, plain, shown};

/// What the parts of a paper share.
#[derive(Clone)]
pub(super) struct Paper {
    pub(super) own: Own,
    pub(super) view: Rc<View>,
    pub(super) made_of: Rc<MadeOf>,
}

/// A line of the body.
pub(super) fn line(words: &str) -> El {
    html::p().class("body").text(words)
}

/// Room to write by hand.
pub(super) fn rules(count: usize) -> impl Iterator<Item = El> {
    (0..count).map(|_| html::p().class("rule"))
}

impl Paper {
    /// What a person filled in, or else these words.
    pub(super) fn or(&self, text: &str, otherwise: &str) -> String {
        if is_blank(text) { otherwise.to_owned() } else { plain(text).into_owned() }
    }

    /// Who issues the paper.
    pub(super) fn issuer(&self) -> String {
        self.or(&self.own.settings().issuer, self.own.w.issuer)
    }

    /// The number of a paper, with room for what is written by hand.
    pub(super) fn number(&self, kind: PaperKind) -> String {
        let symbol = word_of(PaperKind::ALL, kind, &self.own.w.symbols);
        self.or(self.own.settings().number(kind), symbol)
    }

    /// A period.
    pub(super) fn period(&self, period: &Period) -> String {
        wording::period(self.own.vi.t, period)
    }

    /// The period of the paper.
    pub(super) fn about_period(&self) -> String {
        let w = self.own.w;
        let period = self.made_of.sum.period.map(|period| self.period(&period));
        period.map_or(w.all_periods.to_owned(), |period| fill(w.of_period, &[&lower(&period)]))
    }

    /// The name of the pack.
    pub(super) fn pack(&self) -> String {
        let title = self.view.pack().map(|pack| pack.title.text(self.own.vi.lang).to_owned());
        title.or_else(|| Some(self.made_of.sum.pack.as_ref()?.0.to_string())).unwrap_or_default()
    }

    /// The name of a unit or an organisation.
    pub(super) fn name(&self, text: &str) -> String {
        if is_blank(text) { self.own.w.no_name.to_owned() } else { shown(text).into_owned() }
    }

    /// The criteria of the forms, in the order of the pack.
    pub(super) fn criteria(&self) -> Vec<Id> {
        self.view.criteria(&self.made_of.sum.summary.criteria)
    }

    /// The name of a criterion, without its place.
    pub(super) fn criterion(&self, id: &Id) -> String {
        let mut all = self.view.pack().into_iter().flat_map(|pack| &pack.criteria);
        let own = all.find(|own| own.id == *id);
        own.map_or_else(|| id.to_string(), |own| own.label.text(self.own.vi.lang).to_owned())
    }

    /// What the sum is taken of, where some of it is doubtful.
    pub(super) fn doubt(&self) -> Option<El> {
        self.made_of.with_unknown_keys.then(|| line(self.own.w.unknown_keys).class("body basis"))
    }

    fn about(&self, kind: PaperKind) -> String {
        let w = self.own.w;
        let about = match kind {
            PaperKind::List => {
                let scope = self.own.state().scope.get();
                word_of(&Scope::ALL, scope, &w.about_scopes)
            }
            kind => word_of(PaperKind::ALL, kind, &w.about),
        };
        fill(about, &[&self.about_period()])
    }

    fn letter(&self) -> Letter {
        let (kind, settings) = (self.own.kind(), self.own.settings());
        Letter {
            profile: Profile::Hd05,
            is_dressed: true,
            number: self.number(kind),
            superior: settings.superior,
            issuer: settings.issuer,
            place: settings.place,
            day: settings.day,
            title: word_of(PaperKind::ALL, kind, &self.own.w.titles).to_owned(),
            about: self.about(kind),
            authority: settings.authority,
            position: settings.office,
            signer: settings.signer,
            recipients: settings.recipients,
        }
    }

    pub(super) fn head(&self) -> Vec<El> {
        let letter = self.letter();
        head::head(self.own.vi.t, &letter, &letter.title, &letter.about)
    }

    /// Who signs: minutes are signed by who wrote them and who chaired.
    pub(super) fn signed(&self) -> Option<El> {
        if self.own.kind() != PaperKind::Minutes {
            return head::signed(self.own.vi.t, &self.letter());
        }
        let settings = self.own.settings();
        let sign = |words: &str, name: &str| {
            html::div()
                .class("end__by")
                .child(html::p().class("caps strong").text(words))
                .child(html::p().class("strong end__name").text(&plain(name)))
        };
        let [clerk, chair] = self.own.w.sign;
        let (by, head) = (sign(clerk, &settings.clerk), sign(chair, &settings.chair));
        Some(html::div().class("end").child(by).child(head))
    }
}

/// Words within a sentence: the first letter is small.
pub(super) fn lower(words: &str) -> String {
    let mut signs = words.chars();
    let first = signs.next().into_iter().flat_map(char::to_lowercase);
    first.chain(signs.clone()).collect()
}
