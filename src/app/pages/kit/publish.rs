//! Publishing a pack that has no errors: its version, its author, the key that signs it, and the file.

use std::rc::Rc;

use leptos::prelude::*;
use send_wrapper::SendWrapper;

use super::codes;
use super::page::{Editor, control_id};
use crate::app::actions::kit as actions;
use crate::app::actions::link::address_of_pack;
use crate::app::host::{self, spawn_local};
use crate::app::pages::bind::{bind, bind_with};
use crate::app::pages::form::{is_open, key_choice};
use crate::app::pages::notices::why_refused;
use crate::app::pages::passphrase::{Passphrase, key_error};
use crate::app::parts::{
    self, El, button, hint, html, link_button, named_button, problem, quiet_button,
};
use crate::app::state::kit::{PublishProgress, Publishing};
use crate::app::state::notice::Notice;
use crate::app::state::route::KEYS;
use crate::app::state::signals::SetIfChanged;
use crate::app::text::fill;
use crate::device::PublishError;
use crate::kit::next_version;
use crate::pack::Pack;
use crate::seal::PackFile;
use crate::store::KeyRecord;
use crate::value::{check_code, is_blank};

/// What the parts of the panel share.
#[derive(Clone)]
struct Panel {
    e: Editor,
    own: Publishing,
    kept: ArcRwSignal<Option<Vec<KeyRecord>>>,
    chosen: ArcRwSignal<String>,
    passphrase: Rc<Passphrase>,
    is_copied: ArcRwSignal<bool>,
}

pub(super) fn view(e: &Editor) -> Vec<El> {
    let panel = Panel {
        e: e.clone(),
        own: e.open.publishing.clone(),
        kept: ArcRwSignal::new(None),
        chosen: ArcRwSignal::new(String::new()),
        passphrase: Rc::default(),
        is_copied: ArcRwSignal::new(false),
    };
    spawn_local(read_keys(panel.clone()));
    // What is told is of this version; of another one nothing was told yet.
    if let PublishProgress::Done(file) = panel.own.progress.get_untracked()
        && file.pack.version.as_str() != e.text("/version")
    {
        panel.own.progress.set(PublishProgress::Idle);
        panel.own.link.set(None);
    }
    // Codes are shown where they were asked for.
    e.open.coded.set(None);
    let coded = SendWrapper::new(e.open.coded.clone());
    on_cleanup(move || coded.set(None));
    vec![
        html::p().text(e.page.k.publish_say),
        html::div().live(bind(&panel, Panel::body)),
        html::div().attr("role", "status").live(bind(&panel, Panel::told)),
        html::div().live(bind(&panel, Panel::sharing)),
        html::div().live(bind(&panel, Panel::handing)),
        html::div().live(bind(&panel, Panel::releases)),
        html::p().class("row").child(save_draft(e)),
    ]
}

/// The button that saves what is written, as it is.
fn save_draft(e: &Editor) -> El {
    let save = bind(e, |e: &Editor| e.page.kit.save_draft(&e.open));
    quiet_button("quiet", e.page.k.save_draft, save).test_id("kit-save-draft")
}

async fn read_keys(panel: Panel) {
    let app = panel.e.page.app;
    match app.device.usable_keys().await {
        Ok(kept) => {
            let open = app.state.open_key.get_untracked();
            let usual = kept.iter().find(|key| key.kid == open).or(kept.first());
            let usual = usual.map(|key| key.kid.clone()).unwrap_or_default();
            panel.chosen.set_if_changed(usual);
            panel.kept.set(Some(kept));
        }
        Err(error) => app.tell(Notice::Storage(error)),
    }
}

impl Panel {
    fn body(&self) -> Vec<El> {
        let reviewed = self.e.open.reviewed.get();
        let Some(pack) = reviewed.pack.as_ref().filter(|_| reviewed.is_sound()) else {
            return vec![problem(self.e.page.k.publish_not).test_id("kit-publish-not")];
        };
        untrack(|| self.is_published(pack)).unwrap_or_else(|| self.fields())
    }

