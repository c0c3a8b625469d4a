//! Whose a piece of personal data is, by the words around it.

use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};

use super::chinese_names::{self, NAME};
use super::moved::{self, HAND, HANDED};
use super::{PersonalDatum, PersonalKind, names};

/// Whose a piece of personal data is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Owner {
    /// A person's.
    Person,
    /// The shop's: to be told to anybody.
    Shop,
    /// Could be either's.
    Unclear,
}

/// The longest piece of a sentence that is looked at before a datum. Unit: bytes.
const NEAR: usize = 120;

/// What stands before the data of a person: somebody with a part in an order, a paper in somebody's name, another customer.
static OF_A_PERSON: LazyLock<Regex> = LazyLock::new(|| {
    any_case(
        r"收[货件]|签收|预留|买家|顾客|(?:先生|女士|小姐)(?:[^餐牛面馆茶咖饼店饭菜家酒烤火]|$)|账户|绑定|注册|本人|他的|她的|联系人|持卡人|机主|户主|家住|住在|住址|是[您你]吗|[您你]的(?:手机|电话|号码|联系|地址|邮箱)
        |(?:订|预订|订房|订票|取票|购票|乘车|入住|下单|付款|收款|开票|申请|投诉|发件|寄件|领取|代收|担保|同行|同住|随行|中奖|被?保险|投保)人|NAME(?:的)?(?:家|家里|家中|府上|住处)[啦了哦呢]?(?:[,，:：;。的\ 在住门]|$)|(?:同|拼|合|邻)一?[车房团班桌机船舱屋间组队批趟座游乘寝铺租单席](?:的|那|另|一|[位个名])*(?:PEER|GUEST|那[位个]|人)(?:的|[他她]的?)?(?:联系)?(?:手机|电话|号码?|微信|方式|座机)(?:号码?|是|为|[:：\ ])*$|家属|亲属|住客|房客|租客|车主|业主
        |(?:另外?|其[他它]|别的|上|前|下|隔壁|同房|那|该|某|有)(?:一|1)?(?:位|个|名)?(?:的)?GUEST|GUEST(?:[:：]|姓名|名字|名叫|信息|资料|档案|叫|NAME(?:[,，、：:（(\ ]|的)|的(?:手机|电话|地址|座机|住址|号码|联系))
        |有(?:一|1)?[位个名](?:姓\p{Han}的|PEER)[^,，。住家]{0,6}[,，]?[他她]?(?:也|就|都)?(?:住|家[在住里是])
        |(?:姓名|名字|名为|叫)(?:是|为|叫)?[:：]?NAME|NAME(?:先生|女士|小姐)?(?:就|也|都)?是?(?:从|打)$|NAME(?:先生|女士|小姐)?(?:平时|现在|目前|一直|就|也|都)+住在?$|NAME(?:大?[哥姐叔姨伯婶嫂]|阿姨|叔叔)(?:家|就|也|都)*住在?$|NAME(?:先生|女士|小姐)?来自$|[那这]家人(?:就|也)?是?(?:从|打)$|抬头|开票|账单|发票(?:邮寄|寄送|接收)|家庭(?:地址|住址|电话)|私下住|私宅|私人(?:电话|手机|号码|微信|地址|住址|住处|住所)|家里的?(?:电话|座机|地址)|宅电|户籍|户口|(?:默认|常用|配送|送货|邮寄|身份证)地址|现居|居住[在于地]|租住
        |(?:给|打给|同订单的|客人)NAME(?:[,，、:：;；\ ]|寄|填|住|留|写|送|的|先生|女士)
        |(?:对方|人家)的?(?:手机|电话|号码|地址|联系|住址|座机|家)|(?:寄件|收件|收货|发货|配送|邮寄|快递|客户|客人|用户)(?:信息|资料|档案)|(?:写|登记|填|留|显示|叫|名字)的?(?:是|为)NAME|NAME(?:住|家里|填|留的|寄|名下|那一?单|订|签|下单|下的|付款|购买|买的|住过|租|预订|预定|登记|投诉|咨询|也在)
        |recipient|consignee|addressee|customer|buyer|purchaser|payer|\bguest\b|tenant|subscriber|(?:card|account|policy)[\ -]?holder|next\ of\ kin|applicant|claimant|occupant|room-?mate|neighbou?r\b|spouse|husband|\bwife\b
        |(?:another|previous|last|next|different|fellow|one|other)\ (?:client|user|member|passenger|patient|visitor|travell?er|shopper|caller|person)|gentleman|\blady\b|emergency\ contact|contact\ person
        |(?:billing|shipping|delivery|home|postal|mailing|residential)\ address|in\ the\ name\ of|under\ the\ name|name\ on\ (?:the\ )?(?:booking|order|card|account)|(?:billed|invoiced?|charged|booked|made\ out|issued)\ to
        |your\ (?:phone|mobile|cell|number|address|e-?mail|home)|on\ file|(?:members?|guest|client|customer|user)(?:ship)?\ (?:list|file|records?|database|register|profile|account)|(?:his|her|their|'s)\ (?:home|house|residence|flat|apartment)|(?:is|was)\ (?:this|that)\ you|(?:reach|call|contact|phone|text|e-?mail|find|visit|ring|write\ to)\ (?:him|her)\b
        |(?:lives?|living|resid(?:es|ing|ent)|stay(?:s|ing))\ (?:at|in)|(?:\bis|\bare|'s|'re)\ (?:[a-z]+ly\ )?(?:at\ )?home\ (?:after|before|by|from|until|till|on|all|in\ the|every|most|around|again|now)\b|(?:booked|paid|ordered|placed|signed|rented|bought|reserved)\ (?:for\ )?by|checked\ in|registered|belong(?:s|ing)?\ to|\b(?:group|party|family|couple|table|team|class)\b[^.!?;]{0,40}\ (?:led|headed|organi[sz]ed|accompanied|brought)\ by|\b(?:his|her)\ (?:[a-z]+\ ){0,2}(?:phone|mobile|cell|telephone|number|address|e-?mail|card|account|passport|id|contact|place|house|home|flat)\b
        |SOMEBODY\ (?:who|that)\ (?:[a-z]+ed|slept|sat|left|had|took|was|were|bought|paid|came|ate|rode|went|gave)\b[^.!?;]{0,40}\ (?:is|was)\ ?$
        |(?:^|[.!?;:,]|\b(?:and|but|so|that|because))\s*(?:(?:the|an?|our|that|this|another|those|one|my|your|some|two)\ )?(?:[a-z]+\ )?SOMEBODY(?:\ (?:who|that)(?:\ (?:had|have|has|was|were|just|also|recently))*\ (?:[a-z]+ed|slept|sat|left|had|took|was|were|bought|paid|came|ate|rode|went|gave)\b|\ (?:at|on|in|from|of|before|after|beside|behind|above|below|upstairs|downstairs|next|across|opposite|by)\b)[^.!?;]{0,60}?\ (?:(?:can|may|could|might)\ (?:be\ (?:found|reached|contacted|called|visited|written\ to|had)|receive)|(?:is|are)\ (?:now\ |usually\ )?(?:reachable|found|reached|contactable|available)|picks?\ up|answers?|responds|replies|respond|reply|takes?\ (?:calls|mail))\ (?:at|on|via|under)\b",
    )
});

/// What stands behind the data of a person: what they did, or that it is theirs.
static DID: LazyLock<Regex> = LazyLock::new(|| {
    any_case(
        r"^[\s,，)）(（:：]*(?:是|由|为|就是)?NAME(?:先生|女士|小姐)?(?:收|签收|代收|收货|订的|下的单|下单|预订的|的家|家|的住址|的收货地址|留的|本人|先生|女士)
        |^[\s,，]*(?:这个?地址)?(?:寄|送|发|邮|快递|投递)(?:给|到|去)?了?(?:(?:另外?|其[他它]|别的?|上|前|隔壁)(?:一|1)?(?:位|个|名)?(?:的)?GUEST|NAME)
        |^了?[\s,，]*收[件货]人(?:是|为|[:：\s])?NAME
        |^[\s,)]*(?:also\ |just\ |has\ |have\ |had\ |who\ )*(?:booked|ordered|bought|reserved|asked|requested|complained|signed|checked\ in|lives\b|resides|moved\ in)",
    )
});

/// Behind a number that is rung for what only a shop does: the guest before you loved it, call 415-555-0143 to book.
static TO_BOOK: LazyLock<Regex> = LazyLock::new(|| {
    any_case(
        r"^[\s,，)]*(?:(?:and|to|or|if\ you|in\ order\ to|want\ to|would\ like\ to)\ )*(?:re-?)?(?:book|reserve|order|buy|cancel|pay|confirm\ your|change\ your|sign\ up|for\ (?:bookings?|reservations?|tickets?))
        |^[\s,，]*(?:来|去|就能|即可|可以|就可以|进行)?(?:预订|预定|订座|订位|订房|订票|购买|购票|下单|报名|取消|改签|退订|咨询)",
    )
});

/// Whom the words behind a datum name: whoever is rung there (拨打138...联系周建国), whoever is asked whether it is theirs
/// (地址是..., 罗雪, 没错吧?).
static NAMED_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    any_case(
        r"^[\s,，]*(?:联系|通知|回访|致电|找)(?:一下|到)?NAME(?:先生|女士|小姐|本人)?(?:[\s,，。!！?？;；]|$)
        |^[\s,)]*(?:as|is|was)\ (?:the\ |a\ )?(?:(?:home|private|postal|billing|current|main)\ )*(?:home|address|residence|place|house|flat|apartment|dwelling|abode|domicile)\ (?:of|for)\ (?:(?:mr|mrs|ms|dr|miss)\.?\ )?[A-Z]
        |^[\s,，]*NAME(?:先生|女士|小姐)?[\s,，]*(?:没错|对吗|对吧|对不对|是吗|是吧|是不是)",
    )
});

