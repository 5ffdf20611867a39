//! What can be typed. Reading an argument only checks it; what it means is worked out by its command.
use crate::{CssSelector, Duplicates, DuplicatesOf, Near, Outputs, Scorer, Shard};
use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Turns raw web pages and scraped text into clean datasets, and says of every removed line why it went.
#[derive(Debug, Parser)]
#[command(name = "gleaner", version, max_term_width = 100)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Cleans documents into a dataset
    Run(RunArgs),
    /// Makes one dataset of the parts that run --shard wrote
    Merge(MergeArgs),
    /// Shows every block of a document with its verdict and the reason
    Show(ShowArgs),
    /// Lists the rules, or shows one with its reason and its examples
    Rules(RulesArgs),
    /// Says what other settings or rules would change in a corpus; nothing is written
    Diff(DiffArgs),
    /// Writes a config file of every setting with its default, and what it is for
    Init(InitArgs),
    /// Checks an output against its manifest
    Verify {
        /// The output, as given to run --output
        #[arg(value_name = "OUT")]
        output: String,
    },
    /// Says what a state folder holds, and checks it
    State {
        /// The folder, as given to run --state
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Prints what completes the words of this command in a shell
    Completions {
        /// The shell
        #[arg(value_name = "SHELL")]
        shell: clap_complete::Shell,
    },
    /// Prints a manual page
    Man(ManArgs),
}

/// Prints a manual page
#[derive(Debug, clap::Args)]
pub(super) struct ManArgs {
    /// The command it is of, such as run; that of gleaner itself unless given
    #[arg(value_name = "COMMAND")]
    pub(super) command: Vec<String>,
    /// Write the pages of all commands into this folder instead
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    pub(super) folder: Option<PathBuf>,
}

