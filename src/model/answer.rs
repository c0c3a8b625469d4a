//! Reads what an endpoint sends back.

use serde::Deserialize;
use serde_json::Value;

use super::Question;

/// What a model said.
#[derive(Clone, PartialEq)]
pub struct Answer {
    /// What it said.
    pub text: String,
    /// The model, as the endpoint calls it; else as it was asked for.
    pub model: String,
    /// What it took.
    pub usage: Usage,
    /// True when the limit on its length cut it off.
    pub is_cut: bool,
}

impl std::fmt::Debug for Answer {
    /// The text may repeat a customer's: only its length is shown.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} bytes, {:?}", self.text.len(), self.usage)
    }
}

/// Tokens that were used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Usage {
    /// Of the prompt.
    pub input: u64,
    /// Of the answer.
    pub output: u64,
    /// True when the endpoint did not say, or an answer was lost, so that this is our (high) guess.
    pub is_estimated: bool,
}

impl Usage {
    /// Adds what something else took.
    pub fn add(&mut self, other: Usage) {
        self.input = self.input.saturating_add(other.input);
        self.output = self.output.saturating_add(other.output);
        self.is_estimated |= other.is_estimated;
    }
}

/// A chat completion, as far as it matters. What else it holds is of no interest, so unknown keys are no mistake here.
#[derive(Deserialize)]
struct Completion {
    model: Option<String>,
    choices: Vec<Choice>,
    usage: Option<WireUsage>,
}

#[derive(Deserialize)]
struct Choice {
    message: WireMessage,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct WireMessage {
    content: Option<String>,
}

#[derive(Deserialize)]
struct WireUsage {
    prompt_tokens: u64,
    completion_tokens: u64,
}

/// What the body of an answer with a good status says; else why it is none, without a word of it.
pub(super) fn read(body: &[u8], asked_model: &str, question: &Question) -> Result<Answer, &'static str> {
    // The error of the parser would quote the body.
    let completion: Completion = serde_json::from_slice(body).map_err(|_| "its body is not the JSON of one")?;
    let choice = completion.choices.into_iter().next().ok_or("it has no choices")?;
    let text = choice.message.content.ok_or("its message has no text")?;
    let usage = match completion.usage {
        Some(usage) => Usage {
            input: usage.prompt_tokens,
            output: usage.completion_tokens,
            is_estimated: false,
        },
        None => estimate(question, &text),
    };
    Ok(Answer {
        model: completion.model.unwrap_or_else(|| asked_model.to_owned()),
        is_cut: choice.finish_reason.as_deref() == Some("length"),
        usage,
        text,
    })
}

/// Bytes bound tokens from above.
fn estimate(question: &Question, text: &str) -> Usage {
    Usage {
        output: text.len() as u64,
        ..super::budget::Reservation::for_question(question).as_used()
    }
}

/// What an error body names: the parameter, and the endpoint's word for it. Only words of small letters pass: anything
/// else could repeat what we sent.
pub(super) fn refusal(body: &[u8]) -> (Option<String>, Option<String>) {
    let body: Value = serde_json::from_slice(body).unwrap_or(Value::Null);
    let error = &body["error"];
    let word = |value: &Value| {
        let text = value.as_str()?;
        let is_word = text.len() <= 40 && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        (is_word && !text.is_empty()).then(|| text.to_owned())
    };
    (
        word(&error["param"]),
        word(&error["code"]).or_else(|| word(&error["type"])),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Message, Role};

    fn question() -> Question {
        Question {
            messages: vec![Message::new(Role::User, "在吗")],
            most_tokens: 10,
            temperature: 0.0,
            seed: None,
            wants_json: true,
        }
    }

    #[test]
    fn an_answer_has_text_model_and_usage_or_a_guess_that_is_marked() {
        let whole = br#"{"model": "judge-2", "choices": [{"message": {"content": "ok"}, "finish_reason": "length"}],
            "usage": {"prompt_tokens": 12, "completion_tokens": 3}, "id": "x"}"#;
        let answer = read(whole, "judge", &question()).unwrap();
        assert_eq!(
            (answer.text.as_str(), answer.model.as_str(), answer.is_cut),
            ("ok", "judge-2", true)
        );
        assert_eq!(
            (answer.usage.input, answer.usage.output, answer.usage.is_estimated),
            (12, 3, false)
        );
        let bare = br#"{"choices": [{"message": {"content": "okay"}}]}"#;
        let answer = read(bare, "judge", &question()).unwrap();
        assert_eq!(
            (answer.model.as_str(), answer.usage.output, answer.usage.is_estimated),
            ("judge", 4, true)
        );
        assert!(answer.usage.input >= 6);
    }

    #[test]
    fn what_is_no_completion_is_told_without_a_word_of_it() {
        for body in [
            "",
            "<html>geheim</html>",
            r#"{"choices": []}"#,
            r#"{"choices": [{"message": {"content": null}}]}"#,
            r#"{"choices": "geheim"}"#,
        ] {
            let reason = read(body.as_bytes(), "judge", &question()).unwrap_err();
            assert!(!reason.contains("geheim"), "{reason}");
        }
        let answer = read(
            br#"{"choices": [{"message": {"content": "geheim"}}]}"#,
            "m",
            &question(),
        )
        .unwrap();
        assert!(!format!("{answer:?} {:?}", question()).contains("geheim"));
        assert!(!format!("{:?}", question()).contains('在'));
    }

    #[test]
    fn only_words_pass_from_a_refusal() {
        let said = |body: &str| refusal(body.as_bytes());
        let word = |text: &str| Some(text.to_owned());
        assert_eq!(
            said(r#"{"error": {"message": "your prompt was ...", "param": "seed", "code": "unsupported_value"}}"#),
            (word("seed"), word("unsupported_value"))
        );
        assert_eq!(
            said(r#"{"error": {"param": "13812345678", "code": "The prompt: 你好", "type": "invalid_request_error"}}"#),
            (None, word("invalid_request_error"))
        );
        assert_eq!(said("not json"), (None, None));
    }
}