/// Names that are those of a shop's people: 黄经理.
static STAFF: LazyLock<Regex> = LazyLock::new(|| any_case(r"经理|老师|店长|主管|师傅|客服|顾问|总|姐|哥|工|管家"));

/// What sends somebody back to the shop: whoever is named beside it, the place is the shop's.
static BACK: LazyLock<Regex> = LazyLock::new(|| any_case(r"退[货换回]|寄回|return|\bback\ to\b"));

/// What stands before the data of a shop or of those that work for it.
static OF_A_SHOP: LazyLock<Regex> = LazyLock::new(|| {
    any_case(
        r"门店|专柜|仓库|公司|总部|店铺|本店|我们(?:的|店|家|公司|这|在|位于|总部|酒店|餐厅|商场|仓|门|电话|地址)|商家|店家|前台|总台|客服|热线|售后|官方|配送员|快递员|骑手|投诉(?:电话|热线|邮箱|渠道|请)
        |(?:联系|致电|打给|问|咨询|拨打)(?:一下|到)?(?:酒店|餐厅|餐馆|饭店|民宿|景区|景点|店里|老板)|(?:酒店|餐厅|餐馆|饭店|民宿|景区|景点|店里|老板)的?(?:联系)?(?:电话|手机|号码|方式)
        |the\ (?:hotel|restaurant|museum|park|reception|front\ desk|property|venue|(?:box|ticket)\ office|attraction|merchant|seller|shop|landlord)(?:\ (?:on|directly|by\ phone)\b|'s\ )
        |located|warehouse|store|office|headquarters|hotline|helpline|(?:customer|guest|client|patient|passenger|visitor)\ (?:services?|support|care|relations|desk|help|cent(?:er|re))|(?:call|reach|contact|visit|find|e-?mail|write\ to)\ us
        |\bour\b|\bcouriers?\b|driver",
    )
});

/// What follows the words for a shop where it keeps what people told it: 我们的系统, our records.
static KEEPS: LazyLock<Regex> = LazyLock::new(|| {
    any_case(
        r"^(?:的|这边|这里|这|那边|里|内部|店里)?(?:预订|预定|订单|订座|登记|客户|会员)?(?:系统|记录|档案|后台|数据库|资料|名单|台账|登记[表簿本]|订单[里上中])
        |^(?:'s|’s)?(?:\ [a-z]+){0,2}\ (?:records?|files?|systems?|database|data|books?|guest-?book|notes|lists?|registers?|registry|logs?|ledger|roster|screen|computer|crm|manifest|sheet|paperwork)\b",
    )
});

/// Behind those words, where they are not asked but the shop is: our system is down, please call.
static RINGS: LazyLock<Regex> =
    LazyLock::new(|| any_case(r"请|麻烦|可以?打|拨打|致电|\b(?:please|call|ring|dial|(?:contact|reach|text)\ us)\b"));

/// What stands before the number of an order that is one of a thing of somebody's: the card on this order.
static OF_A_THING: LazyLock<Regex> = LazyLock::new(|| {
    any_case(
        r"\b(?:card|phone|mobile|cell|telephone|contact|number|account|passport|id)\ (?:(?:used|given|kept|saved|held|left)\ )?(?:on|for|behind|with|of|in|under)\ (?:this|that|the|your|his|her|their|my)\ (?:[a-z]+\ )?(?:order|parcel|shipment|invoice)\ ?(?::|is\b)\ ?$",
    )
});

/// People whom a shop serves.
const GUEST: &str =
    "(?:客户|客人|顾客|买家|用户|会员|旅客|乘客|游客|宾客|租客|学员|患者|朋友|观众|听众|读者|食客|捐赠者|参观者)";

/// What others are called who have a part in the same order, room or ride.
const PEER: &str = "(?:大哥|大姐|大叔|大妈|阿姨|小伙子?|姑娘|小哥哥|小姐姐|女孩|男孩|女生|男生|女的|男的|老人家?|宝妈|同学|邻居|拼友|团友|室友|车友|驴友|订的人|买的人)";

/// People in English who are nobody of the shop's, told by a relative clause or by where they sit: `our regular at table nine`.
const SOMEBODY: &str = r"(?:guests?|regulars?|customers?|neighbou?rs?|donors?|diners?|patrons?|visitors?|travell?ers?|passengers?|campers?|tenants?|lodgers?|patients?|students?|members?|sponsors?|couple|family|people|person|party|girls?|boys?|guys?|lads?|lass|lady|ladies|gentlem[ae]n|m[ae]n|wom[ae]n|fellow|chap|bloke|folks|uncles?|aunt(?:ie|y)?s?|room-?mates?|bunk-?mates?|(?:some|any)(?:one|body))";

/// Between the words for a shop's people and the name of one of them. Unit: bytes.
const JOB: usize = 6;

/// What stands alone before a datum and says its kind only.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    any_case(
        r"^[\s*•·-]*(?:\p{Han}{2,6}|[a-z-]+(?:\ [a-z-]+){0,2})\s*[:：]\s*$|^\s*(?:(?:the|their|his|her|and|best)\ ){0,2}(?:(?:phone|mobile|cell|contact|telephone|home|card|id|bank|postal|mailing|e-?mail|account|identity)\ )*(?:number|phone|mobile|address|contact|telephone|card|id|account|e-?mail)\ (?:is|was|reads|on\ file\ is|given\ is)[:\ ]*$|^\s*(?:手机|电话|联系|银行|身份证|证件|家庭|收货)?(?:号码?|电话|地址|方式|卡号|住址|账号|邮箱)(?:是|为|在)\s*$",
    )
});