/// Says what other settings or rules would change in a corpus; nothing is written
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit code: 0 if nothing changes, 1 if something does, 2 if it could not run.")]
pub(super) struct DiffArgs {
    /// The settings as they are: a config file, a file of rules, or the word defaults
    #[arg(value_name = "OLD")]
    pub(super) old: PathBuf,
    /// The settings as they would be: likewise
    #[arg(value_name = "NEW")]
    pub(super) new: PathBuf,
    /// Files, folders (with all in them), globs, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub(super) inputs: Vec<String>,
    /// Settings to which files of rules are added, in TOML
    #[arg(short, long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Samples of each kind of change
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub(super) samples: usize,
    /// Threads that clean documents; 0 is one a core
    #[arg(short, long, value_name = "N")]
    pub(super) threads: Option<usize>,
    /// Say it in JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// Writes a config file of every setting with its default, and what it is for
#[derive(Debug, clap::Args)]
pub(super) struct InitArgs {
    /// The file, or - for standard output
    #[arg(value_name = "FILE", default_value = "gleaner.toml")]
    pub(super) file: String,
    /// Write over a file that is there
    #[arg(long)]
    pub(super) force: bool,
}

/// Shows every block of a document with its verdict and the reason
#[derive(Debug, clap::Args)]
pub(super) struct ShowArgs {
    /// The document, or - for standard input
    #[arg(value_name = "FILE")]
    pub(super) file: String,
    /// Write a page for a browser instead, to standard output
    #[arg(long)]
    pub(super) html: bool,
    /// Write what is kept as Markdown instead: the text that a record would have
    #[arg(long, conflicts_with = "html")]
    pub(super) markdown: bool,
    #[command(flatten)]
    pub(super) settings: SettingsArgs,
    #[command(flatten)]
    pub(super) choice: ChoiceArgs,
    #[command(flatten)]
    pub(super) judging: JudgingArgs,
}

/// Lists the rules, or shows one with its reason and its examples
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct RulesArgs {
    #[command(subcommand)]
    pub(super) command: Option<RulesCommand>,
    /// The rule to show
    #[arg(value_name = "ID")]
    pub(super) id: Option<String>,
    #[command(flatten)]
    pub(super) settings: SettingsArgs,
}

#[derive(Debug, Subcommand)]
pub(super) enum RulesCommand {
    /// Tries the rules of a file on the lines that they say they cut and keep
    Test {
        /// The file, in TOML
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Settings, in TOML: their other rules are tried beside it
        #[arg(short, long, value_name = "FILE")]
        config: Option<PathBuf>,
    },
}

/// Cleans documents into a dataset
#[derive(Debug, clap::Args)]
pub(super) struct RunArgs {
    /// Files, folders (with all in them), globs, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub(super) inputs: Vec<String>,
    /// The dataset: a file ending in .jsonl or .csv, to which .gz or .zst may be added, or in .parquet, in builds with
    /// it; a folder for shards; or - for JSONL on standard output
    #[arg(short, long, value_name = "OUT")]
    pub(super) output: String,
    #[command(flatten)]
    pub(super) settings: SettingsArgs,
    #[command(flatten)]
    pub(super) choice: ChoiceArgs,
    /// Threads that clean documents; 0 is one a core. The output is the same for any number
    #[arg(short, long, value_name = "N")]
    pub(super) threads: Option<usize>,
    /// What becomes of paragraphs that repeat an earlier one
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(super) duplicates: Option<DuplicatesArg>,
    /// What is compared
    #[arg(long, value_enum, value_name = "UNIT")]
    pub(super) duplicates_of: Option<DuplicatesOfArg>,
    /// What counts as repeating
    #[arg(long, value_enum, value_name = "PROFILE")]
    pub(super) near: Option<NearArg>,
    /// Keep only documents in these languages, by ISO 639-1 code, such as en,de; und is what is not sure
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub(super) languages: Option<Vec<String>>,
    #[command(flatten)]
    pub(super) judging: JudgingArgs,
    /// Write headings, lists, tables, quotes and code of pages as Markdown in the text of records
    #[arg(long)]
    pub(super) markdown: bool,
    /// Format and packing of the files of an output folder, as their ending: jsonl or csv, with .gz or .zst; or
    /// parquet, in builds with it [default: jsonl.zst]
    #[arg(long, value_name = "ENDING")]
    pub(super) format: Option<String>,
    /// Bytes of a shard before it is packed, if the output is a folder, such as 64M [default: 256M]
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub(super) shard_size: Option<u64>,
    /// A folder that remembers earlier runs: what they took in is left out, repeats of it are found, outputs are added
    /// to, and an interrupted run is gone on with
    #[arg(long, value_name = "DIR")]
    pub(super) state: Option<PathBuf>,
    /// Clean one of N shards of the inputs only, I from 1 to N; OUT is a file ending in .part, for gleaner merge
    #[arg(long, value_name = "I/N", conflicts_with_all = ["state", "removed"])]
    pub(super) shard: Option<Shard>,
    /// Decode, parse and dedup only: nothing is stripped
    #[arg(long)]
    pub(super) no_strip: bool,
    #[command(flatten)]
    pub(super) beside: BesideArgs,
    #[command(flatten)]
    pub(super) talk: TalkArgs,
}

/// By what documents are judged.
#[derive(Debug, clap::Args)]
pub(super) struct SettingsArgs {
    /// Settings, in TOML; what is given here on the command line goes before them
    #[arg(short, long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// More rules, in TOML; may be given more than once
    #[arg(long, value_name = "FILE")]
    pub(super) rules: Vec<PathBuf>,
}

/// Which elements of pages the user wants.
#[derive(Debug, clap::Args)]
pub(super) struct ChoiceArgs {
    /// Elements that are the content, as a CSS selector: what stands outside goes; may be given more than once
    #[arg(long, value_name = "CSS")]
    pub(super) select: Vec<CssSelector>,
    /// Elements that are no content, as a CSS selector; may be given more than once
    #[arg(long, value_name = "CSS")]
    pub(super) drop: Vec<CssSelector>,
}

/// How documents are decoded and judged.
#[derive(Debug, clap::Args)]
pub(super) struct JudgingArgs {
    /// What judges blocks and lines that no words give away
    #[arg(long, value_enum, value_name = "JUDGE")]
    pub(super) scorer: Option<ScorerArg>,
    /// How strict the scorer is, between 0 and 1: higher is cleaner, lower keeps more [default: 0.56]
    #[arg(long, value_name = "NUMBER")]
    pub(super) strictness: Option<f32>,
    /// Undo mojibake: text that was decoded wrongly before it came here
    #[arg(long)]
    pub(super) repair: bool,
}

/// What is written beside the dataset.
#[derive(Debug, clap::Args)]
pub(super) struct BesideArgs {
    /// The ledger of all that was removed, in JSONL [default: OUT.removed.jsonl]
    #[arg(long, value_name = "FILE")]
    pub(super) removed: Option<PathBuf>,
    /// The report of the run, in JSON, with a page for people beside it [default: OUT.report.json and
    /// OUT.report.html]
    #[arg(long, value_name = "FILE")]
    pub(super) report: Option<PathBuf>,
}

impl BesideArgs {
    /// The files of a run that writes its dataset there.
    pub(super) fn outputs(&self, data: &str) -> Outputs {
        Outputs { data: data.to_string(), removed: self.removed.clone(), report: self.report.clone() }
    }
}

/// Makes one dataset of the parts that run --shard wrote: what one run over all inputs would have written
#[derive(Debug, clap::Args)]
pub(super) struct MergeArgs {
    /// The parts, all of them, in any order. Settings are those they were cleaned with
    #[arg(required = true, value_name = "PART")]
    pub(super) parts: Vec<PathBuf>,
    /// The dataset, as for gleaner run
    #[arg(short, long, value_name = "OUT")]
    pub(super) output: String,
    /// Threads; 0 is one a core. The output is the same for any number
    #[arg(short, long, value_name = "N", default_value_t = 0)]
    pub(super) threads: usize,
    #[command(flatten)]
    pub(super) beside: BesideArgs,
    #[command(flatten)]
    pub(super) talk: TalkArgs,
}

/// What is said, and how.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(super) struct TalkArgs {
    /// Say nothing but errors
    #[arg(short, long)]
    pub(super) quiet: bool,
    /// How to say what became of the run, on standard error
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    pub(super) log_format: LogFormat,
    /// Whether to show progress; auto does so on a terminal
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto")]
    pub(super) progress: When,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    Auto,
    Always,
    Never,
}

