//! What of a stream's pieces is asked for.

use serde_json::Value;

use crate::scenario::{Format, Framing, PickMode, StreamRule};
use crate::wire::marks::{Captures, ErrorMarks};
use crate::wire::outline::Outline;
use crate::wire::part::Json;
use crate::wire::selector::Selector;
use crate::wire::template::CompileError;

/// A profile's rule for replies in pieces, compiled.
#[derive(Debug)]
pub struct StreamPlan {
    pub(super) framing: Framing,
    /// What of a piece is asked for.
    pub(super) outline: Outline,
    pub(super) kind: Option<Selector>,
    pub(super) end_data: Vec<String>,
    pub(super) end_kinds: Vec<String>,
    pub(super) picks: Vec<Picked>,
    pub(super) errors: ErrorMarks,
    pub(super) captures: Captures,
}

/// Where a piece's visible text is.
#[derive(Debug)]
pub(super) struct Picked {
    kind: Option<String>,
    conditions: Vec<(Selector, Value)>,
    pub(super) text: Selector,
    pub(super) mode: PickMode,
}

impl Picked {
    /// True for a piece of this kind.
    pub(super) fn is_for(&self, kind: &str, json: Json<'_>) -> bool {
        let holds = |(selector, value): &(Selector, Value)| selector.first_json(json) == Some(value);
        self.kind.as_ref().is_none_or(|wanted| wanted == kind) && self.conditions.iter().all(holds)
    }
}

impl StreamPlan {
    /// Compiles `rule`, which stands at `place` (`reply.stream`).
    ///
    /// # Errors
    /// The first selector that is none.
    pub fn compile(place: &str, rule: &StreamRule) -> Result<StreamPlan, CompileError> {
        let select = |key: String, source: &str| Selector::compile(&format!("{place}.{key}"), source, Format::Json);
        if rule.pick.is_empty() {
            return Err(CompileError::new(
                place,
                "key `pick` is empty: where is the visible text?",
            ));
        }
        let mut picks = Vec::with_capacity(rule.pick.len());
        for (at, pick) in rule.pick.iter().enumerate() {
            let condition = |(source, value): (&String, &Value)| {
                select(format!("pick[{at}].where"), source).map(|selector| (selector, value.clone()))
            };
            picks.push(Picked {
                kind: pick.kind.clone(),
                conditions: pick.conditions.iter().map(condition).collect::<Result<_, _>>()?,
                text: select(format!("pick[{at}].text"), &pick.text)?,
                mode: pick.mode,
            });
        }
        let mut plan = StreamPlan {
            framing: rule.framing,
            outline: Outline::default(),
            kind: rule
                .kind
                .as_ref()
                .map(|kind| select("kind".to_owned(), kind))
                .transpose()?,
            end_data: rule.end_data.clone(),
            end_kinds: rule.end_kinds.clone(),
            picks,
            errors: ErrorMarks::compile(place, &rule.error, Format::Json)?,
            captures: Captures::compile(place, &rule.capture, Format::Json)?,
        };
        plan.outline = plan.wanted();
        Ok(plan)
    }

    /// What of a piece its selectors ask for.
    fn wanted(&self) -> Outline {
        let mut outline = Outline::default();
        self.errors.want(&mut outline);
        self.captures.want(&mut outline);
        self.kind.iter().for_each(|kind| kind.want(&mut outline));
        for pick in &self.picks {
            pick.text.want(&mut outline);
            pick.conditions
                .iter()
                .for_each(|(selector, _)| selector.want(&mut outline));
        }
        outline
    }
}
