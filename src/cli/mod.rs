//! What talks to people: arguments, progress, messages, exit codes.
mod args;
mod diff;
mod init;
mod manual;
mod progress;
mod rules;
mod rules_test;
mod run;
mod say;
mod show;
mod signals;
mod state;
mod verify;

use args::{Args, Command};
use clap::Parser;
use std::ffi::OsString;
use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All well.
    Ok = 0,
    /// Finished, but some inputs failed, as the report says; or what was asked for is not so: the output is not whole,
    /// an example does not hold, something would change.
    SomeFailed = 1,
    /// Could not run.
    CouldNotRun = 2,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

/// Runs the command that the program's arguments name.
pub fn main() -> ExitCode {
    command(std::env::args_os()).into()
}

/// Runs the command that these arguments name, the name of the program first. Help, and arguments that are wrong, end
/// the process.
pub fn command(args: impl IntoIterator<Item = OsString>) -> Exit {
    let args = Args::parse_from(args);
    say::quiet_worker_panics();
    let done = match &args.command {
        Command::Run(run) => run::run(run),
        Command::Merge(merge) => run::merge(merge),
        Command::Show(show) => show::show(show),
        Command::Rules(rules) => rules::rules(rules),
        Command::Diff(diff) => diff::diff(diff),
        Command::Init(init) => init::init(init),
        Command::Verify { output } => verify::verify(output),
        Command::State { folder } => state::state(folder),
        Command::Completions { shell } => manual::completions(*shell),
        Command::Man(man) => manual::man(man),
    };
    match done {
        Ok(exit) => exit,
        Err(error) if is_broken_pipe(&error) => Exit::Ok,
        Err(error) => {
            let talk = match &args.command {
                Command::Run(run) => Some(run.talk),
                Command::Merge(merge) => Some(merge.talk),
                _ => None,
            };
            match talk.map(|talk| talk.log_format) {
                Some(args::LogFormat::Json) => say::error_as_json(&error),
                _ => say::error(&error),
            }
            Exit::CouldNotRun
        }
    }
}

/// The reader of our output went away: it has what it wanted.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let broken = |error: &std::io::Error| error.kind() == std::io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(broken)
            || cause.downcast_ref::<crate::model::Error>().is_some_and(crate::model::Error::is_broken_pipe)
    })
}
