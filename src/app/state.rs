//! What the whole page shares: language, address, the forms on this device, notices. Pages call
//! its methods; none of them sets a shared signal itself.

use std::rc::Rc;

use gloo_storage::{LocalStorage as Settings, Storage as _};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::browser;
use crate::app::form_state::FormState;
use crate::app::route::Route;
use crate::form::{Assessment, Period};
use crate::json::ReadError;
use crate::pack::catalog::Catalog;
use crate::pack::{Pack, PeriodKind};
use crate::rules::FormVerdict;
use crate::store::{Draft, Kind, MemoryStorage, Storage, StoreError, WebStorage};
use crate::value::{AssessmentId, Date, Instant, Label, Lang};

/// A small setting that may be lost without harm.
const LANG_SETTING: &str = "bon-tot/lang";

/// Where drafts and keys are kept: the browser's storage, or memory where it refuses.
pub enum Keeper {
    /// IndexedDB.
    Web(WebStorage),
    /// Memory, until the page closes.
    Memory(MemoryStorage),
}

impl Storage for Keeper {
    async fn list(&self, kind: Kind) -> Result<Vec<(String, String)>, StoreError> {
        match self {
            Keeper::Web(storage) => storage.list(kind).await,
            Keeper::Memory(storage) => storage.list(kind).await,
        }
    }

    async fn get(&self, kind: Kind, key: &str) -> Result<Option<String>, StoreError> {
        match self {
            Keeper::Web(storage) => storage.get(kind, key).await,
            Keeper::Memory(storage) => storage.get(kind, key).await,
        }
    }

    async fn put(&self, kind: Kind, key: &str, text: &str) -> Result<(), StoreError> {
        match self {
            Keeper::Web(storage) => storage.put(kind, key, text).await,
            Keeper::Memory(storage) => storage.put(kind, key, text).await,
        }
    }

    async fn remove(&self, kind: Kind, key: &str) -> Result<(), StoreError> {
        match self {
            Keeper::Web(storage) => storage.remove(kind, key).await,
            Keeper::Memory(storage) => storage.remove(kind, key).await,
        }
    }
}

/// A form in the list on the first page.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its key on this device.
    pub key: String,
    /// What is known of it; `None` where its data cannot be read.
    pub form: Option<RowForm>,
}

/// What the list tells of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct RowForm {
    /// Name of the unit, perhaps blank.
    pub unit: String,
    /// Title of the pack.
    pub pack: Label,
    /// The period.
    pub period: Period,
    /// When it was last changed.
    pub updated: Instant,
    /// How often it was sealed.
    pub revision: i64,
    /// The verdict now.
    pub verdict: FormVerdict,
}

/// The list of forms.
#[derive(Clone, Debug, PartialEq)]
pub enum Rows {
    /// Not read yet.
    Loading,
    /// All of them, last changed first.
    Ready(Vec<Row>),
}

/// Something to tell, kept as data so that it speaks the language of the page.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// A form was deleted; its text can bring it back.
    Deleted {
        /// Its key.
        key: String,
        /// Its title.
        title: String,
        /// Its draft.
        text: String,
    },
    /// A file was opened.
    Imported(crate::app::import::Imported),
    /// A file was refused.
    Refused {
        /// Its name.
        file: String,
        /// Why.
        why: crate::app::import::Refusal,
    },
    /// A file was handed to the browser.
    Exported,
    /// Storage did not do what it was asked.
    Storage(StoreError),
}

/// The form that is open.
#[derive(Clone, Copy)]
pub enum Slot {
    /// None, or one that is being read.
    Empty,
    /// This one.
    Open(FormState),
    /// It is not on this device, or cannot be read.
    Gone,
}

/// What the whole page shares. A handle: copies are the same state.
#[derive(Clone, Copy)]
pub struct App {
    /// The language of the page.
    pub lang: RwSignal<Lang>,
    /// The page that is shown.
    pub route: RwSignal<Route>,
    /// What is to be told.
    pub notice: RwSignal<Option<Notice>>,
    /// The forms on this device.
    pub rows: RwSignal<Rows>,
    /// The form that is open.
    pub slot: RwSignal<Slot, LocalStorage>,
    /// Why nothing is kept on this device, if so.
    pub storage_warning: RwSignal<Option<StoreError>>,
    shared: StoredValue<Shared, LocalStorage>,
}