    /// What is said of a version that is published: another content needs another version.
    fn is_published(&self, pack: &Pack) -> Option<Vec<El>> {
        let (k, packs) = (self.e.page.k, self.e.page.app.device.packs());
        // Also where it is that one, whose digest is not known here.
        packs.namesake(pack)?;
        let version = pack.version.to_string();
        let next = next_version(&version, true)?;
        let words = fill(k.publish_next, &[&next]);
        let set = bind(&self.e, move |e: &Editor| {
            let next = next.clone();
            e.change(|document| document.set("/version", Some(next.into())));
            host::focus_soon("kit-part-title");
        });
        Some(vec![
            html::p().test_id("kit-publish-here").text(&fill(k.publish_here, &[&version])),
            html::p().class("row").child(quiet_button("quiet", &words, set).test_id("kit-next")),
        ])
    }

    /// The name of the issuer: what was typed, or else what the pack says.
    fn author(&self) -> String {
        self.own.author.get_untracked().unwrap_or_else(|| self.e.text("/issuer/vi"))
    }

    fn fields(&self) -> Vec<El> {
        let k = self.e.page.k;
        let set_author = bind_with(&self.own, |own: &Publishing, text: String| {
            own.author.set(Some(text));
        });
        let set_note = bind_with(&self.own, |own: &Publishing, text: String| own.note.set(text));
        let note = self.own.note.get_untracked();
        vec![
            parts::text_input("kit-author", k.author, self.author(), set_author),
            parts::lines("kit-news", k.news, note, set_note),
            html::div().live(bind(self, Panel::keys)),
        ]
    }

    fn keys(&self) -> Vec<El> {
        let (k, t) = (self.e.page.k, self.e.page.t);
        match self.kept.get() {
            None => Vec::new(),
            Some(kept) if kept.is_empty() => vec![
                problem(k.no_keys),
                html::p().class("row").child(link_button("quiet", k.keys, KEYS)),
            ],
            Some(kept) => vec![
                key_choice("kit-key", t, &kept, &self.chosen, None),
                html::div().live(bind(self, Panel::secret)),
                html::p()
                    .class("row")
                    .child(button(k.publish_go, bind(self, Panel::start)).test_id("kit-publish")),
            ],
        }
    }

    /// The passphrase of the chosen key; none while it is open.
    fn secret(&self) -> Vec<El> {
        let (app, t) = (self.e.page.app, self.e.page.t);
        if app.state.open_key.get() == self.chosen.get() {
            vec![is_open(app, t)]
        } else {
            self.passphrase.field(t, "kit-passphrase", t.later().passphrase)
        }
    }

    fn start(&self) {
        let progress = &self.own.progress;
        let is_busy = progress.get_untracked() == PublishProgress::Busy;
        if is_busy || self.e.page.app.is_again("publish") {
            return;
        }
        let author = self.author();
        if is_blank(&author) {
            progress.set(PublishProgress::NoAuthor);
            return host::focus_soon("kit-author");
        }
        let chosen = self.chosen.get_untracked();
        let kept = self.kept.get_untracked().into_iter().flatten();
        let Some(key) = kept.into_iter().find(|key| key.kid == chosen) else { return };
        progress.set(PublishProgress::Busy);
        spawn_local(self.clone().finish(author, key));
    }

    async fn finish(self, author: String, key: KeyRecord) {
        let (kit, open) = (self.e.page.kit.clone(), self.e.open.clone());
        let words = (author, self.own.note.get_untracked());
        let done = actions::publish(kit, open, words, key, self.passphrase.typed()).await;
        self.own.progress.set(match done {
            Ok(file) => {
                self.passphrase.forget();
                self.e.page.kit.save_published(&file);
                let (own, link) = (file.clone(), self.own.link.clone());
                spawn_local(async move { link.set(Some(address_of_pack(&own).await)) });
                PublishProgress::Done(Rc::new(file))
            }
            Err(error) => PublishProgress::Failed(error),
        });
    }

