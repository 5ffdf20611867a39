//! Conformance: the tokenizer and tree construction cases of the html5lib project.
mod corpus;

use gleaner::html::{Keep, State, parse, tokens};
use html5ever::tokenizer::{TagKind, Token, TokenSink, TokenSinkResult};
use scraper::{Html, Node};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::fmt::Write;
use std::fs;

/// Document cases that scraper 0.29 passes, of all that there are.
const SCRAPER_PASSES: usize = 1565;

/// Tokenizer cases, one for each state that a case names.
const TOKENIZER_CASES: usize = 7028;

/// Takes tokens in the shape of the test files.
#[derive(Default)]
struct Collector(RefCell<Vec<Value>>);

impl Collector {
    fn text(&self, text: &str) {
        let mut tokens = self.0.borrow_mut();
        match tokens.last_mut() {
            Some(last) if last[0] == "Character" => {
                let joined = last[1].as_str().unwrap().to_owned() + text;
                last[1] = json!(joined);
            }
            _ => tokens.push(json!(["Character", text])),
        }
    }
}

impl TokenSink for Collector {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let token = match token {
            Token::CharacterTokens(text) => {
                self.text(&text);
                return TokenSinkResult::Continue;
            }
            Token::NullCharacterToken => {
                self.text("\0");
                return TokenSinkResult::Continue;
            }
            Token::TagToken(tag) if tag.kind == TagKind::EndTag => json!(["EndTag", &*tag.name]),
            Token::TagToken(tag) => {
                let pairs = tag.attrs.iter().map(|a| (a.name.local.to_string(), json!(&*a.value)));
                let attributes: serde_json::Map<_, _> = pairs.collect();
                match tag.self_closing {
                    true => json!(["StartTag", &*tag.name, attributes, true]),
                    false => json!(["StartTag", &*tag.name, attributes]),
                }
            }
            Token::CommentToken(text) => json!(["Comment", &*text]),
            Token::DoctypeToken(d) => json!([
                "DOCTYPE",
                d.name.as_deref(),
                d.public_id.as_deref(),
                d.system_id.as_deref(),
                !d.force_quirks
            ]),
            Token::EOFToken | Token::ParseError(_) => return TokenSinkResult::Continue,
        };
        self.0.borrow_mut().push(token);
        TokenSinkResult::Continue
    }
}

/// Decodes `\uXXXX` in the texts of a doubly escaped case; none if it holds half a surrogate pair, which no decoded
/// text does.
fn unescape(text: &str) -> Option<String> {
    let mut units = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("\\u") {
        units.extend(rest[..at].encode_utf16());
        units.push(u16::from_str_radix(&rest[at + 2..at + 6], 16).unwrap());
        rest = &rest[at + 6..];
    }
    units.extend(rest.encode_utf16());
    String::from_utf16(&units).ok()
}

fn unescape_all(value: &Value) -> Option<Value> {
    Some(match value {
        Value::String(text) => Value::String(unescape(text)?),
        Value::Array(values) => Value::Array(values.iter().map(unescape_all).collect::<Option<_>>()?),
        Value::Object(object) => {
            let pairs = object.iter().map(|(key, value)| Some((unescape(key)?, unescape_all(value)?)));
            Value::Object(pairs.collect::<Option<_>>()?)
        }
        other => other.clone(),
    })
}

fn state(name: &str) -> State {
    match name {
        "Data state" => State::Data,
        "PLAINTEXT state" => State::Plaintext,
        "RCDATA state" => State::Rcdata,
        "RAWTEXT state" => State::Rawtext,
        "Script data state" => State::Script,
        "CDATA section state" => State::Cdata,
        _ => panic!("unknown state {name}"),
    }
}

#[test]
#[ignore = "reads a collection that GLEANER_CORPUS names"]
fn tokenizer_cases() {
    let folder = corpus::folder("html5lib/tokenizer").unwrap();
    let (mut passed, mut no_text, mut failed) = (0, 0, Vec::new());
    for file in corpus::files(&folder, ".test") {
        let cases: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        // The one file without `tests` is about documents that are to be XML.
        for case in cases["tests"].as_array().into_iter().flatten() {
            let escaped = case["doubleEscaped"] == json!(true);
            let (input, output) = match escaped {
                true => (unescape_all(&case["input"]), unescape_all(&case["output"])),
                false => (Some(case["input"].clone()), Some(case["output"].clone())),
            };
            let (Some(input), Some(output)) = (input, output) else {
                no_text += 1;
                continue;
            };
            let data = json!(["Data state"]);
            for name in case.get("initialStates").unwrap_or(&data).as_array().unwrap() {
                let last = case["lastStartTag"].as_str().unwrap_or_default();
                let start = state(name.as_str().unwrap());
                let found = tokens(input.as_str().unwrap(), start, last, Collector::default()).0.into_inner();
                match json!(found) == output {
                    true => passed += 1,
                    false => failed.push(format!("{name} {input}: {} for {output}", json!(found))),
                }
            }
        }
    }
    eprintln!("{passed} passed, {no_text} hold half a character, {} failed", failed.len());
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(passed >= TOKENIZER_CASES);
}

