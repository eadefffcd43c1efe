//! Appraising one form: the superior's verdict and note beside the unit's, what becomes of the numbers, the decision, and
//! signing it.

use std::rc::Rc;

use leptos::prelude::*;

use super::ask::{Asked, asked};
use super::signing::{Signing, Work, opinion_error, opinion_fault};
use super::{Page, answers, ask, unit_said};
use crate::app::actions::desk;
use crate::app::host::{self, spawn_local};
use crate::app::pages::bind::{bind, bind_with};
use crate::app::pages::day;
use crate::app::parts::{El, html, problem, quiet_button};
use crate::app::state::desk::Decided;
use crate::app::state::notice::Notice;
use crate::app::state::signals::{SetIfChanged, memo};
use crate::app::text::fill;
use crate::app::{parts, wording};
use crate::desk::register::{AppraisalStatus, Entry, KeptAppraisal};
use crate::desk::{ItemOpinion, OpinionDraft, Results, may_be_decided};
use crate::form::AnswerVerdict;
use crate::pack::Pack;
use crate::seal::{AppraisalDecision, Submission};
use crate::session::Session;
use crate::store::StoreError;
use crate::value::{Date, Id, is_blank};

/// A form that is appraised.
pub(super) struct Appraised {
    page: Page,
    entry: Rc<Entry>,
    pack: Rc<Pack>,
    submission: Submission,
    own: Results,
    draft: ArcRwSignal<OpinionDraft>,
    signing: Rc<Signing>,
    loaded: ArcRwSignal<Loaded>,
}

/// What is read of a form before it is shown.
type Loaded = Option<(Vec<(KeptAppraisal, AppraisalStatus)>, Option<OpinionDraft>)>;

/// The appraisals of a form, and the fields for another one.
pub(super) fn section(
    page: &Page,
    entry: &Rc<Entry>,
    pack: &Rc<Pack>,
    submission: &Submission,
) -> El {
    let loaded: ArcRwSignal<Loaded> = ArcRwSignal::new(None);
    let (own, into, about) = (page.clone(), loaded.clone(), entry.clone());
    let form = submission.digest();
    spawn_local(async move {
        let read = async {
            let mut all = Vec::new();
            for (key, status) in &about.appraisals {
                if let Some(kept) = own.app.device.answer(key).await? {
                    all.push((kept, *status));
                }
            }
            Ok::<_, StoreError>((all, desk::read_draft(&own.desk, &form).await?))
        };
        match read.await {
            Ok(read) => into.set(Some(read)),
            Err(error) => own.app.tell(Notice::Storage(error)),
        }
    });
    let shared = (page.clone(), entry.clone(), pack.clone(), Rc::new(submission.clone()), loaded);
    let view = bind(&shared, |(page, entry, pack, submission, loaded)| {
        let Some((all, draft)) = loaded.get() else { return Vec::new() };
        let now = answers::signed_now(page, entry, submission, &all);
        let mut view: Vec<El> = now.into_iter().collect();
        view.extend(answers::list(page, pack, submission, &all));
        let title = html::h3().id("desk-appraise-title").attr("tabindex", "-1");
        view.push(title.text(page.a.title));
        if !may_be_decided(entry.status) {
            view.push(html::p().text(page.a.cannot));
            return view;
        }
        // Where something is decided already, the fields open by a button.
        let is_decided = all.iter().any(|(_, own)| *own == AppraisalStatus::Counts);
        let is_open = ArcRwSignal::new(draft.is_some() || !is_decided);
        let begin = bind(
            &(page.clone(), entry.clone(), pack.clone(), submission.clone(), loaded.clone()),
            move |(page, entry, pack, submission, loaded)| {
                let draft = draft.clone().unwrap_or_else(|| answers::begun(&all));
                Appraised::of(page, entry, pack, (submission, draft), loaded)
            },
        );
        let own = page.clone();
        view.push(html::div().live(move || match is_open.get() {
            true => fields(&begin()),
            false => vec![again(&own, &is_open)],
        }));
        view
    });
    html::div().test_id("desk-appraise").live(view)
}

