//! One received file: why it has its status, its outcome, signatures and items, to be looked at only.

use std::rc::Rc;

use leptos::prelude::*;

use super::ask::{Asked, asked};
use super::page::Page;
use super::{appraise, before, unit_said};
use crate::app::actions::desk;
use crate::app::host::{self, spawn_local};
use crate::app::pages::bind::bind;
use crate::app::pages::deferred;
use crate::app::parts::{El, fold, html, link_button, named, quiet_button};
use crate::app::state::notice::Notice;
use crate::app::state::route::KEYS;
use crate::app::state::signals::SetIfChanged;
use crate::app::text::fill;
use crate::app::wording::received::{reason, status, status_says, status_sign, technical};
use crate::app::{parts, wording};
use crate::desk::register::Entry;
use crate::desk::{Reception, Status, Trust, TrustList, may_be_decided};
use crate::pack::PackRef;
use crate::seal::{Header, Role, Submission};
use crate::session::Session;
use crate::value::{check_code, shown};

/// The text of a file, and the keys that are trusted.
type Read = Option<(Option<String>, TrustList)>;

/// The details of the chosen file.
pub fn section(page: &Page) -> Option<El> {
    let key = page.desk.state.chosen.get()?;
    let all = page.desk.state.shown.get()?;
    let entry = all.entries.iter().find(|entry| entry.key == key)?.clone();
    let d = page.d;
    let read: ArcRwSignal<Read> = ArcRwSignal::new(None);
    let (own, into, key) = (page.clone(), read.clone(), key.clone());
    spawn_local(async move {
        let device = &own.app.device;
        match (device.received_text(&key).await, device.trust_list().await) {
            (Ok(text), Ok(trust)) => into.set(Some((text, trust))),
            (Err(error), _) | (_, Err(error)) => own.app.tell(Notice::Storage(error)),
        }
    });
    let entry = Rc::new(entry);
    let unit = if entry.unit.is_empty() { d.no_unit.into() } else { shown(&entry.unit) };
    let close = bind(page, |page| {
        page.desk.state.chosen.set_if_changed(None);
        host::focus_soon("desk-scroll");
    });
    let content = bind(&(page.clone(), entry.clone(), read), |(page, entry, read)| {
        read.with(|read| match read {
            None => vec![html::p().attr("role", "status").text(page.d.loading)],
            Some((None, _)) => vec![html::p().class("quiet").text(page.d.text_gone)],
            Some((Some(text), trust)) => content(page, entry, text, trust),
        })
    });
    let title = html::h2().id("desk-detail-title").text(&fill(d.detail, &[&unit]));
    Some(
        html::section()
            .class("sheet")
            .id("desk-detail")
            .attr("tabindex", "-1")
            .attr("aria-labelledby", "desk-detail-title")
            .test_id("desk-detail")
            .attr("data-status", entry.status.as_str())
            .child(title)
            .children(why(page, &entry))
            .child(html::div().live(content))
            .child(taking_back(page, &entry))
            .child(
                html::p()
                    .class("row")
                    .child(quiet_button("quiet", d.close, close).test_id("desk-close")),
            ),
    )
}

/// Its status, and why.
fn why(page: &Page, entry: &Entry) -> Vec<El> {
    let d = page.d;
    let own = format!("{} {}", status_sign(entry.status), status(d, entry.status));
    let reasons = entry.reasons.iter().map(|own| reason(page.t, d, own, &host::local_text));
    let reasons: Vec<El> = reasons.map(|words| html::li().text(&words)).collect();
    let technical: Vec<String> = entry.reasons.iter().filter_map(technical).collect();
    let technical = (!technical.is_empty()).then(|| {
        let lines = technical.iter().map(|line| html::li().class("small").text(&shown(line)));
        fold(d.technical).child(html::ul().class("bullets").as_is().children(lines))
    });
    let mut all = vec![
        html::p().as_is().child(html::strong().text(&own)),
        html::p().test_id("desk-why").text(status_says(d, entry.status)),
    ];
    if entry.status == Status::UnknownKey {
        let keys = link_button("quiet", page.a.keys, KEYS).test_id("desk-to-keys");
        all.push(html::p().class("row").child(keys));
    }
    if may_be_decided(entry.status) {
        let jump = parts::jump(page.a.to_decision, || {
            // The fields may be closed: then it leads to their title.
            host::focus_soon("desk-appraise-title");
            host::focus_soon("desk-decision");
        });
        all.push(html::p().child(jump.test_id("desk-to-decision")));
    }
    if !reasons.is_empty() {
        all.push(html::ul().class("bullets").test_id("desk-reasons").children(reasons));
    }
    all.extend(technical);
    all.push(named(d.file, html::span().as_is().text(&shown(&entry.file))));
    all
}

