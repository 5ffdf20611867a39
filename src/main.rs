//! The command: all of it is in [`gleaner::cli`].
fn main() -> std::process::ExitCode {
    gleaner::cli::main()
}
