//! Good practices in received forms: what units offer for spreading, and what they say of items that they meet.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::form::Period;
use crate::pack::catalog::Catalog;
use crate::rules::{Evaluation, Verdict};
use crate::seal::Submission;
use crate::value::{Id, Version, is_blank, order_key, search_key};

/// A good practice with its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodPractice {
    /// The same for the same practice of the same signed content: its digest, and its place in the form.
    pub key: String,
    /// What it is called; nothing where it is said of an item.
    pub title: String,
    /// What is done and what came of it.
    pub text: String,
    /// The item that it is about; `None` where the unit offers it for spreading.
    pub item: Option<Id>,
    /// The form that it stands in.
    pub source: Source,
}

/// The form that a practice stands in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The name of the unit.
    pub unit: String,
    /// The organisation that the unit belongs to.
    pub parent: String,
    /// The period.
    pub period: Period,
    /// The id of the pack.
    pub pack: Id,
    /// Its version.
    pub version: Version,
    /// The check code of the signed content.
    pub check_code: String,
}

/// One that was found.
struct Found {
    practice: GoodPractice,
    search: String,
    order: (String, Period),
}

/// The good practices of received forms, by unit and period.
#[derive(Default)]
pub struct Practices {
    found: Vec<Found>,
}

/// The practices of a form; with what it says of items that it meets too, where a pack is known to say so.
fn practices_of(submission: &Submission, packs: &Catalog, with_items: bool) -> Vec<GoodPractice> {
    let form = submission.assessment();
    let digest = submission.digest();
    let source = Source {
        unit: form.unit.name.clone(),
        parent: form.unit.parent.clone(),
        period: form.period,
        pack: form.pack.id.clone(),
        version: form.pack.version.clone(),
        check_code: submission.check_code(),
    };
    let one = |place: &str, title: &str, text: String, item: Option<&Id>| GoodPractice {
        key: format!("{digest}_{place}"),
        title: title.to_owned(),
        text,
        item: item.cloned(),
        source: source.clone(),
    };
    let offered = form.practices.iter().enumerate().filter(|(_, own)| {
        let texts = [&own.title, &own.text];
        texts.iter().any(|text| !is_blank(text))
    });
    let mut all: Vec<GoodPractice> = offered
        .map(|(place, own)| one(&format!("p{place}"), &own.title, own.text.clone(), None))
        .collect();
    let pack = packs.by_digest(&form.pack.digest).filter(|_| with_items);
    let Some(pack) = pack else { return all };
    let evaluation = Evaluation::of(pack, form);
    for (index, item) in pack.items.iter().enumerate() {
        let is_met = evaluation.item(index).is_some_and(|own| own.verdict == Verdict::Met);
        let answer = form.items.get(&item.id).filter(|_| is_met);
        let texts = answer.iter().flat_map(|answer| [&answer.reason, &answer.evidence]);
        let texts: Vec<&str> = texts.map(String::as_str).filter(|text| !is_blank(text)).collect();
        if !texts.is_empty() {
            all.push(one(item.id.as_str(), "", texts.join("\n"), Some(&item.id)));
        }
    }
    all
}

