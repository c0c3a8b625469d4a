//! A person is called when one is wanted, and knows what was said.

use std::sync::Arc;

use super::conversation::{SHOP, Talk, judge};
use super::{finding, mark};
use crate::conversation::Language;
use crate::quality::{Memory, Scorer};

#[test]
fn a_person_comes_when_one_is_wanted_and_knows_what_was_said() {
    let no_answer = "抱歉,没太明白您的意思";
    judge(
        "handoff",
        "chase-delivery",
        Language::Zh,
        &[
            // Wanted.
            (&[], (0, "转人工", "正在为您转接人工客服"), '+'),
            (&[], (0, "转人工", "人工客服明天9点上班"), '+'),
            (&[], (0, "转人工", "满300减50"), '-'),
            (&[], (0, "转人工", "人工客服不在,满减是300减50"), '-'),
            (
                &[(0, "转人工", "请问您要问什么")],
                (0, "什么时候发货", "马上给您转人工"),
                '+',
            ),
            (&[], (0, "不要转人工,什么时候发货", "48小时内发货"), '.'),
            // Not wanted.
            (&[], (0, "什么时候发货", "正在为您转接人工客服"), '-'),
            (&[], (0, "什么时候发货", "抱歉,没听懂,为您转接人工客服"), '+'),
            (
                &[(0, "什么时候发货", no_answer)],
                (0, "什么时候发货", "正在为您转接人工客服"),
                '+',
            ),
            (
                &[],
                (0, "什么时候发货", "订单OWN会在48小时内发货,已为您创建工单催发"),
                '+',
            ),
            (&[], (0, "什么时候发货", "订单OWN会在48小时内发货"), '.'),
            // With what was said.
            (&[], (0, "转人工,OWN", "正在为您转接人工客服,请提供订单号"), '-'),
            (&[], (0, "转人工,OWN", "正在为您转接人工客服,您的订单OWN已备注"), '+'),
            (&[], (0, "转人工", "正在为您转接人工客服,请提供订单号"), '+'),
        ],
    );
}

#[test]
fn a_person_comes_in_english_too() {
    judge(
        "handoff",
        "chase-delivery",
        Language::En,
        &[
            (
                &[],
                (0, "let me talk to a human", "I'm transferring you to a human agent."),
                '+',
            ),
            (&[], (0, "let me talk to a human", "Type 'agent' to be connected."), '+'),
            (&[], (0, "let me talk to a human", "We ship within 48 hours."), '-'),
            (
                &[],
                (0, "when will it ship?", "I'm transferring you to a human agent."),
                '-',
            ),
            (&[], (0, "when will it ship?", "It ships within 48 hours."), '.'),
            (
                &[],
                (
                    0,
                    "agent please, OWN",
                    "I'm transferring you to an agent. What is your order number?",
                ),
                '-',
            ),
        ],
    );
}

#[test]
fn a_shop_may_want_questions_handed_to_a_person() {
    let mut scenario = (**SHOP).clone();
    scenario.knowledge.topics["invoice"].needs_person = true;
    let scorer = Scorer::new(Arc::new(scenario)).unwrap();
    for (heard, expected) in [
        ("正在为您转接人工客服", '+'),
        ("24小时内开出发票", '-'),
        ("发票请联系人工客服,工作时间9:00-18:00", '+'),
    ] {
        let turn = Talk::about("ask-invoice", Language::Zh).turn(0, "能开发票吗", &[heard]);
        let score = scorer.score(&turn, &mut Memory::default());
        assert_eq!(mark(finding(&score, "handoff")), expected, "{heard}");
    }
}
