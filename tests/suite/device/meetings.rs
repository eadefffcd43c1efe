//! The monthly sheets that are filled in on a device.

use bon_tot::session::EntryField;

use super::*;

const SHEET: &str = "sinh-hoat-hd42";

fn ids(device: &TestDevice) -> Vec<AssessmentId> {
    let mut ids: Vec<_> = run(device.monthly_sheets())
        .unwrap()
        .into_iter()
        .map(|(form, pack)| {
            assert_eq!(form.pack.digest, pack.digest);
            form.id
        })
        .collect();
    ids.sort();
    ids
}

#[test]
fn own_forms_of_a_month_are_sheets() {
    let device = device();
    let [first, second] = [(); 2].map(|()| device.new_form(SHEET).unwrap());
    put(&device, &first);
    put(&device, &second);
    // A form of a year, one of another unit that is only looked at, and one of an unknown pack.
    put(&device, &device.new_form("nghe-an-2024").unwrap());
    let received = Draft { received: true, ..device.new_form(SHEET).unwrap() };
    put(&device, &received);
    let mut unknown = device.new_form(SHEET).unwrap();
    unknown.form.pack.digest = tiny().digest;
    put(&device, &unknown);
    // One whose month nobody can tell.
    let unread = device.new_form(SHEET).unwrap();
    let mut session = device.open_draft(&unread).unwrap();
    session.enter(EntryField::PeriodFrom, "thang 3");
    run(device.put_draft_text(&unread.form.id, &unread.text_with(&session))).unwrap();
    run(device.storage().put(Table::Drafts, "0000000000000000000000000Z", "{}")).unwrap();

    let mut own = vec![first.form.id, second.form.id];
    own.sort();
    assert_eq!(ids(&device), own);
    run(device.make_own(&received.form.id)).unwrap();
    assert_eq!(ids(&device).len(), 3);
    device.storage().fail_once(0, StoreError::Unavailable);
    assert_eq!(run(device.monthly_sheets()).err(), Some(StoreError::Unavailable));
}
