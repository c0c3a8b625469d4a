//! What an endpoint understands of a request beside the messages. Endpoints refuse what they do not know, and name it.

use serde_json::{Map, Value, json};

use super::Question;

/// What is said beside the messages; all of it at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    has_json_mode: bool,
    has_seed: bool,
    has_temperature: bool,
    /// The newer name of the limit on the answer.
    says_completion_tokens: bool,
}

impl Default for Dialect {
    fn default() -> Self {
        Dialect {
            has_json_mode: true,
            has_seed: true,
            has_temperature: true,
            says_completion_tokens: false,
        }
    }
}

impl Dialect {
    /// The body of a request.
    pub(super) fn body(self, model: &str, question: &Question) -> Value {
        let messages = question.messages.iter();
        let messages: Vec<Value> = messages
            .map(|message| json!({"role": message.role.word(), "content": message.text}))
            .collect();
        let mut body = Map::new();
        body.insert("model".to_owned(), json!(model));
        body.insert("messages".to_owned(), Value::Array(messages));
        let limit = match self.says_completion_tokens {
            true => "max_completion_tokens",
            false => "max_tokens",
        };
        body.insert(limit.to_owned(), json!(question.most_tokens));
        body.insert("stream".to_owned(), json!(false));
        if self.has_temperature {
            body.insert("temperature".to_owned(), json!(question.temperature));
        }
        if let Some(seed) = question.seed.filter(|_| self.has_seed) {
            body.insert("seed".to_owned(), json!(seed));
        }
        if question.wants_json && self.has_json_mode {
            body.insert("response_format".to_owned(), json!({"type": "json_object"}));
        }
        Value::Object(body)
    }

    /// The same without what a refusal names; without the JSON mode when it names nothing. None when that was said no more.
    pub(super) fn without(self, named: Option<&str>) -> Option<Dialect> {
        let simpler = match named {
            Some("seed") => Dialect {
                has_seed: false,
                ..self
            },
            Some("temperature") => Dialect {
                has_temperature: false,
                ..self
            },
            Some("max_tokens") => Dialect {
                says_completion_tokens: true,
                ..self
            },
            _ => Dialect {
                has_json_mode: false,
                ..self
            },
        };
        (simpler != self).then_some(simpler)
    }

    /// What the endpoint did not take, as the wire calls it.
    pub(super) fn left_out(self) -> Vec<&'static str> {
        let all = [
            (self.has_json_mode, "response_format"),
            (self.has_seed, "seed"),
            (self.has_temperature, "temperature"),
        ];
        let missing = all.into_iter().filter(|(is_said, _)| !is_said);
        missing.map(|(_, name)| name).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_is_said_no_more_and_the_rest_stays() {
        let question = Question {
            messages: Vec::new(),
            most_tokens: 9,
            temperature: 0.0,
            seed: Some(7),
            wants_json: true,
        };
        let all = Dialect::default();
        let body = all.body("m", &question);
        assert_eq!(body["response_format"]["type"], "json_object");
        assert_eq!((&body["seed"], &body["max_tokens"]), (&json!(7), &json!(9)));
        let without_json = all.without(None).unwrap();
        assert_eq!(without_json.without(Some("messages")), None);
        assert_eq!(without_json.body("m", &question).get("response_format"), None);
        let plain = without_json
            .without(Some("seed"))
            .unwrap()
            .without(Some("max_tokens"))
            .unwrap();
        assert_eq!(plain.body("m", &question)["max_completion_tokens"], 9);
        assert_eq!(plain.left_out(), ["response_format", "seed"]);
    }
}
