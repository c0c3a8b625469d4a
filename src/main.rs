//! The `throng` command. All that it can do lives in the library; `cli` parses, prints and picks the exit code.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
