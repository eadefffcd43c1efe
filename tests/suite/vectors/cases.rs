//! The scored cases as data, and how one is replayed: natively by `golden`, in a browser by
//! `tests/browser`, which includes this file too.

use bon_tot::form::{Assessment, check};
use bon_tot::json::{FILE_LIMIT, Json, canonical, from_json, from_slice, to_json};
use bon_tot::pack::{Pack, catalog, lint};
use bon_tot::rules;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    pack: Json,
    assessment: Json,
    outcome: Json,
    plan: Json,
}

/// Replays one case: the outcome and the plan must be the stated ones, byte for byte.
///
/// # Errors
/// What is wrong with the case, or what came out instead.
pub fn replay(text: &str) -> Result<(), String> {
    let case: Case = from_slice(text.as_bytes(), FILE_LIMIT).map_err(|e| e.to_string())?;
    let pack = match &case.pack {
        // A built-in pack, in the version that the form states.
        Json::Text(id) => {
            let known =
                catalog::BUILT_IN.iter().chain(&catalog::EARLIER).filter(|own| own.id == id);
            let stated = case.assessment.get("pack").and_then(|pack| pack.get("digest"));
            let is_stated =
                |pack: &Pack| stated.and_then(Json::as_text) == Some(&pack.digest.to_string());
            let mut packs = known.filter_map(|own| own.read().ok());
            Ok(packs.find(is_stated).ok_or_else(|| format!("no built-in pack {id}"))?)
        }
        inline => Pack::from_json(inline),
    };
    let pack = pack.map_err(|e| format!("pack: {e}"))?;
    if let Some(finding) = lint::errors(&pack).first() {
        return Err(format!("pack: {finding}"));
    }
    let form: Assessment = from_json(&case.assessment).map_err(|e| format!("assessment: {e}"))?;
    if form.pack != pack.reference() {
        return Err(format!("the pack has the digest {}", pack.digest));
    }
    check(&pack, &form).map_err(|e| format!("assessment: {e}"))?;
    same(&case.outcome, &to_json(&rules::outcome(&pack, &form)))?;
    same(&case.plan, &to_json(&rules::plan(&pack, &form)))
}

fn same(stated: &Json, computed: &Json) -> Result<(), String> {
    let (stated, computed) = (canonical(stated), canonical(computed));
    if stated == computed {
        Ok(())
    } else {
        Err(format!("\n  stated   {stated}\n  computed {computed}"))
    }
}