/// What stands before the number of an order or a parcel.
static OF_AN_ORDER: LazyLock<Regex> = LazyLock::new(|| {
    any_case(
        r"(?: (?:订单|运单|包裹|快递|物流|流水|批次|单|(?:^|[^证份卡])编)(?:号码?)?[是为::\ ]*
            | (?:order|tracking|waybill|parcel|shipment|invoice|reference|ref)(?:\ (?:number|no\.?|id|code))?[:\#\ ]*(?:is\ )?
          )$",
    )
});

/// Mailboxes of an office, not of a person.
static OF_AN_OFFICE: LazyLock<Regex> = LazyLock::new(|| {
    any_case(
        r"^(?:service|services|support|help|helpdesk|care|customer[._-]?(?:service|care|support)|contact|info|kefu|cs|shop|store|sales|orders?|returns?|
            hello|team|no-?reply|feedback|privacy|marketing|press)@",
    )
});

/// A pattern in either case, whose blanks mean nothing, with the words above in the place of their names.
pub(super) fn any_case(pattern: &str) -> Regex {
    let pattern = pattern
        .replace("HANDED", HANDED)
        .replace("HAND", HAND)
        .replace("GUEST", GUEST)
        .replace("SOMEBODY", SOMEBODY)
        .replace("PEER", PEER)
        .replace("NAME", NAME)
        .replace(r"\b", r"(?-u:\b)");
    let build = RegexBuilder::new(&pattern)
        .case_insensitive(true)
        .ignore_whitespace(true)
        .build();
    build.expect("a valid pattern")
}