/// Opens the fields for another appraisal.
fn again(page: &Page, is_open: &ArcRwSignal<bool>) -> El {
    let open = bind(&(page.clone(), is_open.clone()), |(page, is_open)| {
        page.desk.state.signed.set_if_changed(None);
        is_open.set_if_changed(true);
        host::focus_soon("desk-appraise-title");
    });
    let open = quiet_button("quiet", page.a.again, open).test_id("desk-appraise-again");
    html::p().class("row").child(open)
}

impl Appraised {
    fn of(
        page: &Page,
        entry: &Rc<Entry>,
        pack: &Rc<Pack>,
        (submission, draft): (&Submission, OpinionDraft),
        loaded: &ArcRwSignal<Loaded>,
    ) -> Rc<Appraised> {
        Rc::new(Appraised {
            page: page.clone(),
            entry: entry.clone(),
            pack: pack.clone(),
            submission: submission.clone(),
            own: Results::of(pack, submission.assessment()),
            draft: ArcRwSignal::new(draft),
            signing: Signing::of(page, "desk-appraise-key", "desk-appraise-passphrase"),
            loaded: loaded.clone(),
        })
    }

    /// Changes what is being written, and stores it.
    fn change(&self, change: impl FnOnce(&mut OpinionDraft)) {
        self.draft.update(change);
        desk::note_draft(&self.page.desk, self.submission.digest(), self.draft.get_untracked());
    }

    fn change_item(&self, id: &Id, change: impl FnOnce(&mut ItemOpinion)) {
        self.change(|draft| {
            let items = &mut draft.opinion.items;
            let mut own = items.get(id).cloned().unwrap_or_default();
            change(&mut own);
            let is_given = own.verdict.is_some() || !own.note.is_empty();
            items.set(id.clone(), is_given.then_some(own));
        });
    }
}

fn fields(own: &Rc<Appraised>) -> Vec<El> {
    let (page, a) = (&own.page, own.page.a);
    let draft = own.draft.get_untracked();
    let submit = bind_with(own, |own: &Rc<Appraised>, event: host::Event| {
        event.prevent_default();
        start(own, false);
    });
    let anyway = bind(own, |own| start(own, true));
    let options = Decided::all().filter(|one| matches!(one, Decided::As(_)));
    let options =
        options.map(|one| (one.as_str().to_owned(), answers::decided_words(page, one).to_owned()));
    let decision = draft.opinion.decision.map(AppraisalDecision::as_str).unwrap_or_default();
    let decide = bind_with(own, |own: &Rc<Appraised>, word: String| {
        own.change(|draft| draft.opinion.decision = AppraisalDecision::from_word(&word));
    });
    let decision = parts::choice(
        "desk-decision",
        a.decision,
        options.collect(),
        decision,
        Some(a.choose),
        decide,
    );
    let number = bind_with(own, |own: &Rc<Appraised>, text| {
        own.change(|draft| draft.opinion.number = text);
    });
    let note = bind_with(own, |own: &Rc<Appraised>, text| {
        own.change(|draft| draft.opinion.note = text);
    });
    let discard = bind(own, |own| {
        let (own, form) = (own.clone(), own.submission.digest());
        spawn_local(async move {
            desk::forget_draft(&own.page.desk, form).await;
            own.loaded.update(|loaded| {
                if let Some((_, draft)) = loaded {
                    *draft = None;
                }
            });
            host::focus_soon("desk-appraise-title");
        });
    });
    let asks = Asked {
        test_id: "desk-appraise-discard",
        id: "desk-appraise-discard".to_owned(),
        words: a.discard,
        question: a.discard_ask,
        yes: a.discard_yes,
    };
    let is_own = bind(own, |own| {
        let is_own = own.signing.is_chosen(own.entry.kid.as_ref());
        is_own.then(|| problem(own.page.a.own_key).test_id("desk-own-key"))
    });
    let whole =
        html::div().class("fields").child(decision).child(day_field(own, &draft)).child(
            parts::text_input("desk-number", a.number, draft.opinion.number.clone(), number),
        );
    let form = html::form()
        .child(parts::scrolling("desk-appraise-title", items(own)))
        .child(html::div().attr("role", "status").test_id("desk-results").live(results(own)))
        .child(whole)
        .child(parts::hint(a.number_hint))
        .child(parts::lines("desk-note", a.note, draft.opinion.note.clone(), note))
        .child(own.signing.fields())
        .child(html::div().attr("role", "status").live_one(is_own))
        .child(html::p().class("row").child(own.signing.button("desk-appraise-sign", a.sign)))
        .child(own.signing.question(anyway))
        .child(own.signing.told())
        .child(asked(page, &asks, discard))
        .on("submit", submit);
    vec![parts::hint(a.say), form]
}

