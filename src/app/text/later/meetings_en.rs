//! What is said of monthly meeting sheets beside a form of a longer period, in English.

use super::Meetings;

pub(in crate::app::text) static TEXT: Meetings = Meetings {
    title: "Meeting sheets of the period",
    reading: "Looking at the meeting sheets on this device…",
    no_unit: "Enter the name of the unit above, to find its meeting sheets on this device.",
    none: "There is no meeting sheet of the unit in this period on this device. With sheets, their numbers are proposed here.",
    calendar: "Calendar of meetings: {} of {} months have a sheet that counts",
    calendar_say: "Only sheets made on this device count, of a unit of the same name and level. A sheet that is not complete does not count yet.",
    col_month: "Month",
    col_sheets: "Meeting sheet",
    // the states of a month, in the order of the calendar's states
    states: [
        "– no sheet",
        "◔ a sheet that is not complete, not counted yet",
        "✓ one complete sheet, counted",
        "✗ several complete sheets, none counted: keep only one for this month",
    ],
    sheet_done: "Open the complete sheet, changed {}",
    sheet_open: "Open the sheet that is not complete, changed {}",
    proposed: "Proposed from meeting sheets: {}",
    proposed_say: "No number is entered by itself. Look at each, then take it.",
    each: "Look at each number and take it ({})",
    replaces: "Numbers that differ from what is entered: {}. Taking them replaces what is entered.",
    nothing: "Nothing is left to take from the meeting sheets.",
    months: "months {}",
    line: "{}: {} ({}: {})",
    line_instead: "{}: {} is entered, by the meeting sheets it is {} ({}: {})",
    take: "Take {}",
    take_named: "Take {}: {}",
    take_all: "Take all numbers ({})",
    took: "Taken: {}. “Undo” takes it back.",
    took_all: "Numbers taken in one step: {}. “Undo” takes them back.",
};
