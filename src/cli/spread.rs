//! Work on every core.

use std::sync::Mutex;
use std::sync::mpsc::sync_channel;

use crate::cli::known::Known;
use crate::cli::register::RegisterError;
use crate::cli::{CliError, Ending};
use crate::desk::Reception;

/// How many results may wait to be taken.
const WAITING: usize = 256;

/// Does all jobs on some threads, or on one for each core; results are taken here, in whatever order they are ready.
/// Few jobs and results are in memory at a time. The first error ends the work.
pub(super) fn spread<J: Send, T: Send>(
    threads: Option<u16>,
    known: &Known,
    jobs: impl Iterator<Item = J> + Send,
    work: impl Fn(&Reception<'_>, J) -> T + Sync,
    mut take: impl FnMut(T) -> Result<(), CliError>,
) -> Result<(), CliError> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.map_or(0, usize::from));
    let pool = pool.build().map_err(|error| RegisterError::Threads(error.to_string()))?;
    let jobs = Mutex::new(jobs);
    let (done, ready) = sync_channel(WAITING);
    let (jobs, work) = (&jobs, &work);
    pool.in_place_scope(|scope| {
        scope.spawn_broadcast(move |_, _| {
            let packs = match known.catalog() {
                Ok(packs) => packs,
                Err(error) => {
                    // Where nobody takes results any more, another error has ended the work.
                    let _ = done.send(Err(error));
                    return;
                }
            };
            let reception = known.reception(&packs);
            // A thread that panicked over a job leaves none to the others; the panic ends the command.
            while let Some(job) = jobs.lock().ok().and_then(|mut jobs| jobs.next()) {
                if done.send(Ok(work(&reception, job))).is_err() {
                    return;
                }
            }
        });
        for result in ready {
            take(result?)?;
        }
        Ok(())
    })
}

/// All is well unless a person has to look at something.
pub(super) fn ending(is_well: bool) -> Ending {
    if is_well { Ending::Well } else { Ending::Wrong }
}
