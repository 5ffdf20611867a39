//! What the command says of itself: completions and manual pages hold every command and flag; the file of `init`.
mod place;
mod support;

use gleaner::Config;
use place::Place;
use std::collections::BTreeSet;
use std::fs;
use std::process::Command;
use support::say;

/// Shells that completions are made for.
const SHELLS: &[&str] = &["bash", "elvish", "fish", "powershell", "zsh"];

/// The words of a help page that begin with these signs, at the beginning of a line.
fn words<'a>(help: &'a str, heading: &str, signs: &str) -> Vec<&'a str> {
    let lines = help.lines().skip_while(|line| *line != heading).skip(1);
    let lines = lines.take_while(|line| line.is_empty() || line.starts_with(' '));
    let indented = lines.filter(|line| line.starts_with("  ") && !line.starts_with("       "));
    indented
        .flat_map(|line| line.split([' ', ',']).filter(|word| !word.is_empty()).take(2))
        .filter(|word| word.starts_with(signs))
        .collect()
}

/// Every command, as its words, and its long flags, as `--help` names them.
fn commands() -> Vec<(Vec<String>, BTreeSet<String>)> {
    let mut found = Vec::new();
    let mut open: Vec<Vec<String>> = vec![Vec::new()];
    while let Some(command) = open.pop() {
        let mut arguments: Vec<&str> = command.iter().map(String::as_str).collect();
        arguments.push("--help");
        let help = say(&arguments).out;
        let mut flags: BTreeSet<String> =
            words(&help, "Options:", "--").into_iter().map(str::to_string).collect();
        flags.remove("--help");
        for line in help.lines().skip_while(|line| *line != "Commands:").skip(1) {
            let Some(name) = line.strip_prefix("  ").and_then(|line| line.split(' ').next()) else { break };
            if name != "help" && !name.is_empty() {
                open.push(command.iter().cloned().chain([name.to_string()]).collect());
            }
        }
        found.push((command, flags));
    }
    found
}

#[test]
fn help_is_read_rightly_here() {
    let all = commands();
    let of = |name: &str| &all.iter().find(|(command, _)| command.join(" ") == name).expect(name).1;
    for (command, flag) in
        [("run", "--output"), ("run", "--progress"), ("init", "--force"), ("", "--version")]
    {
        assert!(of(command).contains(flag), "{command} {flag}: {:?}", of(command));
    }
}

#[test]
fn completions_hold_every_command_and_flag() {
    let all = commands();
    for shell in SHELLS {
        let said = say(&["completions", shell]);
        assert_eq!(said.code, 0, "{}", said.err);
        for (command, flags) in &all {
            for word in command.iter().chain(flags) {
                // Fish writes `-l force` for `--force`.
                let bare = word.trim_start_matches("--");
                assert!(said.out.contains(bare), "completions of {shell} lack {command:?} {word}");
            }
        }
    }
    let said = say(&["completions", "nonsense"]);
    assert_eq!(said.code, 2);
    assert!(SHELLS.iter().all(|shell| said.err.contains(shell)), "{}", said.err);
}

#[test]
fn bash_reads_its_completions_and_completes_by_them() {
    if Command::new("bash").arg("--version").output().is_err() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let script = dir.path().join("gleaner.bash");
    fs::write(&script, say(&["completions", "bash"]).out).unwrap();
    let bash = |code: &str| Command::new("bash").args(["-c", code, "bash"]).arg(&script).output().unwrap();
    let checked = bash("bash -n \"$1\"");
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    let completed = bash(
        "source \"$1\"; COMP_WORDS=(gleaner run --dup); COMP_CWORD=2; _gleaner gleaner --dup run; \
         printf '%s\\n' \"${COMPREPLY[@]}\"",
    );
    assert_eq!(String::from_utf8_lossy(&completed.stdout), "--duplicates\n--duplicates-of\n");
}

#[test]
fn a_manual_page_of_each_command_holds_its_flags() {
    let place = Place::new();
    assert_eq!(place.say(&["man", "--folder", "pages"]).code, 0);
    let all = commands();
    for (command, flags) in &all {
        let name = [vec!["gleaner".to_string()], command.clone()].concat().join("-");
        let page = fs::read_to_string(place.path(&format!("pages/{name}.1"))).unwrap();
        assert!(page.contains(&format!(".TH {name} 1 ")), "{page}");
        let plain = page.replace('\\', "");
        for flag in flags {
            assert!(plain.contains(flag), "{name}.1 lacks {flag}");
        }
        let mut arguments = vec!["man"];
        arguments.extend(command.iter().map(String::as_str));
        assert_eq!(say(&arguments).out, page);
    }
    let files = fs::read_dir(place.path("pages")).unwrap().count();
    assert_eq!(files, all.len());
    let said = say(&["man", "nonsense"]);
    assert_eq!((said.code, said.err.contains("nonsense")), (2, true), "{}", said.err);
}

#[test]
fn init_writes_the_defaults_and_never_over_a_file() {
    let place = Place::new();
    let said = place.say(&["init"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let written = fs::read_to_string(place.path("gleaner.toml")).unwrap();
    assert_eq!(Config::parse(&written, "gleaner.toml").unwrap(), Config::default());
    assert_eq!(say(&["init", "-"]).out, written);

    place.put("gleaner.toml", b"[run]\nthreads = 1\n");
    let said = place.say(&["init"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("gleaner.toml") && said.err.contains("--force"), "{}", said.err);
    assert_eq!(fs::read(place.path("gleaner.toml")).unwrap(), b"[run]\nthreads = 1\n");
    assert_eq!(place.say(&["init", "--force"]).code, 0);
    assert_eq!(fs::read_to_string(place.path("gleaner.toml")).unwrap(), written);

    assert_eq!(place.say(&["init", "no/such/folder.toml"]).code, 2);
    assert_eq!(place.run(&["--config", "gleaner.toml"]).code, 0);
}
