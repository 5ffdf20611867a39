//! `gleaner completions` and `gleaner man`: what shells and manuals know of the command, made from its one definition.
use super::Exit;
use super::args::{Args, ManArgs};
use crate::model::Error;
use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;
use std::io::Write;
use std::path::Path;

/// Carries out `gleaner completions`.
pub(super) fn completions(shell: Shell) -> anyhow::Result<Exit> {
    let mut command = Args::command();
    let name = command.get_name().to_string();
    // A generator gives up where it cannot write; memory always can.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, name, &mut script);
    std::io::stdout().write_all(&script)?;
    Ok(Exit::Ok)
}

/// Carries out `gleaner man`.
pub(super) fn man(args: &ManArgs) -> anyhow::Result<Exit> {
    match &args.folder {
        Some(folder) => all_pages(folder)?,
        None => Man::new(command_of(&args.command)?).render(&mut std::io::stdout().lock())?,
    }
    Ok(Exit::Ok)
}

/// Writes a page for each command, under the names by which `man` looks for them.
fn all_pages(folder: &Path) -> Result<(), Error> {
    std::fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(Args::command(), folder))
        .map_err(|error| Error::io("write", folder.display(), error))
}

/// The command of these words, such as `rules test`; of none, the whole.
fn command_of(words: &[String]) -> anyhow::Result<clap::Command> {
    let mut command = Args::command().disable_help_subcommand(true);
    // Commands learn their full names from those above them.
    command.build();
    for word in words {
        let Some(inner) = command.find_subcommand(word) else {
            anyhow::bail!("{} has no command {word:?}; `gleaner --help` lists them", command.get_name())
        };
        command = inner.clone();
    }
    Ok(command)
}
