//! A person's Chinese name in a sentence: 司机去...接[周建国], 通讯录里[罗雪]的地址.
//!
//! One of the hundred most frequent surnames and one or two characters, which many other words are as well. So it counts only between what
//! stands before and behind names.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// A surname and one or two characters.
pub(super) const NAME: &str = r"(?:[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤]\p{Han}{1,2})";

const BEFORE: &str = r"(?:^|[\s,，。:：;；、（(“！!？?]|[给接等找叫由是和与跟让为帮见有位的单了里到人客]|[有是那叫]个|[有另那]一[个名]|员|患者|病人)";
const BEHIND: &str = r"(?:[\s,，:：;；、（()）。！!？?]|$|先生|女士|小姐|本人|[的家住说让要派留填在那写收签处这下订了也搬装登提名交付坐])";

/// Words that are no names.
const WORDS: &str = "^(?:周[一二三四五六日末边围年转]|方[便式位向面案才]|马[上路桶]|高[级铁峰端清层速档新]|金[额卡银牌街融]|万[一达元]|于[是此]|方[可能才]|高[兴度]|白[天酒色领]|许多|何[时地种处]|任[何意务]|田园|陈列|黄[金色]|程序|夏[天季]|顾[客问]|曾经|谢谢|付[款费完了清]|江[边苏西]|石材|严[格重]|向[您你导前后左右上下东西南北]|王府|张[贴开票]|武汉|郑州|苏州|徐州|沈阳|余[额下]|胡同|段时|陆[续地]|钱包|周大福|周生生|周黑鸭|李宁|王老吉|张小泉|叶子|林[区间荫])|.(?:经理?|老师?|医生?|总监?|师傅?|主[任管]|教[授练]|律师?|导游?|哥|姐|工|店长?|记|家|[福轩楼店馆院园寺庙山湖洞亭城街路桥门村镇区县河江岛塔宫观阁殿坊居府庄台井站场厅吧屋轩斋堂所部社铺坛陵墓谷沟峡泉苑巷里湾滩岭洼田池潭溪鱼鸭面饭菜肉锅鸡虾蟹粥茶酒羊牛饺饼房间边上下大小])$";

static NAMED: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("{BEFORE}(?P<name>{NAME}){BEHIND}")));
static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(WORDS));

/// Whom the words right behind a datum name: 接周建国。, , 周建国。, 点餐的是周建国。
static NAMED_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"^[^。！!？?;；\n]{{0,12}}?(?:[接等给找是叫为由归,，（(]|名字)\s*(?P<name>{NAME})(?:[\s,，。！!？?)）]|$|[了装收签的家]|安装|先生|女士|小姐|本人)"
    ))
});

/// Another guest, of whom the next sentence speaks: 跟您拼车的是周建国。您打...
static COMPANION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:[跟和与同][您你]|同[一车房团行班桌]|拼[车房桌团]|[上前]一?[位个]|另一?[位个]|[还也]有一?[位个]|隔壁|顺路)(?P<named>[^。！!？?\n]{{2,30}}[。！!？?\n])\s*(?:[您你]|可以|直接|也|要是?|请|就|先|不妨|能|去|方便的话|[,，])*(?:打|拨|致电|联系|找|发短信|发信息|问|加)(?:一下|到|[他她]|对方|{NAME}|的?(?:电话|手机|号码|微信)|[:：\s，,])*$",
    ))
});

/// True when the sentence before the one that a number stands in names another guest, and this one says to ring it.
pub(super) fn of_a_companion(before: &str) -> bool {
    let named = COMPANION.captures(before).and_then(|found| found.name("named"));
    named.is_some_and(|named| last_in(named.as_str()).is_some())
}

/// Somebody who shares a car, a table or a room, and the word for the number that follows: 同车的罗雪手机.
static FELLOW: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:[跟和与同][您你](?:一[起道块同]|[同拼合搭坐住])|[同拼合邻]一?个?[车房团行班桌机船舱屋间组队批趟座住游乘寝铺租单席]|[上前另]一?[位个]|隔壁[房桌座铺床屋间]|[上中下邻]铺|结伴|搭[车伙伴])(?:[^。！!？?；;\n]{{0,16}}?[的是叫有位个人客友员，,、：:\s])?(?P<name>{NAME})(?:先生|女士|小姐|同学)?(?:[\s，,、的：:（(他她是为]|本人|联系|手机|电话|方式|微信|座机|宅电|号码?)*$",
    ))
});

