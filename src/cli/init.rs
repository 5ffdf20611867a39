//! `gleaner init`: a config file of every setting, to begin with.
use super::Exit;
use super::args::InitArgs;
use super::say::plain;
use crate::Config;
use crate::model::Error;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};

/// Carries out `gleaner init`. A file that is there is written over only where that is asked for.
pub(super) fn init(args: &InitArgs) -> anyhow::Result<Exit> {
    if args.file == crate::STDOUT {
        std::io::stdout().write_all(Config::TEMPLATE.as_bytes())?;
        return Ok(Exit::Ok);
    }
    let mut options = OpenOptions::new();
    options.write(true);
    if args.force {
        options.create(true).truncate(true)
    } else {
        options.create_new(true)
    };
    let written = options.open(&args.file).and_then(|mut file| file.write_all(Config::TEMPLATE.as_bytes()));
    match written {
        Ok(()) => {
            println!("{}: every setting with its default; use it with --config", plain(&args.file));
            Ok(Exit::Ok)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            anyhow::bail!("{} is there already; write over it with --force, or name another file", args.file)
        }
        Err(error) => Err(Error::io("write", &args.file, error).into()),
    }
}
