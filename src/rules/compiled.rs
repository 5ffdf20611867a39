//! An expression, compiled: an automaton whose states are made as texts need them says whether a text matches, and a
//! slower one where its groups stand.
use regex_automata::hybrid::dfa::{Cache, Config, DFA};
use regex_automata::nfa::thompson::{self, Compiler, pikevm::PikeVM};
use regex_automata::util::{captures::Captures, pool::Pool};
use regex_automata::{Anchored, Input, PatternID, Span};
use regex_syntax::ParserBuilder;
use std::error::Error;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::{LazyLock, Mutex, PoisonError};

/// Bytes that one compiled expression may take.
const REGEX_BYTES: usize = 64 << 20;

/// Compiles all expressions: it has a large table of its own that need not be made for each.
static COMPILER: LazyLock<Mutex<Compiler>> = LazyLock::new(|| {
    let mut compiler = Compiler::new();
    compiler.configure(thompson::Config::new().nfa_size_limit(Some(REGEX_BYTES)));
    Mutex::new(compiler)
});

/// What makes the states that a thread needs.
type MakeCache = Box<dyn Fn() -> Cache + Send + Sync + UnwindSafe + RefUnwindSafe>;

/// A compiled expression.
pub(super) struct Compiled {
    all: PikeVM,
    /// The automaton, and the states that were made so far, for each thread its own.
    fast: Option<(DFA, Pool<Cache, MakeCache>)>,
    anchored: Anchored,
}

impl Compiled {
    /// Compiles an expression.
    ///
    /// # Errors
    /// It is none, or too big.
    pub(super) fn new(pattern: &str, any_case: bool) -> Result<Compiled, Box<dyn Error>> {
        let hir = ParserBuilder::new().case_insensitive(any_case).build().parse(pattern)?;
        let nfa = COMPILER.lock().unwrap_or_else(PoisonError::into_inner).build_from_hir(&hir)?;
        // Where a text has other letters than ASCII at a border of words, it gives up.
        let config = Config::new().unicode_word_boundary(true);
        let fast = DFA::builder().configure(config).build_from_nfa(nfa.clone()).ok();
        let fast = fast.map(|dfa| {
            let made = dfa.clone();
            let make: MakeCache = Box::new(move || made.create_cache());
            (dfa, Pool::new(make))
        });
        let anchored = if nfa.is_always_start_anchored() { Anchored::Yes } else { Anchored::No };
        Ok(Compiled { all: PikeVM::builder().build_from_nfa(nfa)?, fast, anchored })
    }

    /// Whether a text matches, in any part of it.
    pub(super) fn is_match(&self, text: &str) -> bool {
        let input = Input::new(text).anchored(self.anchored).earliest(true);
        let told = self.fast.as_ref().and_then(|(dfa, caches)| {
            dfa.try_search_fwd(&mut caches.get(), &input).ok().map(|found| found.is_some())
        });
        told.unwrap_or_else(|| self.all.is_match(&mut self.all.create_cache(), input))
    }

    /// Where in a text that matches a group stands, if there is such a group.
    pub(super) fn group(&self, name: &str, text: &str) -> Option<Span> {
        self.all.get_nfa().group_info().to_index(PatternID::ZERO, name)?;
        let mut groups = self.all.create_captures();
        self.all.captures(&mut self.all.create_cache(), text, &mut groups);
        groups.get_group_by_name(name)
    }

    /// Passes on the groups of each match in a text.
    pub(super) fn each_match(&self, text: &str, pass: impl FnMut(Captures)) {
        if self.is_match(text) {
            self.all.captures_iter(&mut self.all.create_cache(), text).for_each(pass);
        }
    }
}