/// One case of a `.dat` file that parses a document with scripting on.
struct TreeCase {
    data: String,
    document: String,
}

fn tree_cases(text: &str) -> Vec<TreeCase> {
    let mut cases = Vec::new();
    for case in format!("\n{text}").split("\n#data\n").skip(1) {
        let (data, rest) = case.split_once("#errors\n").unwrap();
        let (head, document) = rest.split_once("#document\n").unwrap();
        if !head.contains("#document-fragment") && !head.contains("#script-off") {
            let data = data.strip_suffix('\n').unwrap_or(data).to_owned();
            cases.push(TreeCase { data, document: document.trim_end_matches('\n').to_owned() });
        }
    }
    cases
}

/// The tree in the notation of the test files.
fn notation(html: &Html) -> String {
    let mut out = String::new();
    let mut depth = 0;
    for edge in html.tree.root().traverse() {
        let ego_tree::iter::Edge::Open(node) = edge else {
            depth -= 1;
            continue;
        };
        let indent = "  ".repeat(usize::max(depth, 1) - 1);
        depth += 1;
        match node.value() {
            Node::Document | Node::ProcessingInstruction(_) => {}
            Node::Fragment => writeln!(out, "| {indent}content").unwrap(),
            Node::Comment(text) => writeln!(out, "| {indent}<!-- {} -->", &**text).unwrap(),
            Node::Text(text) => writeln!(out, "| {indent}\"{}\"", &**text).unwrap(),
            Node::Doctype(d) if d.public_id().is_empty() && d.system_id().is_empty() => {
                writeln!(out, "| {indent}<!DOCTYPE {}>", d.name()).unwrap();
            }
            Node::Doctype(d) => {
                let (name, public, system) = (d.name(), d.public_id(), d.system_id());
                writeln!(out, "| {indent}<!DOCTYPE {name} \"{public}\" \"{system}\">").unwrap();
            }
            Node::Element(element) => {
                let space = match &*element.name.ns {
                    "http://www.w3.org/2000/svg" => "svg ",
                    "http://www.w3.org/1998/Math/MathML" => "math ",
                    _ => "",
                };
                writeln!(out, "| {indent}<{space}{}>", element.name()).unwrap();
                let prefixed = element.attrs.iter().map(|(name, value)| match &name.prefix {
                    Some(prefix) if !prefix.is_empty() => (format!("{prefix} {}", name.local), value),
                    _ => (name.local.to_string(), value),
                });
                let mut attributes: Vec<_> = prefixed.collect();
                attributes.sort();
                for (name, value) in attributes {
                    writeln!(out, "| {indent}  {name}=\"{value}\"").unwrap();
                }
            }
        }
    }
    out.trim_end_matches('\n').to_owned()
}

#[test]
#[ignore = "reads a collection that GLEANER_CORPUS names"]
fn tree_construction_cases() {
    let folder = corpus::folder("html5lib/tree-construction").unwrap();
    let (mut cases, mut passed, mut scraper_passed, mut lost) = (0, 0, 0, Vec::new());
    // The folder `scripted` holds cases that run scripts.
    for file in corpus::files(&folder, ".dat") {
        for case in tree_cases(&fs::read_to_string(&file).unwrap()) {
            let ours = notation(&parse(&case.data, Keep::All).html) == case.document;
            let theirs = notation(&Html::parse_document(&case.data)) == case.document;
            cases += 1;
            passed += usize::from(ours);
            scraper_passed += usize::from(theirs);
            if theirs && !ours {
                lost.push(format!("{}: {:?}", file.display(), case.data));
            }
        }
    }
    eprintln!("{passed} of {cases} passed; scraper passes {scraper_passed}");
    assert!(lost.is_empty(), "{}", lost.join("\n"));
    assert!(passed >= SCRAPER_PASSES);
}