impl Practices {
    /// Takes in the texts of files; what is no form has none.
    pub fn take<'a>(
        &mut self,
        texts: impl IntoIterator<Item = &'a str>,
        packs: &Catalog,
        with_items: bool,
    ) {
        for text in texts {
            let Ok(submission) = Submission::from_bytes(text.as_bytes()) else { continue };
            let all = practices_of(&submission, packs, with_items);
            if all.is_empty() {
                continue;
            }
            let unit = order_key(&submission.assessment().unit.name);
            for practice in all {
                let source = &practice.source;
                let words = [&practice.title, &practice.text, &source.unit, &source.parent]
                    .map(String::as_str);
                let search = search_key(&words.join(" "));
                let order = (unit.clone(), source.period);
                self.found.push(Found { practice, search, order });
            }
        }
    }

    /// Puts them in order, once all are taken in: what units offer before what they say of items, then by unit and period.
    pub fn arrange(&mut self) {
        self.found.sort_by(|a, b| {
            let rank = |own: &Found| own.practice.item.is_some();
            rank(a).cmp(&rank(b)).then_with(|| a.order.cmp(&b.order))
        });
        // A file may have been received twice.
        let mut keys = BTreeSet::new();
        self.found.retain(|own| keys.insert(own.practice.key.clone()));
    }

    /// How many a search finds, without marks and tones, and up to so many of them from this one on.
    pub fn find(&self, search: &str, from: usize, most: usize) -> (usize, Vec<GoodPractice>) {
        let search = search_key(search);
        let fits = || self.found.iter().filter(|own| own.search.contains(&search));
        let some = fits().skip(from).take(most).map(|own| own.practice.clone());
        (fits().count(), some.collect())
    }

    /// Those with these keys, in order.
    pub fn with_keys(&self, keys: &[String]) -> Vec<GoodPractice> {
        let own = self.found.iter().filter(|own| keys.contains(&own.practice.key));
        own.map(|own| own.practice.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{Answer, AnswerVerdict, Assessment, Practice};
    use crate::pack::catalog::by_id;
    use crate::seal::{SecretKey, seal};
    use crate::value::{AssessmentId, Date, Instant};

    /// A form of a unit that offers these practices and meets the items of the list.
    fn file(unit: &str, practices: &[(&str, &str)], met: &[(&str, &str)]) -> String {
        let pack = by_id("nghe-an-2024").unwrap().read().unwrap();
        let day = |text| Date::parse(text).unwrap();
        let period =
            Period { kind: pack.periods[0], from: day("2026-01-01"), to: day("2026-12-31") };
        let now = Instant::from_unix(1_795_000_000);
        let id = AssessmentId::from_bits([unit.len() as u8; 16]);
        let mut form = Assessment::blank(&pack, id, period, now).unwrap();
        form.unit.name = unit.to_owned();
        form.practices = practices
            .iter()
            .map(|(title, text)| Practice { title: (*title).into(), text: (*text).into() })
            .collect();
        for (item, evidence) in met {
            let answer = Answer {
                verdict: Some(AnswerVerdict::Met),
                evidence: (*evidence).into(),
                ..Answer::default()
            };
            form.items.insert(Id::new(item).unwrap(), answer);
        }
        seal(&pack, &form, &SecretKey::from_seed(&[3; 32]), now).to_text()
    }

    fn practices(with_items: bool) -> Practices {
        let files = [
            file("Chi bộ xóm Đông", &[("Tổ tự quản", "Giữ gìn đường làng"), (" ", "")], &[]),
            file("Chi bộ Ấp An", &[("Nhóm đọc sách", "")], &[("1.02", "Kế hoạch số 7")]),
        ];
        let packs = Catalog::built_in().unwrap();
        let mut all = Practices::default();
        // One of them was received twice, and a text is none.
        let texts = [&files[0], &files[1], &files[0]].map(String::as_str);
        all.take(texts.into_iter().chain(["{}"]), &packs, with_items);
        all.arrange();
        all
    }

    #[test]
    fn what_units_offer_is_found_once_without_marks_by_unit() {
        let all = practices(false);
        let (count, found) = all.find("", 0, 10);
        assert_eq!(count, 2);
        let titles: Vec<_> = found.iter().map(|own| own.title.as_str()).collect();
        assert_eq!(titles, ["Nhóm đọc sách", "Tổ tự quản"]);
        assert_eq!(found[1].source.unit, "Chi bộ xóm Đông");
        assert!(found.iter().all(|own| own.item.is_none() && !own.source.check_code.is_empty()));
        let found = |search| all.find(search, 0, 10).1;
        assert_eq!(found("duong lang").len(), 1);
        assert_eq!(found("ẤP AN")[0].title, "Nhóm đọc sách");
        assert_eq!(found("không có").len(), 0);
        assert_eq!(all.find("", 1, 1), (2, vec![found("duong lang").remove(0)]));
    }

    #[test]
    fn what_is_said_of_items_that_are_met_comes_behind_where_it_is_wanted() {
        let (count, found) = practices(true).find("", 0, 10);
        assert_eq!(count, 3);
        assert_eq!(found[2].item, Id::new("1.02"));
        assert_eq!((found[2].title.as_str(), found[2].text.as_str()), ("", "Kế hoạch số 7"));
        assert_eq!(practices(true).find("ke hoach so 7", 0, 10).0, 1);
    }

    #[test]
    fn keys_find_them_again() {
        let all = practices(true);
        let keys: Vec<String> = all.find("", 0, 10).1.into_iter().map(|own| own.key).collect();
        let again = practices(true).with_keys(&[keys[2].clone(), keys[0].clone(), "x".into()]);
        let again: Vec<String> = again.into_iter().map(|own| own.key).collect();
        assert_eq!(again, [keys[0].clone(), keys[2].clone()]);
    }
}
