//! `appraise`: signs a superior's appraisal of a submission.

use crate::cli::args::{AppraiseArgs, DecisionArg};
use crate::cli::files::{Existing, Readers};
use crate::cli::{CliError, Ending, files, forms, keys, packs, print, sign, time};
use crate::desk::side_by_side;
use crate::form::AnswerVerdict;
use crate::json::{FILE_LIMIT, Map};
use crate::pack::Pack;
use crate::rules::{Evaluation, Verdict};
use crate::seal::{
    Appraisal, AppraisalContent, AppraisalDecision, ItemAppraisal, Role, Submission,
};
use crate::value::Id;

/// Verifies the submission, signs the appraisal and writes it.
pub(super) fn run(args: &AppraiseArgs) -> Result<Ending, CliError> {
    let file = files::name(&args.submission);
    let bytes = files::read(&args.submission, FILE_LIMIT)?;
    let wanted = "a submission (bontot.submission/1)";
    let refused = CliError::not_this_format(&args.submission, wanted);
    let submission = Submission::from_bytes(&bytes).map_err(refused)?;
    let catalog = packs::catalog(&args.packs)?;
    let pack = catalog.by_digest(&submission.assessment().pack.digest);
    let pack = pack.cloned();
    let verified = sign::sound(submission, &catalog, file.clone())?;
    let submission = verified.content();
    let Some(pack) = pack else {
        return Ok(Ending::Wrong); // without its pack a submission is not sound
    };
    let (now, today) = (time::now()?, time::today()?);
    let content = AppraisalContent {
        submission: submission.digest(),
        items: items(args, &pack, submission)?,
        decision: decision(args.decision),
        note: forms::normal(&args.note),
        date: args.date.unwrap_or(today),
    };
    let key = keys::open(&args.key)?;
    let public = key.public();
    let mut signers = verified.signers().iter();
    if signers.any(|signer| signer.role == Role::Unit && signer.key == public) {
        return Err(CliError::OwnAppraisal(file));
    }
    let appraisal = Appraisal::make(content, &key, now);
    files::write(
        &args.out,
        appraisal.to_text().as_bytes(),
        Existing::by_force(args.force),
        Readers::Usual,
    )?;
    let differing = side_by_side(&pack, submission, &appraisal);
    let differing = differing.iter().filter(|item| item.differs()).count();
    print::line(&format!("file        {}", files::name(&args.out)))?;
    print::line(&format!("unit        {}", print::short(&submission.assessment().unit.name)))?;
    print::line(&format!("check code  {}", submission.check_code()))?;
    print::line(&format!("decision    {}", appraisal.content().decision.as_str()))?;
    print::line(&format!("differing   {differing}"))?;
    Ok(Ending::Well)
}

fn decision(arg: DecisionArg) -> AppraisalDecision {
    match arg {
        DecisionArg::Agreed => AppraisalDecision::Agreed,
        DecisionArg::Returned => AppraisalDecision::Returned,
        DecisionArg::Recognised => AppraisalDecision::Recognised,
        DecisionArg::NotRecognised => AppraisalDecision::NotRecognised,
    }
}

/// The appraised items; an item with only a remark keeps the verdict of the unit.
fn items(
    args: &AppraiseArgs,
    pack: &Pack,
    submission: &Submission,
) -> Result<Map<Id, ItemAppraisal>, CliError> {
    let evaluation = Evaluation::of(pack, submission.assessment());
    let own = |id: &Id| -> Result<Verdict, CliError> {
        let index = pack.item_index(id);
        let state = index.and_then(|index| evaluation.item(index));
        let state = state.ok_or_else(|| CliError::NoSuchItem(id.clone()))?;
        Ok(state.verdict)
    };
    let mut items = Map::new();
    for (id, verdict) in &args.verdicts {
        own(id)?;
        let said = ItemAppraisal { verdict: *verdict, note: String::new() };
        items.insert(id.clone(), said);
    }
    for (id, remark) in &args.remarks {
        let note = forms::normal(remark);
        let own = own(id)?;
        if let Some(said) = items.get_mut(id) {
            said.note = note;
            continue;
        }
        let verdict = match own {
            Verdict::Met => AnswerVerdict::Met,
            Verdict::NotMet => AnswerVerdict::NotMet,
            Verdict::NotApplicable => AnswerVerdict::NotApplicable,
            Verdict::Unanswered => return Err(CliError::NoVerdict(id.clone())),
        };
        items.insert(id.clone(), ItemAppraisal { verdict, note });
    }
    Ok(items)
}
