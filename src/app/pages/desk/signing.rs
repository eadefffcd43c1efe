//! Signing as the superior: which key of this device, and its passphrase.

use std::rc::Rc;

use leptos::prelude::*;

use super::{Page, answers};
use crate::app::actions::desk::OpinionFault;
use crate::app::host::{self, spawn_local};
use crate::app::pages::bind::bind;
use crate::app::pages::form::{is_open, key_choice};
use crate::app::pages::passphrase::{Passphrase, key_error};
use crate::app::parts::{El, html, link_button, problem, quiet_button};
use crate::app::state::desk::Decided;
use crate::app::state::notice::Notice;
use crate::app::state::route::KEYS;
use crate::app::state::signals::SetIfChanged;
use crate::app::text::fill;
use crate::app::wording;
use crate::app::wording::received::status;
use crate::desk::{ItemOpinionError, OpinionError};
use crate::device::AppraiseError;
use crate::seal::AppraisalDecision;
use crate::store::KeyRecord;

/// The progress of signing.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Work {
    /// Nothing is being signed.
    Idle,
    /// It is being signed.
    Busy,
    /// It was not signed, for this reason.
    Failed(String),
}

/// What speaks against signing, and the decision that it speaks against.
pub(super) type Doubts = (Option<AppraisalDecision>, Vec<String>);

/// The choice of a key. The ids of its fields must be unique on the page.
pub(super) struct Signing {
    page: Page,
    id: &'static str,
    passphrase_id: &'static str,
    kept: ArcRwSignal<Option<Vec<KeyRecord>>>,
    chosen: ArcRwSignal<String>,
    pub(super) passphrase: Rc<Passphrase>,
    pub(super) work: ArcRwSignal<Work>,
    /// What is asked before it is signed.
    asks: ArcRwSignal<Doubts>,
}

impl Signing {
    /// Reads the keys of this device.
    pub(super) fn of(page: &Page, id: &'static str, passphrase_id: &'static str) -> Rc<Signing> {
        let signing = Rc::new(Signing {
            page: page.clone(),
            id,
            passphrase_id,
            kept: ArcRwSignal::new(None),
            chosen: ArcRwSignal::new(String::new()),
            passphrase: Rc::default(),
            work: ArcRwSignal::new(Work::Idle),
            asks: ArcRwSignal::new(Doubts::default()),
        });
        let own = signing.clone();
        spawn_local(async move {
            let app = own.page.app;
            match app.device.usable_keys().await {
                Ok(kept) => {
                    let open = app.state.open_key.get_untracked();
                    let usual = kept.iter().find(|key| key.kid == open).or(kept.first());
                    let usual = usual.map(|key| key.kid.clone()).unwrap_or_default();
                    own.chosen.set_if_changed(usual);
                    own.kept.set_if_changed(Some(kept));
                }
                Err(error) => app.tell(Notice::Storage(error)),
            }
        });
        signing
    }

    /// The chosen key.
    pub(super) fn key(&self) -> Option<KeyRecord> {
        let (kept, chosen) = (self.kept.get_untracked(), self.chosen.get_untracked());
        kept.into_iter().flatten().find(|key| key.kid == chosen)
    }

    /// Whether the chosen key is one of these, by thumbprint; tracks the choice.
    pub(super) fn is_chosen(&self, kid: Option<&String>) -> bool {
        kid.is_some_and(|kid| *kid == self.chosen.get())
    }

    /// The fields.
    pub(super) fn fields(self: &Rc<Self>) -> El {
        html::div().live(bind(self, |signing| {
            let page = &signing.page;
            match signing.kept.get() {
                None => Vec::new(),
                Some(kept) if kept.is_empty() => vec![
                    problem(page.a.no_keys),
                    html::p().class("row").child(link_button("quiet", page.a.keys, KEYS)),
                ],
                Some(kept) => vec![
                    key_choice(signing.id, page.t, &kept, &signing.chosen, None),
                    html::div().live(bind(signing, Signing::secret)),
                ],
            }
        }))
    }

    /// The passphrase of the chosen key; none while it is open.
    fn secret(self: &Rc<Self>) -> Vec<El> {
        let (app, t) = (self.page.app, self.page.t);
        if app.state.open_key.get() == self.chosen.get() {
            vec![is_open(app, t)]
        } else {
            self.passphrase.field(t, self.passphrase_id, t.later().passphrase)
        }
    }