impl PersonalDatum {
    /// Whose it is, as the words around it in `text` say.
    ///
    /// A Chinese mobile, card or identity number and a mailbox with a person's name are a person's unless the words say otherwise;
    /// other phones and postal addresses, which shops have as well, only where the words say so.
    pub fn owner(&self, text: &str) -> Owner {
        let before = sentence_before(text, self.span.start);
        let is_orders = OF_AN_ORDER.is_match(before) && !OF_A_THING.is_match(before);
        if self.is_number() && is_orders || self.is_office(text) {
            return Owner::Shop;
        }
        match (self.kind, self.named(text, before)) {
            (PersonalKind::Identity | PersonalKind::Card, _) => Owner::Person,
            (PersonalKind::Mobile | PersonalKind::Email | PersonalKind::Account, Owner::Shop) => Owner::Unclear,
            (PersonalKind::Mobile | PersonalKind::Email | PersonalKind::Account, _) => Owner::Person,
            (PersonalKind::Phone | PersonalKind::Address, owner) => owner,
        }
    }

    /// Who is named beside it: of the shop and a person, the one that stands nearer before it.
    fn named(&self, text: &str, before: &str) -> Owner {
        let behind = &text[self.span.end..text.floor_char_boundary(self.span.end + NEAR)];
        if NAMED_BEHIND
            .find(behind)
            .is_some_and(|found| !STAFF.is_match(found.as_str()))
        {
            return Owner::Person;
        }
        if self.is_somebodys(text, before, behind) {
            return Owner::Person;
        }
        let part = before.rfind([';', '；']).map_or(0, |end| end + 1);
        let part = &before[before.ceil_char_boundary(part)..];
        if BACK.is_match(part) {
            return Owner::Shop;
        }
        // A person whom a part of the sentence names is who the next one speaks of: "another customer asked; reach them at ...".
        let person = OF_A_PERSON
            .find_iter(before)
            .last()
            .map(|found| before.len() - found.end());
        let is_kept = |behind: &str| KEEPS.is_match(behind) && !RINGS.is_match(behind);
        let shops = OF_A_SHOP.find_iter(part).filter(|found| !is_kept(&part[found.end()..]));
        let shop = shops.last().map(|found| part.len() - found.end());
        match (shop, person) {
            (Some(shop), Some(person)) if person < shop => Owner::Person,
            // The courier brings it to Mary Smith at ...; not: our driver Mary Smith, ...
            (Some(shop), _) if names::end_before(text, &self.span).is_some_and(|name| name + JOB < shop) => {
                Owner::Person
            }
            (Some(_), _) => Owner::Shop,
            (None, Some(_)) => Owner::Person,
            (None, None) => {
                let is_named = || chinese_names::last_in(before).is_some() || chinese_names::follows(behind);
                let is_persons = moved::is_told(before)
                    || names::stand_beside(text, &self.span)
                    || DID.is_match(behind)
                    || is_named()
                    || self.is_number() && self.is_of_a_companion(text);
                if is_persons { Owner::Person } else { Owner::Unclear }
            }
        }
    }