fn day_field(own: &Rc<Appraised>, draft: &OpinionDraft) -> El {
    let fault = bind(own, |own| {
        let typed = own.draft.with(|draft| draft.day.clone());
        let fault = (!is_blank(&typed)).then(|| Date::read(&typed).err()).flatten()?;
        Some(wording::date_fault(own.page.t, fault).to_owned())
    });
    let write = bind_with(own, |own: &Rc<Appraised>, text: String| {
        own.change(|draft| {
            draft.opinion.date = Date::read(&text).ok();
            draft.day = text;
        });
    });
    let (t, a) = (own.page.t, own.page.a);
    day::day(t, "desk-decision-day", a.day, draft.day.clone(), fault, || None, write)
}

/// The verdict of each item beside that of the superior, under its criterion.
fn items(own: &Rc<Appraised>) -> El {
    let page = &own.page;
    let (t, a) = (page.t, page.a);
    let session = Session::open(own.pack.clone(), own.submission.assessment().clone());
    let Ok(session) = session else { return html::p().text(page.d.not_computed) };
    let evaluation = session.evaluation();
    let draft = own.draft.get_untracked();
    let mut rows = Vec::new();
    for (place, criterion) in own.pack.criteria.iter().enumerate() {
        let Some(tally) = evaluation.tally(place) else { continue };
        let (sign, words) = wording::criterion(t, tally.verdict(criterion));
        let head = parts::row(criterion.label.text(page.lang)).class("desk__group");
        let head = head.child(html::td().as_is().text(&format!("{sign} {words}")));
        rows.push(head.child(html::td()));
        let items = own.pack.items.iter().enumerate();
        for (index, item) in items.filter(|(_, item)| item.criterion == criterion.id) {
            let Some(state) = evaluation.item(index) else { continue };
            let verdict = html::td().as_is().text(&wording::signed_verdict(t, state.verdict));
            let verdict = verdict.maybe(unit_said::item(page, &session, index));
            let said = draft.opinion.items.get(&item.id).cloned().unwrap_or_default();
            rows.push(
                parts::row(&wording::item(page.lang, item))
                    .child(verdict)
                    .child(html::td().child(item_fields(own, &item.id, &said))),
            );
        }
    }
    let heads =
        vec![parts::column(page.d.item), parts::column(a.own_verdict), parts::column(a.opinion)];
    parts::table("table desk__appraise", heads, rows)
}

fn item_fields(own: &Rc<Appraised>, id: &Id, said: &ItemOpinion) -> El {
    let (t, a) = (own.page.t, own.page.a);
    let all = [AnswerVerdict::Met, AnswerVerdict::NotMet, AnswerVerdict::NotApplicable];
    let chosen = said.verdict.map(AnswerVerdict::as_str).unwrap_or_default();
    let option = |word: &str, words: &str| {
        html::option().attr("value", word).attr_if(word == chosen, "selected", "").text(words)
    };
    let options = all.map(|verdict| option(verdict.as_str(), wording::verdict(t, verdict.into())));
    let item = id.clone();
    let judge = bind_with(own, move |own: &Rc<Appraised>, word: String| {
        own.change_item(&item, |said| said.verdict = AnswerVerdict::from_word(&word));
    });
    let select = html::select()
        .id(&format!("desk-appraise-verdict-{id}"))
        .test_id(&format!("desk-appraise-verdict-{id}"))
        .attr("aria-label", &fill(a.verdict_of, &[id.as_str()]))
        .child(option("", a.as_unit))
        .children(options)
        .on_value("change", judge);
    let item = id.clone();
    let remark = bind_with(own, move |own: &Rc<Appraised>, text: String| {
        own.change_item(&item, |said| said.note = text);
    });
    let note = html::input()
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("maxlength", "2000")
        .attr("placeholder", a.note_short)
        .attr("aria-label", &fill(a.note_of, &[id.as_str()]))
        .id(&format!("desk-appraise-note-{id}"))
        .test_id(&format!("desk-appraise-note-{id}"))
        .value(said.note.clone())
        .on_value("input", remark);
    html::div().class("desk__opinion").child(select).child(note)
}

