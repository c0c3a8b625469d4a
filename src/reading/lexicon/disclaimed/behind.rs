//! Denials that stand behind a claim in its clause: 这话我们不敢讲, 早取消了, `isn't something we do`, `is against our rules`.

use std::sync::LazyLock;

use regex::Regex;

use super::super::any_of;
use super::{Around, Reaching};

/// True when what stands behind a claim in its clause denies it.
pub(super) fn denies(around: &Around) -> bool {
    let behind = around.behind;
    if SUPPOSED.is_match(around.before) {
        return false;
    }
    RIGHT_BEHIND.is_match(behind) || REFUSED.backward(behind) || UNTRUE.backward(behind)
}

static RIGHT_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        "^(?:号|群|联系|沟通|转账|支付|付款|交易|收款|的?方式|等|渠道|这种|之类)*(?:我们|酒店|本店|平台|一律|都|均|是|也|暂时?|目前)*(?:不|无法|没有|未|禁止)(?:予|被|敢|会|能)?(?:支持|接受|提供|使用|保证|承诺|存在|允许|可用|可靠|安全)",
        r"^(?: [a-z]+){0,2}? (?:(?:is|are|was|can|could|will)(?:n't| not)|cannot)(?: be)?(?: [a-z]+)? (?:guaranteed|promised|accepted|supported|possible|allowed|available|something|used|offered|permitted)\b",
    ])
});

/// What is only supposed: what then becomes of it denies nothing.
static SUPPOSED: LazyLock<Regex> =
    LazyLock::new(|| any_of(&[r"如果|要是|假如|万一|倘若|但凡|\b(?:if|unless|in case|should|why is|why are|when)\b"]));

/// The claim is what is not said, promised or done, at the end of the clause.
static REFUSED: LazyLock<Reaching> = LazyLock::new(|| {
    let not = "不敢|不能|不会|不便|不好|没法|没办法|无法|恕难|恕不|难以|从不|从没有?|从来没有?|从来不|从未|没有|没|概不|一概不|绝不|决不|未曾|不";
    let between =
        "(?:给|跟|向|对|和)?(?:您|你|客人|大家|任何人)?(?:随便|乱|轻易|敢|会|能|再|作|做|打|提供|任何|拿|这么|这样)*";
    let done = "说|讲|保证|承诺|担保|许诺|答应|打包票|包票|保票|断言|开|认|做|包|提供|支持|接受|允许|存在|搞|做到|兑现|达到|受理|办|应下?|承担|兜底|宣传|写|许";
    let tail = "(?:[过了的哈哦呢呀啊嘛哒亲噢哟]|这种话|这话|这种大话|这样的话|任何承诺|任何保证|这个|此事|此类业务|这类业务|这项服务|此项服务|服务|您|你)*";
    Reaching::new(
        &[
            &format!(r"(?:{not}){between}(?:{done}){tail}[^\w\s]*$"),
            &format!(
                "(?:保证|承诺|担保|做|帮|弄|安排|操作|决定|左右|办|包|答应|打包票|许诺|打不|给|达|算|实现)不(?:了|到|起|上)(?:[向跟给对]您)?(?:担保|保证|承诺|许诺)?{tail}$"
            ),
            "不敢(?:吹|夸这?个?口|这么吹)[了的哈呀啊]*$|(?:我们|咱们?|本店|这边|我家|平台)(?:可|真|这|里|也|都)*没有?[的了哈呀哦啊呢]*$",
            "(?:谁|哪家)(?:也|都)(?:不敢|不能|没法|无法|不会)[^,]{0,4}(?:说|讲|保证|承诺|担保|打包票|答应)[的了哈呀啊]*$",
            "没有?[^,别比]{1,8}(?:做得到|能做到|敢说|敢保证|能保证)[的了哈呀啊]*$|说不出口",
            "(?:谁|这|也|我们?|都)(?:也|都)?(?:说不准|说不好|难说|不好说|两说)[了的哈呀啊]*$",
            &format!("打不了(?:包票|保票){tail}$"),
            r"\b(?:i|we|nobody|no one|no [a-z]+|none of us|not even [a-z ]+) (?:can't|won't|(?:can|could|do|did|does|will|would|may|must|should)(?:n't| not)|cannot|never|can|could|would|will|won't)(?: (?:ever|really|possibly|honestly|currently|in good faith|be able to))*(?: (?:offer|promise|guarantee|say|do|claim|give|make|confirm|swear to|vouch for|accept|take|run|sell|provide|use|support|do that|do it|commit to|stand behind|deliver|advertise|said|promised|offered|claimed|made|sold|did|had))(?: (?:here|anymore|any more|at all|i'm afraid|sorry|to anyone|that|you|ever|any longer))*$",
        ],
        &[
            "别家|别人|别处|别的|同行|他们|人家|其他|对手|谁|错过|更|再低|还有|我就",
            r"[:—]|\b(?:and|but|so|or|if|unless|because|than|other|else|until)\b",
        ],
    )
});