    /// True right behind a fellow traveller or a question for somebody's data, and where something was moved to somebody: no shop is
    /// meant then, though the sentence names one.
    fn is_somebodys(&self, text: &str, before: &str, behind: &str) -> bool {
        let is_fellows = || self.is_number() && chinese_names::are_of_a_fellow(before);
        let is_asked_for = || chinese_names::were_asked_for(before) || names::were_asked_for(before);
        let is_moved_to = || moved::for_somebody(text, &self.span, before, behind);
        let is_by_part = || chinese_names::are_of_a_part(before);
        !TO_BOOK.is_match(behind) && (is_fellows() || is_asked_for() || is_by_part())
            || self.kind == PersonalKind::Address && is_moved_to()
    }

    fn is_number(&self) -> bool {
        !matches!(self.kind, PersonalKind::Email | PersonalKind::Address)
    }

    /// True for a number to be rung right behind a sentence that names another guest.
    fn is_of_a_companion(&self, text: &str) -> bool {
        let start = text.ceil_char_boundary(self.span.start.saturating_sub(NEAR));
        let before = &text[start..self.span.start];
        let end = text.floor_char_boundary(self.span.end + NEAR);
        let is_desk = TO_BOOK.is_match(&text[self.span.end..end]);
        !is_desk && (names::of_a_companion(before) || chinese_names::of_a_companion(before))
    }

