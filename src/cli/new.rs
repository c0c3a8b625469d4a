//! `throng new`: a set of files to start from, with everything that the shipped scenario uses.

use std::fs;
use std::io;
use std::path::Path;

use throng::scenario::built_in::{self, Kind};

use super::args::NewArguments;
use super::console::print;
use super::exit_code::ExitCode;
use super::failure::Failure;

/// The kinds of file and the folder of each, as in throng's own tree, so that relative references and schema lines hold.
const FOLDERS: [(Kind, &str); 6] = [
    (Kind::Scenario, "scenarios"),
    (Kind::Persona, "personas"),
    (Kind::Goals, "personas/goals"),
    (Kind::Profile, "channels"),
    (Kind::Knowledge, "knowledge"),
    (Kind::Rubric, "rubrics"),
];
const SCHEMAS: [&str; 6] = ["scenario", "persona", "goals", "profile", "knowledge", "rubric"];

pub(crate) fn new(arguments: &NewArguments) -> Result<ExitCode, Failure> {
    let dir = &arguments.dir;
    let is_taken = fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some()) || dir.is_file();
    if is_taken {
        let message = format!(
            "cannot start in `{}`: it exists and is not an empty folder",
            dir.display()
        );
        return Err(Failure::new(ExitCode::Invalid, message).hint("name a folder that does not exist yet"));
    }
    write_all(dir)
        .map_err(|(path, error)| Failure::new(ExitCode::Invalid, format!("cannot write `{path}`: {error}")))?;
    print(&format!(
        "wrote scenarios, personas, goals, channels, knowledge and a rubric to {dir}\n\nnext:\n  edit {dir}/knowledge/beauty-shop.yaml   what is true in your shop\n  \
         edit {dir}/scenarios/singles-day.yaml    who comes, when, where\n  throng check {dir}/scenarios/singles-day.yaml\n  \
         throng run {dir}/scenarios/singles-day.yaml",
        dir = dir.display()
    ))?;
    Ok(ExitCode::Held)
}

fn write_all(dir: &Path) -> Result<(), (String, io::Error)> {
    for (kind, folder) in FOLDERS {
        for name in built_in::names(kind) {
            let text = built_in::text(kind, name).unwrap_or_default();
            write(&dir.join(folder).join(format!("{name}.yaml")), text)?;
        }
    }
    for (name, text) in built_in::tables() {
        write(&dir.join("knowledge").join(name), text)?;
    }
    for name in SCHEMAS {
        let schema = throng::scenario::schema(name).unwrap_or_default();
        write(
            &dir.join("docs/schemas").join(format!("{name}.schema.json")),
            &format!("{schema:#}\n"),
        )?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), (String, io::Error)> {
    let parent = path.parent().unwrap_or(path);
    fs::create_dir_all(parent)
        .and_then(|()| fs::write(path, text))
        .map_err(|error| (path.display().to_string(), error))
}
