//! What of a stream's pieces is asked for.

use serde_json::Value;

use super::super::marks::{Captures, ErrorMarks};
use super::super::outline::Outline;
use super::super::part::Json;
use super::super::selector::Selector;
use super::super::template::CompileError;
use crate::scenario::{Format, Framing, PickMode, StreamRule};

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
    /// Nothing but the answer's text follows from what is picked: of pieces that differ in it alone nothing else differs.
    pub(super) is_text_alone: bool,
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
            is_text_alone: false,
            errors: ErrorMarks::compile(place, &rule.error, Format::Json)?,
            captures: Captures::compile(place, &rule.capture, Format::Json)?,
        };
        plan.outline = plan.wanted();
        plan.is_text_alone = plan.looks_at_text_for_nothing_else();
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

    /// True when its other selectors keep clear of the texts that are picked.
    fn looks_at_text_for_nothing_else(&self) -> bool {
        let conditions = self.picks.iter().flat_map(|pick| &pick.conditions);
        let others = conditions.map(|(selector, _)| selector).chain(&self.kind);
        let mut others = others.chain(self.errors.selectors()).chain(self.captures.selectors());
        others.all(|other| self.picks.iter().all(|pick| other.is_apart_from(&pick.text)))
    }
}