    /// The link; a long pack goes by file only.
    fn sharing(&self) -> Vec<El> {
        let (k, t) = (self.e.page.k, self.e.page.t);
        let Some(link) = self.own.link.get() else { return Vec::new() };
        let Some(link) = link else { return vec![hint(k.link_long).test_id("kit-link-long")] };
        let url = html::input()
            .attr("type", "text")
            .attr("readonly", "")
            .id("kit-link")
            .test_id("kit-link")
            .value(link.clone());
        let own = link.clone();
        let copy = bind(self, move |panel: &Panel| {
            let (own, copied) = (own.clone(), panel.is_copied.clone());
            spawn_local(async move {
                if host::copy("kit-link", &own).await {
                    copied.set_if_changed(true);
                }
            });
        });
        let told = bind(self, move |panel: &Panel| {
            if panel.is_copied.get() { t.later().share_copied } else { "" }.to_owned()
        });
        vec![
            parts::labelled("kit-link", k.link).child(url),
            html::p()
                .class("row")
                .child(quiet_button("quiet", t.later().share_copy, copy).test_id("kit-link-copy"))
                .child(html::span().attr("role", "status").text_live(told)),
        ]
    }

    /// The file of what was published, now or before.
    fn handed(&self) -> Option<Rc<PackFile>> {
        match self.own.progress.get() {
            PublishProgress::Done(file) => Some(file),
            _ => self.known(),
        }
    }

    /// What was published, now or before: its file once more, and its codes for those who have neither file nor link.
    fn handing(&self) -> Vec<El> {
        let Some(file) = self.handed() else { return Vec::new() };
        let own = file.clone();
        let save = bind(&self.e, move |e: &Editor| e.page.kit.save_published(&own));
        let save = quiet_button("quiet", self.e.page.k.publish_save, save);
        let mut all = vec![html::p().class("row").child(save.test_id("kit-publish-save"))];
        all.extend(codes::view(&self.e, &file));
        all
    }

    /// The other versions of this pack that were published and are here, each with its file.
    fn releases(&self) -> Vec<El> {
        let (k, device) = (self.e.page.k, &self.e.page.app.device);
        let now = self.handed();
        let id = self.e.text("/id");
        let packs = device.packs();
        let all = packs.all().filter(|pack| pack.id.as_str() == id);
        let all = all.filter(|pack| now.as_ref().is_none_or(|now| now.pack.digest != pack.digest));
        let rows: Vec<El> = all
            .filter_map(|pack| {
                let file = Rc::new(device.pack_file(&pack.digest)?);
                let name = fill(k.release, &[pack.version.as_str(), &check_code(&pack.digest)]);
                let save = bind(&self.e, move |e: &Editor| e.page.kit.save_published(&file));
                let save = named_button(k.publish_save, &name, save);
                Some(
                    html::li()
                        .child(html::p().text(&name))
                        .child(html::p().class("row").child(save)),
                )
            })
            .collect();
        if rows.is_empty() {
            return Vec::new();
        }
        vec![
            html::h3().text(k.releases),
            html::ul().class("list").test_id("kit-releases").children(rows),
        ]
    }

    /// The file of this version, where it is here.
    fn known(&self) -> Option<Rc<PackFile>> {
        let reviewed = self.e.open.reviewed.get();
        let device = &self.e.page.app.device;
        let digest = device.packs().namesake(reviewed.pack.as_ref()?)?.digest;
        device.pack_file(&digest).map(Rc::new)
    }

    fn told(&self) -> Vec<El> {
        let k = self.e.page.k;
        let refused = |words: &str| vec![problem(words).test_id("kit-publish-error")];
        match self.own.progress.get() {
            PublishProgress::Idle => Vec::new(),
            PublishProgress::Busy => vec![html::p().text(k.publishing)],
            PublishProgress::NoAuthor => refused(k.author_lacks),
            PublishProgress::Failed(PublishError::Key(error)) => {
                refused(&key_error(self.e.page.t, &error))
            }
            PublishProgress::Failed(PublishError::Refused(error)) => {
                refused(&why_refused(self.e.page.t, &error))
            }
            PublishProgress::Done(file) => {
                let pack = &file.pack;
                let title = pack.title.text(self.e.page.lang);
                let code = check_code(&pack.digest);
                let words = fill(k.published, &[title, &pack.version.to_string(), &code]);
                vec![html::p().id(&control_id("/published")).test_id("kit-published").text(&words)]
            }
        }
    }
}
