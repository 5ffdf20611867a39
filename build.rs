//! Writes the rules built in as tables of Rust: their TOML and their expressions are read once, here, and not at
//! every start of the program.
#[allow(dead_code, unreachable_pub)]
#[path = "src/rules/fold.rs"]
mod fold;
#[allow(dead_code, unused_imports)]
#[path = "src/rules/reading/mod.rs"]
mod reading;

use reading::Reading;
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};
use toml::{Table, Value};

/// Expressions, each with whether capitals and small letters are the same in it.
type Readings = BTreeMap<(String, bool), Reading>;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=src/rules");
    let (mut files, mut rows, mut readings) = (String::new(), String::new(), Readings::new());
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    for path in tables(&root.join("src/rules"))? {
        let named = |error: Box<dyn Error>| format!("{}: {error}", path.display());
        language(&path, &mut rows, &mut readings).map_err(named)?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        writeln!(files, "({name:?}, include_str!({path:?})),")?;
    }
    let mut code = format!(
        "/// The files of the rules built in: language and contents.\n\
         pub const LANGUAGES: &[(&str, &str)] = &[\n{files}];\n\
         static ROWS: &[Row] = &[\n{rows}];\nstatic READINGS: &[Known] = &[\n"
    );
    for ((pattern, any_case), reading) in readings {
        let Reading { literals, heads, signs, most_bytes, narrowed } = reading;
        let known = format!("{literals:?}, {heads:?}, &{:?}, {most_bytes}, {narrowed:?}", signs.0);
        writeln!(code, "(({pattern:?}, {any_case}), known({known})),")?;
    }
    code.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("built_in.rs"), code)?;
    Ok(())
}

/// The files of rules, in the order of the languages.
fn tables(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let mut paths: Vec<PathBuf> = entries.iter().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    paths.sort();
    Ok(paths)
}

/// Writes a row for each rule of a language, in the order of their names, and reads its expressions.
fn language(path: &Path, rows: &mut String, readings: &mut Readings) -> Result<(), Box<dyn Error>> {
    let language = path.file_stem().unwrap_or_default().to_string_lossy();
    let rules: BTreeMap<String, Table> = toml::from_str(&fs::read_to_string(path)?)?;
    for (name, rule) in &rules {
        write!(rows, "Row {{ id: \"{language}/{name}\", ")?;
        for (key, value) in rule {
            match key.as_str() {
                "category" => write!(rows, "category: Category::{}, ", variant(value))?,
                "proof" => write!(rows, "proof: Proof::{}, ", variant(value))?,
                "field" => write!(rows, "action: Action::Field(FieldName::{}), ", variant(value))?,
                _ => write!(rows, "{key}: {}, ", literal(value))?,
            }
        }
        rows.push_str("..NONE },\n");
        for (key, any_case) in [("regex", true), ("part", false)] {
            for pattern in rule.get(key).and_then(Value::as_array).into_iter().flatten() {
                let pattern = pattern.as_str().ok_or("an expression that is no text")?;
                let reading = Reading::of(pattern, any_case).map_err(|error| format!("[{name}] {error}"))?;
                readings.insert((pattern.to_string(), any_case), reading);
            }
        }
    }
    Ok(())
}

/// A value of TOML as Rust writes it.
fn literal(value: &Value) -> String {
    match value {
        Value::String(text) => format!("{text:?}"),
        Value::Array(list) => format!("&[{}]", list.iter().map(literal).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

/// The variant of an enum that a value names: `ReadMore` for `read-more`.
fn variant(value: &Value) -> String {
    let words = value.as_str().unwrap_or_default().split(['-', '_']);
    words
        .map(|word| word.get(..1).unwrap_or_default().to_uppercase() + word.get(1..).unwrap_or_default())
        .collect()
}
