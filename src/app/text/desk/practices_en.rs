//! Good practices in English.

use super::Practices;

pub(in crate::app::text) static TEXT: Practices = Practices {
    title: "Good practices",
    say: "Good models that units offer in verified forms. Mark those that are worth spreading and print them as a booklet.",
    gathering: "Collecting good practices from the forms…",
    search: "Search practices, units",
    with_items: "Also in evidence and reasons of items that are met",
    found: "{} practices; {} are marked to be spread.",
    none: "No practice was found that fits.",
    untitled: "Item {}",
    offered: "Good models",
    mark: "Spread",
    remark: "Remark, printed in the booklet",
    more: "Show {} more",
    booklet: "Booklet of good practices",
    booklet_none: "No practice is marked yet.",
    booklet_count: "The booklet has {} marked practices.",
    gone: "{} marked practices are not in the forms shown here and are not printed.",
    print: "Print the booklet",
    copy: "Copy the contents",
    copied: "Copied.",
    not_copied: "The browser does not allow copying; use the print button.",
    printed_at: "Collected on {}, from self-assessments that units signed and sent.",
    unit: "Unit",
    period: "Period",
    item: "Part of the form",
    code: "Check code of the form",
    remark_name: "Remark",
};
