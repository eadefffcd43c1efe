//! Any text that enters a form can be written, read again, and sealed; and no form is too long for its file.

use std::rc::Rc;

use bon_tot::desk::{Status, TrustList, receive};
use bon_tot::form::{FORM_TEXT_LIMIT, FieldValue, GateAnswer, Practice, TEXT_LIMIT};
use bon_tot::json::FILE_LIMIT;
use bon_tot::pack::catalog::Catalog;
use bon_tot::pack::{FieldKind, Pack};
use bon_tot::seal::{SecretKey, seal};
use bon_tot::session::{EntryField, Session};
use bon_tot::store::{DRAFT_LIMIT, Draft};
use bon_tot::value::Instant;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::{blank, cases};

fn session() -> Session {
    let pack = Catalog::built_in().unwrap().packs()[0].clone();
    let form = blank(&pack);
    Session::open(pack, form).unwrap()
}

const ODD: &[&str] =
    &["\0", "\u{1}", "\u{202e}", "\u{2066}", "\u{feff}", "\u{2028}", "\"", "\\", "\u{fffe}"];

/// What is pasted: of every kind, and of what readers stumble over.
fn text() -> impl Strategy<Value = String> {
    let odd = vec(select(ODD), 0..8).prop_map(|all| all.concat());
    prop_oneof![
        any::<String>(),
        odd,
        (any::<String>(), "[\\PC\\pC]{0,20}").prop_map(|(a, b)| a + &b)
    ]
}

/// Puts the texts, one after the other, wherever a text can be put.
fn enter(session: &mut Session, texts: &[String]) {
    let mut texts = texts.iter().cycle().cloned();
    let mut next = move || texts.next().unwrap();
    let pack: Rc<Pack> = session.pack().clone();
    session.edit_unit(|unit| {
        (unit.name, unit.code) = (next(), next());
        (unit.parent, unit.superior) = (next(), next());
    });
    for item in &pack.items {
        session.set_reason(&item.id, &next());
        session.set_evidence(&item.id, &next());
        for field in &item.fields {
            match field.kind {
                FieldKind::Text => {
                    session.set_field(&item.id, &field.id, Some(FieldValue::Text(next())));
                }
                FieldKind::Integer { .. } | FieldKind::Date => {
                    let field = EntryField::Field(item.id.clone(), field.id.clone());
                    session.enter(field, &next());
                }
                FieldKind::Choice(_) => {}
            }
        }
    }
    for gate in pack.gates.iter().filter(|gate| gate.items.is_empty()) {
        let answer = GateAnswer { open: true, note: next(), ..GateAnswer::default() };
        session.set_gate(&gate.id, Some(answer));
        session.enter(EntryField::GateDate(gate.id.clone()), &next());
    }
    session.edit_practices(|all| all.push(Practice { title: next(), text: next() }));
    session.edit_remarks(|own| {
        (own.strengths, own.limits) = (next(), next());
        (own.causes, own.remedies) = (next(), next());
    });
    session.set_locality(&next());
}

/// The draft of a session, read again. Texts that show nothing are not written.
fn read_again(session: &Session) -> Draft {
    let text = Draft::of(session).to_text();
    let draft = Draft::from_text(&text);
    let mut draft = draft.unwrap_or_else(|error| panic!("{error}"));
    assert!(draft.to_text() == text, "not all of a draft was read");
    // An answer that says nothing comes and goes.
    draft.form.items.retain(|_, answer| !answer.is_empty());
    draft
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn what_enters_is_read_again_and_sealed(texts in vec(text(), 1..12)) {
        let mut session = session();
        enter(&mut session, &texts);
        let draft = read_again(&session);
        prop_assert!(!draft.to_text().contains("\\u0000"));
        let unit = &draft.form.unit;
        for name in [&unit.name, &unit.code, &unit.parent, &unit.superior] {
            prop_assert!(!name.contains(['\u{202e}', '\u{2066}', '\0']), "{name:?}");
        }
        let again = draft.open(&Catalog::built_in().unwrap()).unwrap();
        prop_assert!(read_again(&again) == draft);
        prop_assert_eq!(again.typed(), session.typed());

        let key = SecretKey::from_seed(&[7; 32]);
        let sealed = seal(session.pack(), again.form(), &key, Instant::from_unix(1_795_399_398));
        let packs = Catalog::built_in().unwrap();
        let receipt = receive(sealed.to_text().as_bytes(), &packs, &TrustList::default());
        prop_assert_eq!(receipt.status, Status::UnknownKey);
    }
}

#[test]
fn a_form_full_of_text_fits_its_file_and_its_draft() {
    // Three bytes for one unit, and what is escaped: once in a file, twice in the draft that holds the file.
    for sign in ["ộ", "\"", "\\", "\u{1}", "x"] {
        let mut session = session();
        enter(&mut session, &[sign.repeat(40)]);
        let text = sign.repeat(TEXT_LIMIT);
        while session.form().text_room() >= bon_tot::form::json_size(&text) {
            let practice = Practice { title: String::new(), text: text.clone() };
            session.edit_practices(|all| all.push(practice));
        }
        assert!(session.form().text_room() < FORM_TEXT_LIMIT / 4, "{sign:?}");
        let key = SecretKey::from_seed(&[7; 32]);
        let now = Instant::from_unix(1_795_399_398);
        let sealed = seal(session.pack(), session.form(), &key, now).to_text();
        assert!(sealed.len() < FILE_LIMIT, "{sign:?}: {}", sealed.len());
        let packs = Catalog::built_in().unwrap();
        let receipt = receive(sealed.as_bytes(), &packs, &TrustList::default());
        assert_eq!(receipt.status, Status::UnknownKey, "{sign:?}");
        let mut draft = Draft::of(&session);
        draft.sealed = Some(sealed);
        let text = draft.to_text();
        assert!(text.len() < DRAFT_LIMIT, "{sign:?}: {}", text.len());
        assert!(Draft::from_text(&text).is_ok_and(|draft| draft.to_text() == text), "{sign:?}");
    }
}
