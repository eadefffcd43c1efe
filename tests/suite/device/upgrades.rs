//! A form moves to a newer version of its pack: one item added, one removed, one threshold changed.

use bon_tot::device::OpenError;
use bon_tot::form::{Answer, AnswerVerdict, FieldValue};
use bon_tot::json::from_json;
use bon_tot::rules::{FormVerdict, Verdict};
use bon_tot::session::{ChangedVerdict, Part, Session, SetAside, UpgradeError};
use bon_tot::value::Id;

use super::packs::text;
use super::*;

fn some(text: &str) -> Id {
    Id::new(text).unwrap()
}

/// The version of which item i2 is gone and i3 is new, and where 60 % suffice.
fn newer() -> String {
    let text = text("1.1.0").replace(r#""percent": 85"#, r#""percent": 60"#);
    text.replace(r#""id": "i2""#, r#""id": "i3""#).replace(r#""items": ["i2"]"#, r#""items": []"#)
}

fn filled(device: &TestDevice) -> Draft {
    let mut draft = device.new_form("ban-2026").unwrap();
    let form = &mut draft.form;
    form.unit.name = "Chi bộ".to_owned();
    form.facts.set(some("n"), Some(10));
    let numbers = [("num", FieldValue::Int(7)), ("day", FieldValue::Text("2026-03-01".to_owned()))];
    let mut fields: Vec<_> = numbers.map(|(field, value)| (some(field), value)).to_vec();
    fields.push((some("pick"), FieldValue::Text("x".to_owned())));
    let first = Answer { fields: fields.into_iter().collect(), ..Answer::default() };
    form.items.set(some("i1"), Some(first));
    let second = Answer {
        verdict: Some(AnswerVerdict::Met),
        evidence: "Biên bản".to_owned(),
        ..Answer::default()
    };
    form.items.set(some("i2"), Some(second));
    draft
}

fn opened(device: &TestDevice, draft: &Draft) -> Session {
    device.open_draft(draft).unwrap()
}

#[test]
fn what_is_kept_new_set_aside_and_changed_is_told_and_nothing_is_lost() {
    let device = device();
    open(&device, text("1.0.0")).unwrap();
    let before = filled(&device);
    put(&device, &before);
    open(&device, newer()).unwrap();
    let packs = device.packs();
    let to = packs.newer(&before.form.pack).unwrap();
    let session = opened(&device, &before);
    let upgrade = session.upgrade(to).unwrap();
    assert_eq!(upgrade.kept, [Part::Fact(some("n")), Part::Item(some("i1"))]);
    assert_eq!(upgrade.new, [Part::Item(some("i3"))]);
    let aside = &upgrade.set_aside;
    assert_eq!(aside.pack, before.form.pack);
    assert_eq!(aside.items.get(&some("i2")), before.form.items.get(&some("i2")));
    assert_eq!((aside.items.len(), aside.facts.len()), (1, 0));
    let changed = ChangedVerdict { item: some("i1"), before: Verdict::NotMet, after: Verdict::Met };
    assert_eq!(upgrade.changed, [changed]);
    assert_eq!(upgrade.verdict, (FormVerdict::NotEligible, FormVerdict::Incomplete));

    // Told, it is not done yet; done, the state before is kept, and the answer that was set aside for ever.
    assert_eq!(kept(&device, &before.form.id).as_ref(), Some(&before));
    run(device.record_state(&before)).unwrap();
    let mut after = before.clone();
    after.move_to(upgrade);
    put(&device, &after);
    let found = kept(&device, &before.form.id).unwrap();
    let kept: SetAside = from_json(&found.set_aside[0]).unwrap();
    assert_eq!(kept.items.len(), 1);
    assert_eq!(found.form.pack, to.reference());
    let states = run(device.states(&before.form.id)).unwrap();
    assert_eq!(run(device.read_state(&states[0])).unwrap().as_ref(), Some(&before));
    let back = opened(&device, &before);
    assert_eq!(Draft::of(&back).to_text(), before.to_text());
    // What is set aside is not sealed.
    let key = SecretKey::from_seed(&[3; 32]);
    let sealed = seal(to, &after.form, &key, Instant::from_unix(NOW)).to_text();
    assert!(!sealed.contains("set_aside") && !sealed.contains("Biên bản"));
}

#[test]
fn what_was_sealed_by_the_version_before_still_opens_and_verifies() {
    let device = device();
    open(&device, text("1.0.0")).unwrap();
    let before = filled(&device);
    let key = SecretKey::from_seed(&[3; 32]);
    let old = device.packs().by_digest(&before.form.pack.digest).unwrap().clone();
    let sealed = seal(&old, &before.form, &key, Instant::from_unix(NOW)).to_text();
    let session = opened(&device, &before);
    let link = bon_tot::device::link_of(&session, true, bon_tot::share::Texts::Left).unwrap();
    open(&device, newer()).unwrap();
    let (imported, draft) = import(&device, &sealed);
    assert!(imported.signer.is_some());
    assert_eq!(draft.form.pack.version.as_str(), "1.0.0");
    let opened = device.open_link(&link).unwrap();
    assert_eq!(opened.session.pack().version.as_str(), "1.0.0");
}

#[test]
fn a_form_moves_to_newer_versions_of_its_own_pack_only() {
    let device = device();
    open(&device, text("1.0.0")).unwrap();
    open(&device, newer()).unwrap();
    let new = device.new_form("ban-2026").unwrap();
    let session = opened(&device, &new);
    let packs = device.packs();
    let find = |id: &str, version: &str| {
        let is_it =
            |pack: &&std::rc::Rc<Pack>| pack.id.as_str() == id && pack.version.as_str() == version;
        packs.all().find(is_it).unwrap()
    };
    let refused = |pack| session.upgrade(pack).map(drop);
    assert_eq!(refused(find("ban-2026", "1.0.0")), Err(UpgradeError::NotNewer));
    assert_eq!(refused(find("ban-2026", "1.1.0")), Err(UpgradeError::NotNewer));
    assert_eq!(refused(find("tiny", "1.0.0")), Err(UpgradeError::OtherPack));
    assert!(packs.newer(&new.form.pack).is_none());
}

#[test]
fn a_draft_in_a_file_sets_aside_only_what_can_be_read() {
    let device = device();
    let draft = device.new_form("tiny").unwrap().to_text();
    let file = |aside: &str| draft.replacen('{', &format!(r#"{{"set_aside":[{aside}],"#), 1);
    let pack = serde_json::to_string(&serde_json::json!({
        "id": "tiny", "version": "0.9.0", "digest": tiny().digest.to_string()
    }));
    let whole = format!(r#"{{"pack":{},"facts":{{"n":3}}}}"#, pack.unwrap());
    assert!(device.read_file("a.json", file(&whole).as_bytes()).is_ok());
    let refused = device.read_file("a.json", file(&whole.replace("facts", "fact")).as_bytes());
    let refused = refused.unwrap_err().why;
    assert!(
        matches!(&refused, OpenError::Read(e) if e.pointer.starts_with("/set_aside/0")),
        "{refused:?}"
    );
}
