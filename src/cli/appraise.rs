//! `appraise`: signs a superior's appraisal of each of some submissions.

use std::fs;
use std::path::Path;
use std::rc::Rc;

use crate::cli::args::{AppraiseArgs, DecisionArg};
use crate::cli::files::{Existing, Readers};
use crate::cli::{CliError, Ending, files, forms, keys, packs, print, sign, time};
use crate::desk::{
    ItemOpinion, ItemOpinionError, Status, TrustList, answer_name, is_of_unit, said_of_items,
    side_by_side,
};
use crate::json::{FILE_LIMIT, Map};
use crate::pack::Pack;
use crate::pack::catalog::Catalog;
use crate::seal::{
    Appraisal, AppraisalContent, AppraisalDecision, ItemAppraisal, SecretKey, Submission, Verified,
};
use crate::value::{Date, Id, Instant};

/// What every submission is appraised with.
struct Superior<'a> {
    args: &'a AppraiseArgs,
    catalog: Catalog,
    key: SecretKey,
    now: Instant,
    today: Date,
}

/// Verifies each submission, signs its appraisal and writes it.
pub(super) fn run(args: &AppraiseArgs) -> Result<Ending, CliError> {
    let catalog = packs::catalog(&args.packs)?;
    let (now, today) = (time::now()?, time::today()?);
    if let [only] = &args.submissions[..] {
        // What is refused is told before the passphrase is asked for.
        let checked = read(args, &catalog, only)?;
        let superior = Superior { args, key: keys::open(&args.key)?, catalog, now, today };
        let out =
            if args.out.is_dir() { args.out.join(checked.answer()) } else { args.out.clone() };
        for line in superior.appraise(&checked, &out)? {
            print::line(&line)?;
        }
        return Ok(Ending::Well);
    }
    let unwritable = |source| CliError::Unwritable { file: files::name(&args.out), source };
    fs::create_dir_all(&args.out).map_err(unwritable)?;
    let superior = Superior { args, key: keys::open(&args.key)?, catalog, now, today };
    let (mut written, mut left_out) = (0, 0);
    for path in &args.submissions {
        let appraised = read(args, &superior.catalog, path)
            .and_then(|checked| superior.appraise(&checked, &args.out.join(checked.answer())));
        match appraised {
            Ok(_) => written += 1,
            // The folder, not a file, is at fault.
            Err(error @ CliError::Unwritable { .. }) => return Err(error),
            Err(error) => {
                left_out += 1;
                print::tell(&error.message());
            }
        }
    }
    let (submissions, folder) = (args.submissions.len(), files::name(&args.out));
    print::line(&format!("{written} of {submissions} submissions appraised, in {folder}"))?;
    Ok(if left_out == 0 { Ending::Well } else { Ending::Wrong })
}

/// A submission that is sound, with its pack.
struct Checked {
    file: String,
    pack: Rc<Pack>,
    verified: Verified<Submission>,
}

impl Checked {
    /// The usual name of its appraisal: that of the submission, so that it finds its unit.
    fn answer(&self) -> String {
        answer_name(self.verified.content())
    }
}

fn read(args: &AppraiseArgs, catalog: &Catalog, path: &Path) -> Result<Checked, CliError> {
    let file = files::name(path);
    let bytes = files::read(path, FILE_LIMIT)?;
    let wanted = "a submission (bontot.submission/1)";
    let refused = CliError::not_this_format(path, wanted);
    let submission = Submission::from_bytes(&bytes).map_err(refused)?;
    let pack = catalog.by_digest(&submission.assessment().pack.digest).cloned();
    let verified = sign::sound(submission, catalog, file.clone())?;
    // Without its pack a submission is not sound.
    let unknown =
        || CliError::NotSound { file: file.clone(), status: Status::UnknownPack, detail: None };
    let pack = pack.ok_or_else(unknown)?;
    items(args, &pack, verified.content())?;
    Ok(Checked { file, pack, verified })
}

impl Superior<'_> {
    /// Signs and writes an appraisal; says what it is.
    fn appraise(&self, checked: &Checked, out: &Path) -> Result<[String; 5], CliError> {
        let Superior { args, key, .. } = self;
        let submission = checked.verified.content();
        let content = AppraisalContent {
            submission: submission.digest(),
            items: items(args, &checked.pack, submission)?,
            decision: decision(args.decision),
            note: forms::normal(&args.note),
            date: args.date.unwrap_or(self.today),
        };
        if is_of_unit(&key.public(), &checked.verified, &TrustList::default()) {
            return Err(CliError::OwnAppraisal(checked.file.clone()));
        }
        let appraisal = Appraisal::make(content, key, self.now);
        let (text, existing) = (appraisal.to_text(), Existing::by_force(args.force));
        files::write(out, text.as_bytes(), existing, Readers::Usual)?;
        let differing = side_by_side(&checked.pack, submission, &appraisal);
        let differing = differing.iter().filter(|item| item.differs()).count();
        Ok([
            format!("file        {}", files::name(out)),
            format!("unit        {}", print::short(&submission.assessment().unit.name)),
            format!("check code  {}", submission.check_code()),
            format!("decision    {}", appraisal.content().decision.as_str()),
            format!("differing   {differing}"),
        ])
    }
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
    let mut opinions: Map<Id, ItemOpinion> = Map::new();
    for (id, verdict) in &args.verdicts {
        let said = ItemOpinion { verdict: Some(*verdict), note: String::new() };
        opinions.insert(id.clone(), said);
    }
    for (id, remark) in &args.remarks {
        match opinions.get_mut(id) {
            Some(said) => said.note.clone_from(remark),
            None => {
                let said = ItemOpinion { verdict: None, note: remark.clone() };
                opinions.insert(id.clone(), said);
            }
        }
    }
    let said = said_of_items(pack, submission.assessment(), opinions.iter(), forms::normal);
    said.map_err(|error| match error {
        ItemOpinionError::NoSuchItem(id) => CliError::NoSuchItem(id),
        ItemOpinionError::NoVerdict(id) => CliError::NoVerdict(id),
    })
}