#[derive(Clone)]
struct Shared {
    packs: Rc<Catalog>,
    keeper: Rc<Keeper>,
}

impl App {
    /// The state of a page that has just been opened.
    ///
    /// # Errors
    /// A built-in pack cannot be read.
    pub fn new() -> Result<App, ReadError> {
        let lang = match Settings::raw().get_item(LANG_SETTING) {
            Ok(Some(lang)) if lang == "en" => Lang::En,
            _ => Lang::Vi,
        };
        Ok(App {
            lang: RwSignal::new(lang),
            route: RwSignal::new(Route::parse(&browser::fragment())),
            notice: RwSignal::new(None),
            rows: RwSignal::new(Rows::Loading),
            slot: RwSignal::new_local(Slot::Empty),
            storage_warning: RwSignal::new(None),
            shared: StoredValue::new_local(Shared {
                packs: Rc::new(Catalog::built_in()?),
                keeper: Rc::new(Keeper::Web(WebStorage::default())),
            }),
        })
    }

    /// Follows the address, and shows the page that it names.
    pub fn listen(self) {
        browser::on("hashchange", false, move || {
            self.route.set(Route::parse(&browser::fragment()));
            self.show();
        });
        self.show();
    }

    /// The packs that are known here.
    pub fn packs(self) -> Rc<Catalog> {
        self.shared.with_value(|shared| shared.packs.clone())
    }

    /// Where drafts and keys are kept.
    pub fn keeper(self) -> Rc<Keeper> {
        self.shared.with_value(|shared| shared.keeper.clone())
    }

    /// Changes the language.
    pub fn speak(self, lang: Lang) {
        self.lang.set(lang);
        let word = if lang == Lang::En { "en" } else { "vi" };
        // A setting that cannot be kept is asked for again next time; nothing else depends on it.
        if let Err(error) = Settings::raw().set_item(LANG_SETTING, word) {
            browser::report(&error);
        }
    }

    /// Tells something.
    pub fn tell(self, notice: Notice) {
        self.notice.set(Some(notice));
    }

    fn show(self) {
        self.slot.set(Slot::Empty);
        match self.route.get_untracked() {
            Route::Home => spawn_local(self.read_rows()),
            Route::Form(id) => spawn_local(self.open_form(id)),
            Route::Unknown => {}
        }
    }

    /// Goes on in memory where the browser refuses to keep data.
    fn fall_back(self, error: StoreError) {
        let memory = Rc::new(Keeper::Memory(MemoryStorage::default()));
        self.shared.update_value(|shared| shared.keeper = memory);
        self.storage_warning.set(Some(error));
    }

    async fn read_rows(self) {
        let records = match self.keeper().list(Kind::Drafts).await {
            Ok(records) => records,
            Err(error) => {
                self.fall_back(error);
                Vec::new()
            }
        };
        let packs = self.packs();
        let mut rows: Vec<Row> = records
            .into_iter()
            .map(|(key, text)| Row {
                form: row_form(&packs, &text),
                key,
            })
            .collect();
        rows.sort_by_key(|row| std::cmp::Reverse(row.form.as_ref().map(|form| form.updated)));
        self.rows.set(Rows::Ready(rows));
    }

    async fn open_form(self, id: AssessmentId) {
        let draft = match self.keeper().get(Kind::Drafts, id.as_str()).await {
            Ok(text) => text.and_then(|text| Draft::from_text(&text).ok()),
            Err(error) => {
                self.fall_back(error);
                None
            }
        };
        let packs = self.packs();
        let opened = draft.and_then(|draft| Some((draft.open(&packs).ok()?, draft)));
        // The person may have gone elsewhere meanwhile.
        if self.route.get_untracked() == Route::Form(id) {
            self.slot.set(match opened {
                Some((session, draft)) => Slot::Open(FormState::new(self, session, draft)),
                None => Slot::Gone,
            });
        }
    }

    /// Makes an empty form of a pack and opens it.
    pub fn new_form(self, pack_id: String) {
        spawn_local(async move {
            let packs = self.packs();
            let pack = packs
                .packs()
                .iter()
                .find(|pack| pack.id.as_str() == pack_id);
            let made = pack.zip(browser::entropy()).and_then(|(pack, bits)| {
                let id = AssessmentId::from_bits(bits);
                Assessment::blank(pack, id, usual_period(pack), browser::now())
            });
            match made {
                Some(form) => self.keep_and_open(Draft::new(form)).await,
                None => self.tell(Notice::Storage(StoreError::Failed("crypto".into()))),
            }
        });
    }