/// Every file of `outcome/v1`: its name without `.json`, and its text.
pub const CASES: &[(&str, &str)] = &[
    (
        "a_band_may_ask_for_full_points_on_an_item",
        include_str!("outcome/v1/a_band_may_ask_for_full_points_on_an_item.json"),
    ),
    (
        "a_criterion_that_is_not_needed_may_stay_open",
        include_str!("outcome/v1/a_criterion_that_is_not_needed_may_stay_open.json"),
    ),
    (
        "a_day_lies_in_the_period_or_not",
        include_str!("outcome/v1/a_day_lies_in_the_period_or_not.json"),
    ),
    (
        "a_fact_of_other_forms_is_neither_asked_nor_used",
        include_str!("outcome/v1/a_fact_of_other_forms_is_neither_asked_nor_used.json"),
    ),
    (
        "a_gate_asks_for_items_that_no_criterion_needs",
        include_str!("outcome/v1/a_gate_asks_for_items_that_no_criterion_needs.json"),
    ),
    (
        "a_gate_on_items_follows_their_verdicts",
        include_str!("outcome/v1/a_gate_on_items_follows_their_verdicts.json"),
    ),
    (
        "a_gate_opens_by_what_happened_and_when",
        include_str!("outcome/v1/a_gate_opens_by_what_happened_and_when.json"),
    ),
    (
        "a_person_overrules_a_rule_only_with_a_reason",
        include_str!("outcome/v1/a_person_overrules_a_rule_only_with_a_reason.json"),
    ),
    (
        "a_required_vote_must_not_be_missing",
        include_str!("outcome/v1/a_required_vote_must_not_be_missing.json"),
    ),
    (
        "a_rule_that_was_overruled_has_no_number_to_change",
        include_str!("outcome/v1/a_rule_that_was_overruled_has_no_number_to_change.json"),
    ),
    (
        "a_share_is_compared_without_division",
        include_str!("outcome/v1/a_share_is_compared_without_division.json"),
    ),
    (
        "a_skip_needs_leave_and_a_reason",
        include_str!("outcome/v1/a_skip_needs_leave_and_a_reason.json"),
    ),
    (
        "a_vote_given_in_part_is_inconsistent",
        include_str!("outcome/v1/a_vote_given_in_part_is_inconsistent.json"),
    ),
    (
        "a_vote_nobody_asked_for_decides_nothing",
        include_str!("outcome/v1/a_vote_nobody_asked_for_decides_nothing.json"),
    ),
    (
        "a_vote_nobody_asked_for_must_be_consistent",
        include_str!("outcome/v1/a_vote_nobody_asked_for_must_be_consistent.json"),
    ),
    (
        "a_vote_with_more_present_than_eligible_is_not_given",
        include_str!("outcome/v1/a_vote_with_more_present_than_eligible_is_not_given.json"),
    ),
    ("a_warning_changes_nothing", include_str!("outcome/v1/a_warning_changes_nothing.json")),
    ("adjustments_are_capped_apart", include_str!("outcome/v1/adjustments_are_capped_apart.json")),
    (
        "adjustments_stop_at_full_marks",
        include_str!("outcome/v1/adjustments_stop_at_full_marks.json"),
    ),
    ("adjustments_stop_at_zero", include_str!("outcome/v1/adjustments_stop_at_zero.json")),
    ("all_met_is_eligible", include_str!("outcome/v1/all_met_is_eligible.json")),
    ("an_open_pending_gate_waits", include_str!("outcome/v1/an_open_pending_gate_waits.json")),
    (
        "an_optional_vote_decides_when_given",
        include_str!("outcome/v1/an_optional_vote_decides_when_given.json"),
    ),
    (
        "an_optional_vote_may_be_missing",
        include_str!("outcome/v1/an_optional_vote_may_be_missing.json"),
    ),
    (
        "an_unmet_item_opens_its_gate_whatever_follows",
        include_str!("outcome/v1/an_unmet_item_opens_its_gate_whatever_follows.json"),
    ),
    ("blank_is_unknown_by_kleene", include_str!("outcome/v1/blank_is_unknown_by_kleene.json")),
    (
        "checks_that_fail_keep_the_form_incomplete",
        include_str!("outcome/v1/checks_that_fail_keep_the_form_incomplete.json"),
    ),
    (
        "expressions_are_whole_numbers",
        include_str!("outcome/v1/expressions_are_whole_numbers.json"),
    ),
    (
        "full_marks_for_what_does_not_apply",
        include_str!("outcome/v1/full_marks_for_what_does_not_apply.json"),
    ),
    (
        "half_of_the_items_are_missing",
        include_str!("outcome/v1/half_of_the_items_are_missing.json"),
    ),
    (
        "half_the_votes_are_not_more_than_half",
        include_str!("outcome/v1/half_the_votes_are_not_more_than_half.json"),
    ),
    (
        "hd12_a_full_sheet_has_100_points",
        include_str!("outcome/v1/hd12_a_full_sheet_has_100_points.json"),
    ),
    (
        "hd12_attendance_of_17_of_20_is_no_good_meeting",
        include_str!("outcome/v1/hd12_attendance_of_17_of_20_is_no_good_meeting.json"),
    ),
    (
        "hd12_more_absent_than_are_due_cannot_be",
        include_str!("outcome/v1/hd12_more_absent_than_are_due_cannot_be.json"),
    ),
    ("hd42_a_fair_meeting", include_str!("outcome/v1/hd42_a_fair_meeting.json")),
    (
        "hd42_best_meeting_is_100_points",
        include_str!("outcome/v1/hd42_best_meeting_is_100_points.json"),
    ),
    ("nghe_an_10_of_11_attend", include_str!("outcome/v1/nghe_an_10_of_11_attend.json")),
    ("nghe_an_17_of_20_attend", include_str!("outcome/v1/nghe_an_17_of_20_attend.json")),
    (
        "nine_each_threshold_is_just_missed",
        include_str!("outcome/v1/nine_each_threshold_is_just_missed.json"),
    ),
    (
        "nine_each_threshold_is_just_reached",
        include_str!("outcome/v1/nine_each_threshold_is_just_reached.json"),
    ),
    (
        "nine_more_cells_than_there_are_cannot_be",
        include_str!("outcome/v1/nine_more_cells_than_there_are_cannot_be.json"),
    ),
    (
        "nothing_answered_is_incomplete",
        include_str!("outcome/v1/nothing_answered_is_incomplete.json"),
    ),
    (
        "nothing_available_has_no_band",
        include_str!("outcome/v1/nothing_available_has_no_band.json"),
    ),
    (
        "parts_of_other_forms_are_left_out",
        include_str!("outcome/v1/parts_of_other_forms_are_left_out.json"),
    ),
    (
        "points_are_rounded_down_and_may_only_inform",
        include_str!("outcome/v1/points_are_rounded_down_and_may_only_inform.json"),
    ),
    ("problems_stand_in_order", include_str!("outcome/v1/problems_stand_in_order.json")),
    (
        "reasons_stand_in_order_and_failure_comes_before_gaps",
        include_str!("outcome/v1/reasons_stand_in_order_and_failure_comes_before_gaps.json"),
    ),
    (
        "required_fields_and_evidence_are_asked_of_an_answer",
        include_str!("outcome/v1/required_fields_and_evidence_are_asked_of_an_answer.json"),
    ),
    (
        "slip_a_line_not_met_fails_its_heading",
        include_str!("outcome/v1/slip_a_line_not_met_fails_its_heading.json"),
    ),
    (
        "slip_numbers_that_cannot_be_keep_it_open",
        include_str!("outcome/v1/slip_numbers_that_cannot_be_keep_it_open.json"),
    ),
    (
        "slip_what_does_not_apply_stands_in_no_way",
        include_str!("outcome/v1/slip_what_does_not_apply_stands_in_no_way.json"),
    ),
    (
        "the_first_band_that_holds_gives_the_points",
        include_str!("outcome/v1/the_first_band_that_holds_gives_the_points.json"),
    ),
    (
        "the_share_of_other_items_leaves_out_mandatory_and_skipped_ones",
        include_str!(
            "outcome/v1/the_share_of_other_items_leaves_out_mandatory_and_skipped_ones.json"
        ),
    ),
    (
        "three_of_four_criteria_are_enough",
        include_str!("outcome/v1/three_of_four_criteria_are_enough.json"),
    ),
    (
        "two_thirds_of_those_present_are_enough",
        include_str!("outcome/v1/two_thirds_of_those_present_are_enough.json"),
    ),
    (
        "two_thirds_of_those_present_are_missed",
        include_str!("outcome/v1/two_thirds_of_those_present_are_missed.json"),
    ),
    ("what_shows_nothing_is_blank", include_str!("outcome/v1/what_shows_nothing_is_blank.json")),
    (
        "white_space_is_blank_in_every_field",
        include_str!("outcome/v1/white_space_is_blank_in_every_field.json"),
    ),
];
