//! `gleaner show`: every block of a document with its verdict and the reason.
use super::Exit;
use super::args::ShowArgs;
use super::run;
use super::say::plain;
use crate::model::{Document, LANGUAGE_UNSURE, Piece, RawDocument, Trouble, Verdict};
use crate::{BlockScore, Config, DocumentPage, RuleSet, TextFormat, Work};
use anstyle::{AnsiColor, Style};
use std::io::Write;

const CUT: Style = AnsiColor::Red.on_default();
const FIELD: Style = AnsiColor::Cyan.on_default();
const REASON: Style = Style::new().dimmed();
const HEAD: Style = Style::new().bold();

/// Carries out `gleaner show`.
pub(super) fn show(args: &ShowArgs) -> anyhow::Result<Exit> {
    let mut config = run::load(args.settings.config.as_deref(), &args.settings.rules)?;
    run::choose(&mut config, &args.choice.select, &args.choice.drop);
    run::judge(&mut config, &args.judging);
    if args.markdown {
        config.write.text = TextFormat::Markdown;
    }
    config.check("the command line")?;
    let rules = RuleSet::load(&config.strip.rules, &config.strip.without)?;
    let found = crate::find(std::slice::from_ref(&args.file))?;
    let documents = crate::documents(found, &config.read);
    let mut view = match (args.html, args.markdown) {
        (true, _) => View::page(&rules)?,
        (_, true) => View::Markdown(std::io::stdout().lock()),
        _ => View::Lines(anstream::stdout().lock()),
    };
    let mut exit = Exit::Ok;
    for raw in documents {
        match raw.and_then(|raw| cleaned(&config, &rules, &raw)) {
            Ok(document) => view.document(&document, &crate::scores(&document, &config.strip))?,
            Err(trouble) => {
                view.trouble(&trouble)?;
                exit = if matches!(trouble, Trouble::Failed(_)) { Exit::SomeFailed } else { exit };
            }
        }
    }
    view.end()?;
    Ok(exit)
}

/// How documents are shown: line by line on a terminal, as a page, or as the text that is kept.
enum View {
    Markdown(std::io::StdoutLock<'static>),
    Lines(anstream::AutoStream<std::io::StdoutLock<'static>>),
    Page(std::io::StdoutLock<'static>, DocumentPage),
}

impl View {
    fn page(rules: &RuleSet) -> std::io::Result<View> {
        let page = DocumentPage::new(crate::notes(rules));
        let mut out = std::io::stdout().lock();
        out.write_all(page.begin().as_bytes())?;
        Ok(View::Page(out, page))
    }

    fn document(&mut self, document: &Document, scores: &[BlockScore]) -> std::io::Result<()> {
        match self {
            View::Lines(out) => print(out, document, scores),
            View::Markdown(out) => {
                let markdown = crate::markdown(document);
                let lines: Vec<String> = markdown.split('\t').map(plain).collect();
                writeln!(out, "{}", lines.join("\t"))
            }
            View::Page(out, page) => {
                let notes: Vec<String> = scores.iter().map(scored).collect();
                out.write_all(page.document(document, &notes).as_bytes())
            }
        }
    }

    fn trouble(&mut self, trouble: &Trouble) -> std::io::Result<()> {
        let words = in_words(trouble);
        match self {
            View::Lines(out) => writeln!(out, "{}", plain(&words)),
            View::Markdown(_) => {
                eprintln!("{}", plain(&words));
                Ok(())
            }
            View::Page(out, page) => out.write_all(page.trouble(trouble, &words).as_bytes()),
        }
    }

    fn end(self) -> std::io::Result<()> {
        match self {
            View::Lines(_) | View::Markdown(_) => Ok(()),
            View::Page(mut out, page) => out.write_all(page.end().as_bytes()),
        }
    }
}

fn cleaned(config: &Config, rules: &RuleSet, raw: &RawDocument) -> Result<Document, Trouble> {
    crate::clean(config, rules, raw, &mut Work::default())
}

fn in_words(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Skipped(skipped) => format!("{}: skipped, {}", skipped.origin, skipped.reason.name()),
        Trouble::Failed(failure) => {
            format!("{}: failed in {}: {}", failure.origin, failure.stage.name(), failure.error)
        }
    }
}

fn print(out: &mut impl Write, document: &Document, scores: &[BlockScore]) -> std::io::Result<()> {
    writeln!(out, "{HEAD}{}{HEAD:#}", plain(&document.origin.to_string()))?;
    let language = document.language.unwrap_or(LANGUAGE_UNSURE);
    let (kind, encoding, from) = (document.kind.name(), document.encoding, document.decided_by.name());
    let (margin, replacements) = (document.decoding.margin, document.decoding.replacements);
    writeln!(out, "{kind}, {encoding} (decided by: {from}, margin {margin:.2}), language {language}")?;
    let tidied = document.decoding.hygiene.counts().into_iter();
    for (rule, count) in tidied.chain([("replacements", replacements)]).filter(|(_, count)| *count > 0) {
        writeln!(out, "{FIELD}{rule:>13}{FIELD:#}  {count}")?;
    }
    for (name, value, from) in document.fields.told() {
        let from = from.map(|from| format!("  [{}]", from.name())).unwrap_or_default();
        writeln!(out, "{FIELD}{name:>13}{FIELD:#}  {}{from}", plain(&value))?;
    }
    writeln!(out)?;
    for (at, block) in document.blocks.iter().enumerate() {
        for (n, piece) in block.pieces().iter().enumerate() {
            let number = if n == 0 { format!("{}", at + 1) } else { String::new() };
            let text = plain(&block.text()[piece.span.clone()]);
            let (style, word, reason) = judged(piece);
            let score = scores.get(at).filter(|_| n == 0).map(scored);
            let reason =
                [reason, score].into_iter().flatten().map(|why| format!("  {REASON}[{why}]{REASON:#}"));
            let reason: String = reason.collect();
            writeln!(out, "{REASON}{number:>5}{REASON:#} {style}{word:>13}  {text}{style:#}{reason}")?;
        }
    }
    let kept = document.kept().count();
    writeln!(
        out,
        "\n{} blocks: {kept} kept, {} removed\n",
        document.blocks.len(),
        document.blocks.len() - kept
    )
}

/// The chance that a block is content, and the features that weighed most.
fn scored(score: &BlockScore) -> String {
    let reasons = score.reasons.iter().map(|(name, weight)| format!(" {name} {weight:+.2}"));
    format!("{:.2}:{}", score.chance, reasons.collect::<String>())
}

fn judged(piece: &Piece<'_>) -> (Style, &'static str, Option<String>) {
    match piece.verdict {
        Verdict::Keep => (Style::new(), "", None),
        Verdict::Cut(rule) => (CUT, piece.verdict.name(), Some(rule.to_string())),
        Verdict::Repeated { .. } => (CUT, piece.verdict.name(), piece.verdict.reason()),
        Verdict::Field(field, rule) => (FIELD, field.name(), Some(rule.to_string())),
        Verdict::Duplicate { of, similarity, .. } => {
            (CUT, "duplicate", Some(format!("{of}, {similarity:.2}")))
        }
    }
}