/// What the file holds.
fn content(page: &Page, entry: &Rc<Entry>, text: &str, trust: &TrustList) -> Vec<El> {
    let (d, t) = (page.d, page.t);
    let Ok(submission) = Submission::from_bytes(text.as_bytes()) else {
        return vec![html::p().class("quiet").text(d.text_gone)];
    };
    let form = submission.assessment().clone();
    let packs = page.app.device.packs();
    let reception = Reception { packs: &packs, trust, now: None };
    let (_, verified) = reception.submission(submission);
    let pack = packs.by_digest(&form.pack.digest).filter(|pack| pack.reference() == form.pack);
    let session = pack.filter(|_| verified.is_some());
    let session = session.and_then(|pack| Session::open(pack.clone(), form.clone()).ok());
    let title = pack.map_or(form.pack.id.as_str(), |pack| pack.title.text(page.lang));
    let verdict = session.as_ref().map(|session| {
        let (sign, words) =
            wording::form_verdict(t, session.evaluation().verdict(session.pack(), &form));
        format!("{sign} {words}")
    });
    let lines = [
        (d.verdict, verdict.unwrap_or_else(|| d.not_computed.to_owned())),
        (d.period, wording::period(t, &form.period)),
        (d.pack_name, fill(d.pack_value, &[title, form.pack.version.as_str()])),
        (d.parent, shown(&form.unit.parent).into_owned()),
        (d.superior, shown(&form.unit.superior).into_owned()),
        (d.revision, form.revision.to_string()),
        (d.code, entry.check_code.clone()),
        (d.received, entry.received.map(wording::day).unwrap_or_default()),
    ];
    let lines = lines.into_iter().filter(|(_, value)| !value.is_empty());
    let lines = lines.map(|(name, value)| named(name, html::strong().as_is().text(&value)));
    let mut all = vec![parts::hint(d.read_only)];
    all.extend(lines);
    all.extend(by_pack(page, &form.pack));
    if let Some(session) = &session {
        all.extend(unit_said::why(page, session));
        all.extend(unit_said::declared(page, session));
    }
    if let Some(verified) = &verified {
        let signers = verified.signers().iter();
        let signers = signers.map(|signer| signature(page, signer, &form.unit.name, trust));
        all.push(html::h3().text(d.signatures));
        all.push(html::ul().class("list").test_id("desk-signatures").children(signers));
    }
    if let (Some(pack), Some(session)) = (pack, &session) {
        // Where the form can be appraised, both verdicts stand beside each other there.
        if !may_be_decided(entry.status) {
            all.push(html::h3().id("desk-items").text(d.items));
            all.push(parts::scrolling("desk-items", items(page, session)));
        }
        all.push(before::section(page, entry, pack, &form));
        if let Some(verified) = &verified {
            all.push(appraise::section(page, entry, pack, verified.content()));
        }
    }
    all
}

/// By which pack the outcome was computed, and where that is from; of an unknown one, which one the file names.
fn by_pack(page: &Page, pack: &PackRef) -> Vec<El> {
    let code = check_code(&pack.digest);
    let id = fill(page.t.pack_id, &[pack.id.as_str(), pack.version.as_str(), &code]);
    let small = |words: &str| html::p().class("small").text(words);
    let views = deferred::get();
    let origin = views.and_then(|views| (views.pack_origin)(page.app, page.t, &pack.digest));
    let digest = small(&fill(page.d.pack_digest, &[&pack.digest.to_string()]));
    vec![small(&id), digest.test_id("desk-pack-digest")].into_iter().chain(origin).collect()
}

fn signature(page: &Page, signer: &Header, unit: &str, trust: &TrustList) -> El {
    let d = page.d;
    let role = match signer.role {
        Role::Unit => d.roles[0],
        Role::Superior => d.roles[1],
    };
    let code = signer.key.check_code();
    let when = host::local_text(signer.issued);
    let words = fill(d.signature_line, &[role, &code, &when]);
    let standing = match trust.look_up(&signer.key, unit) {
        Trust::Trusted(name) => fill(d.trusted, &[&shown(name)]),
        Trust::OtherUnit(name) => fill(d.trusted_other, &[&shown(name)]),
        Trust::Unknown => d.untrusted.to_owned(),
        Trust::Revoked(date) => fill(d.revoked_key, &[&wording::day(date)]),
    };
    html::li().as_is().child(html::p().text(&words)).child(html::p().class("small").text(&standing))
}

/// The verdict of each item that belongs to the form, under its criterion.
fn items(page: &Page, session: &Session) -> El {
    let (t, pack, evaluation) = (page.t, session.pack(), session.evaluation());
    let mut rows = Vec::new();
    for (place, criterion) in pack.criteria.iter().enumerate() {
        let Some(tally) = evaluation.tally(place) else { continue };
        let (sign, words) = wording::criterion(t, tally.verdict(criterion));
        let head = parts::row(criterion.label.text(page.lang)).class("desk__group");
        rows.push(head.child(html::td().as_is().text(&format!("{sign} {words}"))));
        let own = pack.items.iter().enumerate().filter(|(_, item)| item.criterion == criterion.id);
        for (index, item) in own {
            let Some(outcome) = evaluation.item(index) else { continue };
            let verdict = wording::signed_verdict(t, outcome.verdict);
            let row = parts::row(&wording::item(page.lang, item));
            let verdict = html::td().as_is().text(&verdict);
            rows.push(row.child(verdict.maybe(unit_said::item(page, session, index))));
        }
    }
    let heads = vec![parts::column(page.d.item), parts::column(page.d.item_verdict)];
    parts::table("table", heads, rows)
}

/// Taking the file out of the register, after a question.
fn taking_back(page: &Page, entry: &Entry) -> El {
    let d = page.d;
    let key = entry.key.clone();
    let take = bind(&page.desk, move |desk| {
        spawn_local(desk::take_back(desk.clone(), key.clone()));
    });
    let own = Asked {
        test_id: "desk-take-back",
        id: "desk-take-back".to_owned(),
        words: d.take_back,
        question: d.take_back_ask,
        yes: d.take_back_yes,
    };
    asked(page, &own, take)
}
