//! What can stop a run. What concerns one document only is a [`Failure`](super::Failure), not an error.
use std::io;

/// Why a run could not start or could not go on. The message says what, where and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file could not be read or written.
    #[error("cannot {action} {path}: {source}")]
    Io {
        /// What was tried: `read`, `write`, `create`.
        action: &'static str,
        /// The file.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// A config file is wrong.
    #[error("config {path}: {message}")]
    Config {
        /// The file.
        path: String,
        /// What is wrong, where, and what is right.
        message: String,
    },
    /// A rule file is wrong.
    #[error("rules {path}: {message}")]
    Rules {
        /// The file.
        path: String,
        /// What is wrong, where, and what is right.
        message: String,
    },
    /// The output cannot be what was asked for.
    #[error("output {path}: {message}")]
    Output {
        /// The file.
        path: String,
        /// What is wrong and what to write instead.
        message: String,
    },
    /// An input that was named does not exist.
    #[error("input {input}: {message}")]
    Input {
        /// The input, as typed.
        input: String,
        /// What is wrong and what to write instead.
        message: String,
    },
    /// A table of the scorer is wrong: an error of the program.
    #[error("table {name}: {message}; make it anew with scripts/train")]
    Table {
        /// The table.
        name: String,
        /// What is wrong.
        message: String,
    },
    /// The state of earlier runs cannot be used.
    #[error("state {path}: {message}")]
    State {
        /// The folder.
        path: String,
        /// What is wrong and what to do.
        message: String,
    },
    /// A document that was cleaned elsewhere cannot be settled here.
    #[error("cleaned document: {0}")]
    Cleaned(String),
    /// A part of a corpus, cleaned elsewhere, cannot be merged.
    #[error("part {path}: {message}")]
    Part {
        /// The file.
        path: String,
        /// What is wrong and what to do.
        message: String,
    },
    /// Nothing could be read, and there is a dataset that an empty one would take the place of.
    #[error("nothing to read: {0}. The output that is there is left as it is")]
    Nothing(String),
    /// The run was told to stop, and did so after a whole batch.
    #[error("stopped after {documents} documents; {then}")]
    Stopped {
        /// Documents that were dealt with.
        documents: u64,
        /// What became of them, and what to do.
        then: &'static str,
    },
    /// The threads could not be started.
    #[error("cannot start the threads: {0}; try fewer with --threads")]
    Threads(String),
    /// What went in is not what came out: an error of the program, and nothing is written.
    #[error("the sums do not add up, so nothing was written ({0}); please report this")]
    Unbalanced(String),
}

/// The result of what may stop a run.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error of the file system, with what was tried on which path.
    pub fn io(action: &'static str, path: impl ToString, source: io::Error) -> Error {
        Error::Io { action, path: path.to_string(), source }
    }

    /// Whether the other end of a pipe went away, which is no error to its user.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Error::Io { source, .. } if source.kind() == io::ErrorKind::BrokenPipe)
    }
}