/// What the superior's verdicts make of the numbers.
fn results(own: &Rc<Appraised>) -> impl Fn() -> Vec<El> + 'static {
    let verdicts = {
        let draft = own.draft.clone();
        memo(move || {
            draft.with(|draft| {
                let items = draft.opinion.items.iter();
                let items = items.filter_map(|(id, said)| Some((id.clone(), said.verdict?)));
                items.collect::<Vec<(Id, AnswerVerdict)>>()
            })
        })
    };
    bind(&(own.clone(), verdicts), |(own, verdicts)| {
        let (page, a) = (&own.page, own.page.a);
        let verdicts = verdicts.get();
        let said = verdicts.iter().map(|(id, verdict)| (id, *verdict));
        let appraised = Results::with(&own.pack, own.submission.assessment(), said);
        let mut all = vec![html::h4().text(a.results)];
        let whole = |results: &Results| {
            let (sign, words) = wording::form_verdict(page.t, results.verdict);
            let points = results.points.as_ref();
            let points =
                points.and_then(|points| wording::points_of(page.t, page.lang, &own.pack, points));
            format!("{sign} {words}. {}", points.unwrap_or_default()).trim_end().to_owned()
        };
        all.push(html::p().as_is().text(&fill(a.self_said, &[&whole(&own.own)])));
        if appraised == own.own {
            all.push(html::p().text(a.same));
            return all;
        }
        all.push(html::p().as_is().text(&fill(a.appraised, &[&whole(&appraised)])));
        let both = own.own.criteria.iter().zip(&appraised.criteria).zip(&own.pack.criteria);
        let changed =
            both.filter(|((then, now), _)| then != now).map(|((then, now), criterion)| {
                let words = |own| {
                    let (sign, words) = wording::criterion(page.t, own);
                    format!("{sign} {words}")
                };
                let label = criterion.label.text(page.lang);
                html::li().text(&fill(a.criterion_changes, &[label, &words(*then), &words(*now)]))
            });
        let changed: Vec<El> = changed.collect();
        all.push(match changed.is_empty() {
            true => html::p().text(a.criterion_stays),
            false => html::ul().class("bullets").as_is().children(changed),
        });
        all
    })
}

/// Signs; `is_sure` once a person was asked about what speaks against it.
fn start(own: &Rc<Appraised>, is_sure: bool) {
    let (page, signing) = (&own.page, &own.signing);
    let deed = if is_sure { "appraise-anyway" } else { "appraise" };
    if signing.work.get_untracked() == Work::Busy || page.app.is_again(deed) {
        return;
    }
    let Some(key) = signing.key() else { return signing.fail(page.a.no_key.to_owned()) };
    let opinion = own.draft.get_untracked().opinion;
    // What is missing is told before a key is opened.
    if let Err(error) = opinion.content(&own.pack, &own.submission, str::to_owned) {
        return signing.fail(opinion_error(page, &error));
    }
    let said = opinion.items.iter().filter_map(|(id, said)| Some((id, said.verdict?)));
    let verdict = Results::with(&own.pack, own.submission.assessment(), said).verdict;
    let forms = [(&*own.entry, Some(verdict))];
    let doubts = ask::doubts(page, opinion.decision, &forms, &page.a.doubts);
    if !signing.is_meant((opinion.decision, doubts), is_sure) {
        return;
    }
    let secret = signing.passphrase.typed();
    signing.work.set_if_changed(Work::Busy);
    let own = own.clone();
    spawn_local(async move {
        let (desk, entry) = (own.page.desk.clone(), own.entry.key.clone());
        let about = (own.submission.digest(), opinion);
        match desk::sign(desk, entry, about, key, secret).await {
            Ok(()) => {
                own.signing.passphrase.forget();
                own.signing.work.set_if_changed(Work::Idle);
            }
            Err(fault) => own.signing.fail(opinion_fault(&own.page, &fault)),
        }
    });
}