    fn is_office(&self, text: &str) -> bool {
        self.kind == PersonalKind::Email && OF_AN_OFFICE.is_match(&text[self.span.clone()])
    }
}

/// What stands before a place in its sentence, at most [`NEAR`] bytes of it.
fn sentence_before(text: &str, at: usize) -> &str {
    let before = &text[text.ceil_char_boundary(at.saturating_sub(NEAR))..at];
    // A question says of whom the next sentence speaks: "Is this you? ..."
    let ends = before.rfind(['。', '！', '!', '\n']);
    // The stop of an initial ends nothing: "R. Okonkwo".
    let is_initial = |at: usize| before[..at].rsplit(' ').next().is_some_and(|word| word.len() == 1);
    let stop = before
        .rmatch_indices(". ")
        .map(|(at, _)| at)
        .find(|at| !is_initial(*at));
    let start = ends.max(stop).map_or(0, |end| before.ceil_char_boundary(end + 1));
    // A mere label goes on with what the sentence before speaks of: "Customer: Mary Smith. Phone: ..."
    match LABEL.is_match(&before[start..]) {
        true => before,
        false => &before[start..],
    }
}

#[cfg(test)]
mod tests {
    use super::super::personal_data;
    use super::*;
    use crate::conversation::RunKey;

    #[test]
    fn whose_a_datum_is_is_known_by_the_sentence() {
        let table = include_str!("told.txt").lines().filter(|line| !line.starts_with('#'));
        let is_told = |text: &str| {
            let data = personal_data(text, RunKey::of_seed(1));
            data.iter().any(|datum| datum.owner(text) == Owner::Person)
        };
        let wrong: Vec<&str> = table
            .filter(|line| is_told(&line[2..]) != line.starts_with('+'))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
