//! The command-line tool.
fn main() -> std::process::ExitCode {
    bon_tot::cli::main()
}
