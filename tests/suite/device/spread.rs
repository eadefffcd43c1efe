//! Marks at good practices: kept by their keys, with their remarks, and taken away again.

use bon_tot::store::SpreadRecord;

use super::*;

#[test]
fn marks_are_kept_and_taken_away() {
    let device = device();
    assert!(run(device.spread_marks()).unwrap().is_empty());
    let mark = SpreadRecord { remark: "Nên nhân rộng".into() };
    run(device.mark_spread("a_p0", Some(&mark))).unwrap();
    run(device.mark_spread("b_1.02", Some(&SpreadRecord::default()))).unwrap();
    let marks = run(device.spread_marks()).unwrap();
    assert_eq!(marks.keys().collect::<Vec<_>>(), ["a_p0", "b_1.02"]);
    assert_eq!(marks["a_p0"], mark);
    run(device.mark_spread("b_1.02", None)).unwrap();
    assert_eq!(run(device.spread_marks()).unwrap().len(), 1);

    // What is no record is still a mark.
    run(device.storage().put(Table::Spread, "c_p1", "?")).unwrap();
    assert_eq!(run(device.spread_marks()).unwrap()["c_p1"], SpreadRecord::default());
}