    /// Keeps a draft and goes to its page.
    pub async fn keep_and_open(self, draft: Draft) {
        let id = draft.form.id.clone();
        if let Err(error) = self
            .keeper()
            .put(Kind::Drafts, id.as_str(), &draft.to_text())
            .await
        {
            self.fall_back(error);
            if let Err(error) = self
                .keeper()
                .put(Kind::Drafts, id.as_str(), &draft.to_text())
                .await
            {
                return self.tell(Notice::Storage(error));
            }
        }
        browser::go(&Route::form(&id));
    }

    /// Deletes a form; the notice can bring it back.
    pub fn delete(self, key: String, title: String) {
        spawn_local(async move {
            let keeper = self.keeper();
            let removed = match keeper.get(Kind::Drafts, &key).await {
                Ok(Some(text)) => keeper.remove(Kind::Drafts, &key).await.map(|()| text),
                Ok(None) => return self.read_rows().await,
                Err(error) => Err(error),
            };
            match removed {
                Ok(text) => self.tell(Notice::Deleted { key, title, text }),
                Err(error) => self.tell(Notice::Storage(error)),
            }
            self.read_rows().await;
        });
    }

    /// Brings a deleted form back.
    pub fn restore(self, key: String, text: String) {
        spawn_local(async move {
            match self.keeper().put(Kind::Drafts, &key, &text).await {
                Ok(()) => self.notice.set(None),
                Err(error) => self.tell(Notice::Storage(error)),
            }
            self.read_rows().await;
        });
    }

    /// Saves the data of a form that cannot be read to a file, as it is.
    pub fn save_raw(self, key: String) {
        spawn_local(async move {
            match self.keeper().get(Kind::Drafts, &key).await {
                Ok(text) => {
                    self.save_file(&format!("bontot_{key}.json"), &text.unwrap_or_default())
                }
                Err(error) => self.tell(Notice::Storage(error)),
            }
        });
    }

    /// Hands a file to the browser, and says so.
    pub fn save_file(self, name: &str, text: &str) {
        match browser::download(name, text) {
            Ok(()) => self.tell(Notice::Exported),
            Err(error) => {
                browser::report(&error);
                self.tell(Notice::Storage(StoreError::Failed("download".into())));
            }
        }
    }
}

fn row_form(packs: &Catalog, text: &str) -> Option<RowForm> {
    let draft = Draft::from_text(text).ok()?;
    let session = draft.open(packs).ok()?;
    let form = session.form();
    Some(RowForm {
        unit: form.unit.name.clone(),
        pack: session.pack().title.clone(),
        period: form.period,
        updated: form.updated,
        revision: form.revision,
        verdict: session.verdict(),
    })
}

/// The period that a new form most likely covers: this year, or this month where the pack is for
/// months.
fn usual_period(pack: &Pack) -> Period {
    let today = browser::today();
    let (year, month, _) = today.parts();
    let kind = if pack.periods.contains(&PeriodKind::Year) {
        PeriodKind::Year
    } else {
        pack.periods.first().copied().unwrap_or(PeriodKind::Year)
    };
    period_of(kind, year, month).unwrap_or(Period {
        kind,
        from: today,
        to: today,
    })
}

/// The period of a kind in which a month lies; school years begin in September.
pub fn period_of(kind: PeriodKind, year: u16, month: u8) -> Option<Period> {
    let span = |from: (u16, u8), to: (u16, u8)| {
        Some((Date::new(from.0, from.1, 1)?, Date::month_end(to.0, to.1)?))
    };
    let (from, to) = match kind {
        PeriodKind::Month => span((year, month), (year, month)),
        PeriodKind::Quarter => {
            let first = (month - 1) / 3 * 3 + 1;
            span((year, first), (year, first + 2))
        }
        PeriodKind::HalfYear if month <= 6 => span((year, 1), (year, 6)),
        PeriodKind::HalfYear => span((year, 7), (year, 12)),
        PeriodKind::Year => span((year, 1), (year, 12)),
        PeriodKind::SchoolYear if month >= 9 => span((year, 9), (year + 1, 5)),
        PeriodKind::SchoolYear => span((year - 1, 9), (year, 5)),
        PeriodKind::Pilot => span((2024, 1), (2026, 12)),
    }?;
    Some(Period { kind, from, to })
}