/// People who are told by the part they have with the shop or in the house: those whom it serves, who give to it, who live beside.
const BY_PART: &str = "(?:[顾宾来食旅乘游房住租常熟茶酒]客|老?主顾|老客|回头客|客人|[来嘉贵]宾|[观听]众|[参读患作学记编笔]者|(?:捐赠|捐献|参观|参与|申请|投稿|中奖|获奖|志愿|求职|报名|使用|爱好|朗读|领养|出借)[者人]|住户|用户|客户|业主|会员|学员|买[家主]|失主|[得货车机]主|邻居|街坊|[室舍病球酒牌饭团车驴拼]友|姑娘|小伙子?|大[哥姐叔妈爷娘]|阿姨|女[孩生]|男[孩生]|同学|老乡|家长|宝妈|老人家?)";

/// What of theirs is told: 通讯地址是, 快递地址, 手机号为, 私下住.
const THEIRS: &str = "(?:地址|住址|住处|住所|电话|手机|号码?|微信|座机|方式|住在?|家在|搬[到去]了?|寄到|信箱)(?:号码?|一直|现在)?[是为在有：:\\s]*";

/// Somebody by their part and name, and what of theirs follows: 捐赠者周建国, 宾客孙丽娟退房时留下的通讯地址是. Who keeps the shop is none of
/// them: their number may be the one to ring.
static NAMED_BY_PART: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"{BY_PART}[,，：:\s]?(?P<name>{NAME})(?:先生|女士|小姐)?(?:[（(：:\s]*|[,，]?[^。！!？?；;，,\n请您拨]{{0,14}}{THEIRS})$"
    ))
});

/// True for what stands right before the datum of somebody who is told by a part and a name.
pub(super) fn are_of_a_part(before: &str) -> bool {
    names(&NAMED_BY_PART, before)
}

/// A question for somebody's data, and what may stand between it and them: 何志强的电话？是
static ASKED_FOR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:{BEFORE}|[问查要])(?P<name>{NAME})(?:先生|女士|小姐)?(?:的|[他她]的?|本人|现在|联系|家庭|家里?)*(?:手机|电话|号码?|微信|地址|住址|方式|座机)[^。！!？?\n]{{0,6}}[？?](?:[\s，,：:的哦呀啊哈嗯是有好在住就他她]|给您|您记一下|这个|这里|号码?|电话|手机|地址|住址)*$"
    ))
});

/// True for what stands right before the number of somebody who travels or sits with the customer.
pub(super) fn are_of_a_fellow(before: &str) -> bool {
    names(&FELLOW, before)
}

/// True for what stands right before the answer to a question for somebody's data.
pub(super) fn were_asked_for(before: &str) -> bool {
    names(&ASKED_FOR, before)
}

fn names(pattern: &Regex, text: &str) -> bool {
    let named = pattern.captures(text).and_then(|named| named.name("name"));
    named.is_some_and(|name| !WORD.is_match(name.as_str()))
}

/// Where a name is that this part of a text holds last.
pub(super) fn last_in(text: &str) -> Option<Range<usize>> {
    let mut found = None;
    let mut at = 0;
    while let Some(named) = NAMED.captures_at(text, at) {
        let name = named.name("name")?;
        if !WORD.is_match(name.as_str()) {
            found = Some(name.range());
        }
        at = name.end();
    }
    found
}

/// True when the words right behind a datum name somebody.
pub(super) fn follows(behind: &str) -> bool {
    names(&NAMED_BEHIND, behind)
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a valid pattern")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_between_what_stands_beside_names() {
        for (text, name) in [
            ("司机去接周建国。", Some("周建国")),
            ("通讯录里罗雪的地址写着", Some("罗雪")),
            ("客人何志强说她住", Some("何志强")),
            ("周末开放,方便停车", None),
            ("王府井小吃街在", None),
            ("张学友演唱会在", None),
            ("我们的高级客房在", None),
            ("", None),
        ] {
            assert_eq!(last_in(text).map(|name| &text[name]), name, "{text}");
        }
        assert!(follows("接周建国。") && follows("，点餐的是罗雪。"));
        assert!(!follows("，方便停车。") && !follows("等您。") && !follows("，周末也开。"));
    }
}
