//! What can be typed behind `throng judge`.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct JudgeArguments {
    /// A run directory [default: the newest under results/].
    pub(crate) run: Option<PathBuf>,
    /// What is asked of each answer: a rubric file, or the name of a built-in one.
    #[arg(long, value_name = "FILE", default_value = "default")]
    pub(crate) rubric: String,
    /// Base URL of an OpenAI-compatible endpoint, with `/v1`.
    #[arg(long, value_name = "URL", env = "OPENAI_BASE_URL")]
    pub(crate) endpoint: String,
    /// The model to ask.
    #[arg(long, value_name = "NAME")]
    pub(crate) model: String,
    /// The environment variable with the endpoint's key [default: THRONG_MODEL_KEY, else OPENAI_API_KEY].
    #[arg(long, value_name = "VARIABLE")]
    pub(crate) key_variable: Option<String>,
    /// Allow answers to be sent to this host; loopback is always allowed.
    #[arg(long, value_name = "HOST", env = "THRONG_ALLOW_TARGETS", value_delimiter = ',')]
    pub(crate) allow_target: Vec<String>,
    /// Never use more tokens than this, prompts and answers together.
    #[arg(long, value_name = "NUMBER")]
    pub(crate) budget_tokens: Option<u64>,
    /// Never spend more than this; needs the prices.
    #[arg(long, value_name = "AMOUNT", requires_all = ["price_in", "price_out"], value_parser = amount)]
    pub(crate) budget_money: Option<f64>,
    /// Price of a million tokens of prompt.
    #[arg(long, value_name = "AMOUNT", default_value_t = 0.0, value_parser = amount)]
    pub(crate) price_in: f64,
    /// Price of a million tokens of answer.
    #[arg(long, value_name = "AMOUNT", default_value_t = 0.0, value_parser = amount)]
    pub(crate) price_out: f64,
    /// Judge this many answers of each stratum (phase, channel, goal, outcome of the hard gates).
    #[arg(long, value_name = "NUMBER", default_value_t = 3)]
    pub(crate) sample: usize,
    /// Judge all answers that failed a hard gate, up to about this many.
    #[arg(long, value_name = "NUMBER", default_value_t = 100)]
    pub(crate) failures: usize,
    /// Where all chance comes from [default: the run's seed].
    #[arg(long, value_name = "NUMBER")]
    pub(crate) seed: Option<u64>,
    /// Hold the judge against these labelled replies first: a CSV file, or `default`.
    #[arg(long, value_name = "FILE")]
    pub(crate) labelled: Option<String>,
    /// What the corrected share must keep, as in `answers_question: pass >= 90%`; needs a judge with kappa 0.6 or better.
    #[arg(long, value_name = "GATE", requires = "labelled")]
    pub(crate) gate: Vec<throng::verdict::judged::Gate>,
    /// Questions on their way at once.
    #[arg(long, value_name = "NUMBER", default_value_t = 4)]
    pub(crate) concurrency: usize,
    /// Where judge.json and the answers go [default: the run directory].
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Print judge.json instead of the page.
    #[arg(long)]
    pub(crate) json: bool,
}

fn amount(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(amount) if amount >= 0.0 && amount.is_finite() => Ok(amount),
        _ => Err(format!("expected an amount such as 2.50, found `{text}`")),
    }
}