/// A number of bytes, with K, M, G or T for powers of 1024.
fn size(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let power = match text[digits.len()..].to_ascii_uppercase().as_str() {
        "" | "B" => 0,
        "K" | "KB" | "KIB" => 1,
        "M" | "MB" | "MIB" => 2,
        "G" | "GB" | "GIB" => 3,
        "T" | "TB" | "TIB" => 4,
        _ => return Err("a size is a number with K, M, G or T, such as 64M".to_string()),
    };
    let number: u64 = digits.parse().map_err(|_| "a size is a number with K, M, G or T, such as 64M")?;
    let bytes = number.checked_mul(1 << (10 * power)).filter(|bytes| *bytes > 0);
    bytes.ok_or_else(|| "a size must be more than nothing, and less than 16 EiB".to_string())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LogFormat {
    /// Sentences
    Text,
    /// An object of JSON a line
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DuplicatesArg {
    /// They leave the text; the ledger names the paragraph that stays
    Drop,
    /// They stay in the text; the record names them
    Mark,
    /// They are not looked for
    Keep,
}

impl From<DuplicatesArg> for Duplicates {
    fn from(arg: DuplicatesArg) -> Duplicates {
        match arg {
            DuplicatesArg::Drop => Duplicates::Drop,
            DuplicatesArg::Mark => Duplicates::Mark,
            DuplicatesArg::Keep => Duplicates::Keep,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ScorerArg {
    /// Boosted trees over shape, place and company
    Trees,
    /// A few rules of context
    Rules,
}

impl From<ScorerArg> for Scorer {
    fn from(arg: ScorerArg) -> Scorer {
        match arg {
            ScorerArg::Trees => Scorer::Trees,
            ScorerArg::Rules => Scorer::Rules,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum NearArg {
    /// Edited copies too; numbers and names must agree
    Default,
    /// Only copies that differ in a few words
    Strict,
}

impl From<NearArg> for Near {
    fn from(arg: NearArg) -> Near {
        match arg {
            NearArg::Default => Near::Default,
            NearArg::Strict => Near::Strict,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DuplicatesOfArg {
    /// Paragraph with paragraph
    Paragraphs,
    /// Whole documents: one that is nearly another goes as a whole
    Documents,
}

impl From<DuplicatesOfArg> for DuplicatesOf {
    fn from(arg: DuplicatesOfArg) -> DuplicatesOf {
        match arg {
            DuplicatesOfArg::Paragraphs => DuplicatesOf::Paragraphs,
            DuplicatesOfArg::Documents => DuplicatesOf::Documents,
        }
    }
}
