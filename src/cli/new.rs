//! `throng new`: a set of files to start from, with everything that the shipped scenario uses; or one drafted profile.

use std::fs;
use std::io;
use std::path::Path;

use throng::conversation::Language;
use throng::scenario::built_in::{self, Kind};

use super::args::{New, NewArguments};
use super::console::print;
use super::exit_code::ExitCode;
use super::failure::Failure;
use super::new_channel::new_channel;

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

pub(crate) fn new(arguments: &NewArguments, language: Language) -> Result<ExitCode, Failure> {
    match (&arguments.what, &arguments.dir) {
        (Some(New::Channel(arguments)), _) => new_channel(arguments, language),
        (None, Some(dir)) => new_folder(dir, language),
        (None, None) => {
            Err(Failure::new(ExitCode::Invalid, "expected a folder to write to").hint("`throng new my-shop`"))
        }
    }
}

fn new_folder(dir: &Path, language: Language) -> Result<ExitCode, Failure> {
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
    print(&next_steps(&dir.display().to_string(), language))?;
    Ok(ExitCode::Held)
}

fn next_steps(dir: &str, language: Language) -> String {
    match language {
        Language::Zh => format!(
            "场景、客户画像、诉求、渠道协议、知识库和评审标准已写入 {dir}\n\n下一步：\n  编辑 {dir}/knowledge/beauty-shop.yaml   您店里的事实\n  \
             编辑 {dir}/scenarios/singles-day.yaml   谁来、什么时候来、从哪里来\n  throng check {dir}/scenarios/singles-day.yaml\n  \
             throng run {dir}/scenarios/singles-day.yaml"
        ),
        Language::En => format!(
            "wrote scenarios, personas, goals, channels, knowledge and a rubric to {dir}\n\nnext:\n  edit {dir}/knowledge/beauty-shop.yaml   what is true in your shop\n  \
             edit {dir}/scenarios/singles-day.yaml   who comes, when, where\n  throng check {dir}/scenarios/singles-day.yaml\n  \
             throng run {dir}/scenarios/singles-day.yaml"
        ),
    }
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