/// The claim is what is untrue, forbidden, over or not there.
static UNTRUE: LazyLock<Reaching> = LazyLock::new(|| {
    let adverbs = "(?: (?:simply|just|all|nearly|mostly|mainly|invariably|generally|quite|very|about|pretty|basically|essentially|always|likely|probably|usually|almost certainly|certainly|plainly|plain|pure|purely|strictly|absolutely|completely|totally|nothing but|now|sadly|really|of course|clearly|frankly|by definition|both|currently|still|an?|the|outright|obvious|typical|classic|common|known|well-known|old|big))*";
    let exposed = "lies?|myths?|scams?|scammers?|frauds?|fraudsters?|fraudulent|fakes?|counterfeits?|cons?|con artists?|crooks|touts|tricks?|hoax(?:es)?|traps?|rumou?rs?|gossip|nonsense|bogus|crimes?|criminal|illegal|unlawful|against|forbidden|prohibited|banned|off the table|out of the question|off limits|impossible|discontinued|abolished|cancelled|scrapped|over now|a thing of the past|no more|no longer|big talk|hype|marketing|overstatements?|overstated|exaggerat(?:ed|ion)|dishonest|irresponsible|misleading|mistaken|wrong|false|untrue|invent(?:ed|ions?)|outdated|out of date|inaccurate|made[ -]up|unrealistic|withdrawn|removed|beyond (?:us|anyone|our)|too good to be true|not (?:ours|our [a-z]+|what|how|true|real|realistic|possible|available|allowed|on offer|permitted|guaranteed|a thing|something|anything|part of|within|in our|offered|promised|supported|accepted|legal|honest|to be trusted)|reported|phishing|theft|typos?|misprints?|mistakes?|errors?|stretch|fantasy|fairy tales?|fiction|gimmicks?|slogans?|not telling|an? [a-z]+ (?:scam|errors?|mistake|myth|lie|trick|invention|rumou?r|gimmick|exaggeration|fraud|fantasy|slogan|offen[cs]e)|an? [a-z]+'s (?:invention|story|idea|tale|trick)";
    let not_so = "ours|our|in our|part of|a thing|something|anything|happen|what|how|realistic|possible|true|real|available|allowed|permitted|on offer|on the table|honest|guaranteed|offered|promised|supported|accepted|on our|within|legal|from us|us|be guaranteed|be promised|be offered|be accepted|be trusted|be true|be had|be possible|be done|be taken|exist|happen here|a service|an option|company policy|included|covered|correct|accurate|current|valid|provided|up to (?:me|us)|a promise|a given|sold|there|in my|mine to|be assured|be certain|be booked|be arranged|be claimed|be given|be provided|be granted|be honest|be fair|be right|be responsible|be accurate|be realistic|be truthful|be ethical|be legal|be wise";
    Reaching::new(
        &[
            &format!(r"\b(?:is|are|was|were|be|been|'s|sounds? like|remains?){adverbs} (?:{exposed})\b"),
            &format!(
                r"\b(?:is|are|was|were|ca|can|could|wo|will|would|does|do|did|has|have)(?:n't| not|not)(?: (?:ever|actually|really|something|simply|even|been))* (?:{not_so})\b"
            ),
            r"\bcannot be (?:guaranteed|promised|offered|accepted|assured|ruled in|had|done)\b",
            r"\b(?:breaks?|breach(?:es)?|violates?|goes against|go against|contravenes?) (?:our|the|company|platform|every|any|all) ",
            r"\b(?:ended|stopped|expired|lapsed|(?:has|have) (?:ended|stopped|been (?:dropped|discontinued|removed|abolished|withdrawn|scrapped|retired|banned)))\b",
            r"\b(?:is|are|was|were|will be) never (?:required|needed|necessary|ours|asked for|allowed|acceptable|okay|ok|guaranteed|certain|something)\b",
            r"\b(?:come|comes|coming) (?:only |usually |straight |mostly )*from (?:scammers|fraudsters|crooks|swindlers|con artists|touts|cheats)\b",
            r"\b(?:has|have)(?:n't| not) been invented\b|\b(?:is|are) something no [a-z]+ (?:can|could|would)\b",
            r"\b(?:no longer|never) (?:exists?|existed|appl(?:y|ies)|offered|available|run|runs|happens?|happened|ours|was|were)\b",
            r"\b(?:ha(?:s|ve)|had) nothing to do with (?:us|our)\b|\bnever (?:ours|our [a-z]+)\b|\bwon't (?:hold|secure|get you|count)\b",
            "(?:是|属|系|纯属|涉嫌|均为|全为|必是|都是|乃|为)[^,不]{0,4}(?:骗|坑|噱头|忽悠|陷阱|误导|虚假|谣|传言|假消息|误传|夸大|误会|假的|违法|违规|犯法|犯罪|非法|不可能|不允许|不现实|不对|不实|网上|代购|编|瞎说|乱写|吹牛|吹的|老黄历|过去|以前|去年|前年|上个?月|当年|口号|广告|宣传语|空话|大话|传说|神话|说说而已)",
            "不可能(?:的|存在|有的|做到|保证)?[的哈啊呀哦了]*$|太夸张|夸张了|夸大|言过其实|不负责任|不科学|不切实际|没有?(?:科学)?(?:依据|根据)|无稽|不现实|不属实|不可信|不靠谱|不可取|不存在|不符合|没影|没这|没有这|没有那|没那|没有的事|没有此|无此|并无|违反|违规|违法|犯法|非法|违禁|误导人|骗人|骗钱|诈骗|骗局|骗您|骗你|太假|与(?:官方|我们|我司|本店|平台)无关",
            "(?:明令|一律|被|都|均|坚决|严格|属于|所)(?:禁止|严禁|不允许|不准|不许)[的哈了呀]*$",
            "(?:还|尚|暂|并|从)(?:没有?|未)(?:拿到|取得|获得|得到|通过|批|有|做|开通|推出)[过的哈了呢呀]*$",
            "不在(?:我们|条款|规则|合同|范围|服务|规定|保障|活动)|哪(?:有|来)(?:那么|这么|这种|那种|这等)?(?:的?事|好)",
            r"\b(?:is|are) more than (?:any|we|i|anyone)\b",
            "不(?:是|属于|在|算)(?:我们|咱们?|本店|我店|官方|我司|真的|事实|规定)",
            "(?:早|早就|早已|已经?|现在|如今|上个?月|去年|目前)[^,不没]{0,6}(?:废除|取消|停|下线|下架|废止|结束|作废|撤|过去|翻篇|删|去掉|拿掉|叫停|过期|没有?了|没了|不再|不[用做搞提说讲卖开兴]了)",
            "的?(?:说法|话|事|东西|好事|套路|规矩|服务|业务|活动)?(?:都|也)?(?:别信|别当真|莫信|不要信|不要相信|请勿相信|别碰|别理|别点|别上当|莫参与|不要参与|千万别信|信不得|要不得|碰不得|听听就好)[了哈哦啊呀吧的]*$",
        ],
        &[
            "别家|别人|别处|别的|同行|他们|人家|其他|对手|不|没|绝无|错过|更|再低|担心|怕|如果|要是",
            r"[:—]|\b(?:and|but|so|or|if|unless|because|than|other|others|else|until|not|anything else|rest|never|nothing|no)\b",
        ],
    )
});
