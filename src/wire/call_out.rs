//! How a telephone line calls, compiled.

use super::scope::Scope;
use super::template::{CompileError, Compiler};
use crate::scenario::Phone;

/// SIPp's scenario of a caller, for one target and one set of settings.
#[derive(Debug)]
pub struct CallOutPlan {
    /// The program that makes the calls.
    pub program: String,
    /// Its scenario, in XML.
    pub scenario: String,
}

impl CallOutPlan {
    /// Compiles `phone` for these [constants](Scope::constants).
    ///
    /// # Errors
    /// When its scenario is no template.
    pub fn compile(phone: &Phone, constants: Scope) -> Result<CallOutPlan, CompileError> {
        let template = Compiler::of_lines(constants.clone()).compile("phone.scenario", &phone.scenario)?;
        Ok(CallOutPlan {
            program: phone.program.clone(),
            scenario: template.text(&constants)?.unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;

    use super::*;

    fn compiled(scenario: &str) -> Result<CallOutPlan, CompileError> {
        let settings = IndexMap::from([("caller".to_owned(), "li".into())]);
        let constants = Scope::constants("sip:service@127.0.0.1:5060", &settings);
        let phone = Phone {
            program: "sipp".to_owned(),
            scenario: scenario.to_owned(),
        };
        CallOutPlan::compile(&phone, constants)
    }

    #[test]
    fn a_scenario_sees_whom_it_calls_and_the_settings() {
        let plan = compiled("INVITE {{ target }} from {{ settings.caller }} [call_id]").unwrap();
        assert_eq!(plan.scenario, "INVITE sip:service@127.0.0.1:5060 from li [call_id]");
    }

    #[test]
    fn a_scenario_knows_no_single_call() {
        let error = compiled("{{ message.id }}").unwrap_err();
        assert_eq!(error.place, "phone.scenario");
        assert!(
            error
                .reason
                .contains("unknown name `message` (values: target, settings;"),
            "{error}"
        );
    }
}