    /// Why nothing was signed, or that it is being signed.
    pub(super) fn told(self: &Rc<Self>) -> El {
        let failed = bind(self, |signing| match signing.work.get() {
            Work::Failed(words) => Some(problem(&words).test_id("desk-appraise-error")),
            _ => None,
        });
        let busy = bind(self, |signing| {
            let is_busy = signing.work.get() == Work::Busy;
            if is_busy { signing.page.a.signing } else { "" }.to_owned()
        });
        html::div()
            .child(html::div().attr("role", "alert").live_one(failed))
            .child(html::p().attr("role", "status").text_live(busy))
    }

    /// Whether it is signed: nothing speaks against it, or a person was asked about just that and `is_sure`. Asks
    /// otherwise.
    pub(super) fn is_meant(&self, doubts: Doubts, is_sure: bool) -> bool {
        let is_told = is_sure && self.asks.with_untracked(|asked| *asked == doubts);
        if doubts.1.is_empty() || is_told {
            self.asks.set_if_changed(Doubts::default());
            return true;
        }
        self.work.set_if_changed(Work::Idle);
        self.asks.set_if_changed(doubts);
        host::focus_soon(&format!("{}-question", self.id));
        false
    }

    /// The question, while there is one; `sign` signs all the same.
    pub(super) fn question(self: &Rc<Self>, sign: impl Fn() + Clone + 'static) -> El {
        let view = bind(&(self.clone(), sign), |(signing, sign)| {
            let (decision, doubts) = signing.asks.get();
            let decision = decision.filter(|_| !doubts.is_empty())?;
            let a = signing.page.a;
            let name = answers::decided_words(&signing.page, Decided::As(decision));
            let question = fill(a.sign_ask, &[name]);
            let not = bind(signing, |signing| {
                signing.asks.set_if_changed(Doubts::default());
                host::focus_soon(signing.id);
            });
            let sign = quiet_button("bad", a.sign_anyway, sign.clone());
            let buttons = html::p()
                .class("row")
                .child(sign.test_id("desk-sign-anyway"))
                .child(quiet_button("quiet", a.sign_not, not).test_id("desk-sign-not"));
            let lines = doubts.iter().map(|words| html::li().text(words));
            Some(
                html::div()
                    .class("desk__told")
                    .id(&format!("{}-question", signing.id))
                    .test_id("desk-sign-question")
                    .attr("role", "group")
                    .attr("aria-label", &question)
                    .attr("tabindex", "-1")
                    .child(html::ul().class("bullets").as_is().children(lines))
                    .child(html::p().child(html::strong().text(&question)))
                    .child(buttons),
            )
        });
        html::div().live_one(view)
    }

    /// The button, which submits the form that it is in.
    pub(super) fn button(self: &Rc<Self>, id: &str, words: &str) -> El {
        let is_busy =
            bind(self, |signing| (signing.work.get() == Work::Busy).then(|| "true".to_owned()));
        html::button()
            .attr("type", "submit")
            .class("btn")
            .test_id(id)
            .attr_live("aria-disabled", is_busy)
            .text(words)
    }

    /// It was not signed, for this reason.
    pub(super) fn fail(&self, words: String) {
        self.work.set_if_changed(Work::Failed(words));
    }
}

/// Why an appraisal was not signed, in words.
pub(super) fn opinion_fault(page: &Page, fault: &OpinionFault) -> String {
    match fault {
        OpinionFault::Key(error) => key_error(page.t, error),
        OpinionFault::Appraise(error) => appraise_error(page, error),
    }
}

/// Why a file was not appraised, in words.
pub(super) fn appraise_error(page: &Page, error: &AppraiseError) -> String {
    let a = page.a;
    match error {
        AppraiseError::Gone => a.gone.to_owned(),
        AppraiseError::NotSound(own) => fill(a.not_sound, &[status(page.d, *own)]),
        AppraiseError::OwnKey => a.own_key.to_owned(),
        AppraiseError::Revoked(day) => fill(a.revoked, &[&wording::day(*day)]),
        AppraiseError::IsWritten => a.is_written.to_owned(),
        AppraiseError::Opinion(error) => opinion_error(page, error),
        AppraiseError::Misfit => a.misfit.to_owned(),
        AppraiseError::Store(error) => wording::store_error(page.t, error),
    }
}

/// What is missing in an opinion, in words.
pub(super) fn opinion_error(page: &Page, error: &OpinionError) -> String {
    let a = page.a;
    match error {
        OpinionError::NoDecision => a.no_decision.to_owned(),
        OpinionError::NoDay => a.no_day.to_owned(),
        OpinionError::Item(ItemOpinionError::NoVerdict(id)) => fill(a.no_verdict, &[id.as_str()]),
        OpinionError::Item(ItemOpinionError::NoSuchItem(id)) => fill(a.no_item, &[id.as_str()]),
    }
}
