//! What the page's worker says of a pack.

use bon_tot::desk::register::{Reply, Task};
use bon_tot::kit::{Advice, Told};
use bon_tot::pack::catalog::{BUILT_IN, Catalog};
use bon_tot::workers::sheets::SheetWork;

#[test]
fn it_tells_what_is_found_here() {
    let mut work = SheetWork::new(Catalog::built_in().unwrap(), str::to_owned);
    for pack in BUILT_IN {
        let task = Task::Advise(pack.text.to_owned());
        let task = Task::from_bytes(&task.to_bytes().unwrap()).unwrap();
        let (reply, told) = work.answer(&task, Vec::new()).unwrap();
        assert_eq!(reply, Reply::Done);
        let told = Told::from_text(&told.unwrap()).unwrap();
        assert_eq!(told, Told::of(&pack.read().unwrap()), "{}", pack.id);
        assert!(told.warnings.is_empty() && !told.samples.is_empty(), "{}", pack.id);
    }
}

#[test]
fn a_pack_with_a_choice_that_costs_is_told_so_and_one_that_cannot_be_read_is_refused() {
    let mut work = SheetWork::new(Catalog::built_in().unwrap(), str::to_owned);
    let base = include_str!("planted/base.json");
    let (_, told) = work.answer(&Task::Advise(base.to_owned()), Vec::new()).unwrap();
    let told = Told::from_text(&told.unwrap()).unwrap();
    let is_it = |told: &Told| {
        told.advice.iter().any(|own| matches!(own.what, Advice::EveryCriterion { criteria: 2 }))
    };
    assert!(is_it(&told));
    let easier = base.replace(r#""criteria_required": 2"#, r#""criteria_required": 1"#);
    let (_, told) = work.answer(&Task::Advise(easier), Vec::new()).unwrap();
    assert!(!is_it(&Told::from_text(&told.unwrap()).unwrap()));
    let (reply, told) = work.answer(&Task::Advise("{}".to_owned()), Vec::new()).unwrap();
    assert!(matches!(reply, Reply::Failed(_)) && told.is_none());
}
