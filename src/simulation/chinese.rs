//! What Chinese customers need and `fake` has wrong or not at all: mobile numbers, places, e-mail, slips of the pen.

use super::seed::Draws;

/// Where a customer may live, by the names of GB/T 2260.
#[derive(Debug, Clone, Copy)]
pub(super) struct Home {
    /// Empty for municipalities, which are their own province.
    province: &'static str,
    pub(super) city: &'static str,
    districts: &'static [&'static str],
}

const fn home_in(province: &'static str, city: &'static str, districts: &'static [&'static str]) -> Home {
    Home {
        province,
        city,
        districts,
    }
}

const HOMES: &[Home] = &[
    home_in(
        "",
        "北京市",
        &["东城区", "西城区", "朝阳区", "海淀区", "丰台区", "通州区"],
    ),
    home_in(
        "",
        "上海市",
        &["黄浦区", "徐汇区", "静安区", "浦东新区", "闵行区", "杨浦区"],
    ),
    home_in("", "天津市", &["和平区", "河西区", "南开区", "河北区"]),
    home_in("", "重庆市", &["渝中区", "江北区", "沙坪坝区", "九龙坡区", "渝北区"]),
    home_in("广东省", "广州市", &["越秀区", "海珠区", "天河区", "白云区", "番禺区"]),
    home_in("广东省", "深圳市", &["罗湖区", "福田区", "南山区", "宝安区", "龙岗区"]),
    home_in("广东省", "佛山市", &["禅城区", "南海区", "顺德区"]),
    home_in("浙江省", "杭州市", &["上城区", "拱墅区", "西湖区", "滨江区", "余杭区"]),
    home_in("浙江省", "宁波市", &["海曙区", "江北区", "鄞州区"]),
    home_in("江苏省", "南京市", &["玄武区", "秦淮区", "鼓楼区", "江宁区"]),
    home_in("江苏省", "苏州市", &["姑苏区", "虎丘区", "吴中区", "相城区"]),
    home_in("四川省", "成都市", &["锦江区", "青羊区", "武侯区", "成华区"]),
    home_in("湖北省", "武汉市", &["江岸区", "江汉区", "武昌区", "洪山区"]),
    home_in("湖南省", "长沙市", &["芙蓉区", "天心区", "岳麓区", "雨花区"]),
    home_in("陕西省", "西安市", &["新城区", "碑林区", "雁塔区", "未央区"]),
    home_in("河南省", "郑州市", &["中原区", "二七区", "金水区"]),
    home_in("山东省", "青岛市", &["市南区", "市北区", "崂山区"]),
    home_in("山东省", "济南市", &["历下区", "市中区", "槐荫区"]),
    home_in("福建省", "厦门市", &["思明区", "湖里区", "集美区"]),
    home_in("辽宁省", "沈阳市", &["和平区", "沈河区", "皇姑区"]),
    home_in("黑龙江省", "哈尔滨市", &["道里区", "南岗区", "香坊区"]),
    home_in("云南省", "昆明市", &["五华区", "盘龙区", "官渡区"]),
];

const ROADS: &[&str] = &[
    "人民路",
    "中山路",
    "解放路",
    "建设路",
    "和平路",
    "文化路",
    "新华路",
    "学院路",
    "光明街",
    "胜利街",
    "长江路",
    "花园路",
];

/// The first three digits of mobile numbers, all within `1[3-9]\d`.
const MOBILE_PREFIXES: &[&str] = &[
    "130", "131", "135", "136", "137", "138", "139", "150", "152", "155", "157", "158", "159", "166", "173", "176",
    "177", "180", "182", "185", "186", "188", "189", "191", "198", "199",
];

const SYLLABLES: &[&str] = &[
    "li", "wang", "zhang", "liu", "chen", "yang", "zhao", "huang", "zhou", "wu", "xu", "sun", "lin", "xiao", "mei",
    "yu", "jing", "hao", "ning", "an", "qing", "lan", "fei", "rui",
];

/// Domains that no one owns (RFC 2606), so that no bot can write to a real person.
const MAIL_DOMAINS: &[&str] = &["example.com", "example.net", "example.org"];

/// Characters that an input method takes for each other, of kinds that carry no fact: no digit, no word of the trade.
const HOMOPHONES: &[(char, char)] = &[
    ('的', '得'),
    ('得', '的'),
    ('在', '再'),
    ('再', '在'),
    ('吗', '嘛'),
    ('没', '每'),
    ('到', '道'),
    ('有', '又'),
    ('做', '作'),
    ('那', '哪'),
    ('哪', '那'),
    ('他', '她'),
    ('就', '旧'),
    ('还', '环'),
    ('是', '事'),
    ('怎', '咋'),
    ('啊', '阿'),
    ('呢', '呐'),
    ('已', '以'),
    ('想', '像'),
    ('请', '清'),
    ('问', '文'),
    ('帮', '邦'),
    ('看', '刊'),
];

/// Where a customer lives.
pub(super) fn home(draws: &mut Draws) -> &'static Home {
    draws.pick(HOMES).unwrap_or(&HOMES[0])
}

/// A postal address there: `广东省深圳市南山区学院路128号3栋1502室`.
pub(super) fn address(home: &Home, draws: &mut Draws) -> String {
    let district = draws.pick(home.districts).copied().unwrap_or_default();
    let road = draws.pick(ROADS).copied().unwrap_or_default();
    let number = 1 + draws.below(398);
    let building = 1 + draws.below(20);
    let room = 100 * (1 + draws.below(28)) + 1 + draws.below(4);
    format!(
        "{}{}{district}{road}{number}号{building}栋{room}室",
        home.province, home.city
    )
}

/// Eleven digits, `1[3-9]\d{9}`.
pub(super) fn mobile(draws: &mut Draws) -> String {
    let prefix = draws.pick(MOBILE_PREFIXES).copied().unwrap_or("138");
    format!("{prefix}{:08}", draws.below(100_000_000))
}

/// A valid address at a domain that no one owns: `xiaomei87@example.com`.
pub(super) fn email(draws: &mut Draws) -> String {
    let mut part = || draws.pick(SYLLABLES).copied().unwrap_or_default();
    let name = format!("{}{}", part(), part());
    let domain = draws.pick(MAIL_DOMAINS).copied().unwrap_or("example.com");
    format!("{name}{}@{domain}", draws.below(1_000))
}

/// What an input method may offer in place of this character.
pub(super) fn mistaken_for(character: char) -> Option<char> {
    let pair = HOMOPHONES.iter().find(|(right, _)| *right == character);
    pair.map(|(_, wrong)| *wrong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulation::seed::{Purpose, draws};

    #[test]
    fn mobiles_addresses_and_mail_have_their_right_form() {
        let mobile_form = regex::Regex::new(r"^1[3-9]\d{9}$").unwrap();
        let mail_form = regex::Regex::new(r"^[a-z]+\d{1,3}@example\.(com|net|org)$").unwrap();
        let address_form =
            regex::Regex::new(r"^(\p{Han}+省)?\p{Han}+市\p{Han}+区\p{Han}+[路街]\d+号\d+栋\d+室$").unwrap();
        for customer in 0..500 {
            let mut draws = draws(1, customer, 0, Purpose::Person);
            assert!(mobile_form.is_match(&mobile(&mut draws)));
            assert!(mail_form.is_match(&email(&mut draws)));
            let place = home(&mut draws);
            let address = address(place, &mut draws);
            assert!(
                address_form.is_match(&address) && address.contains(place.city),
                "{address}"
            );
        }
    }

    #[test]
    fn a_slip_changes_a_character_and_never_a_digit() {
        for (right, wrong) in HOMOPHONES {
            assert_ne!(right, wrong);
            assert_eq!(mistaken_for(*right), Some(*wrong));
        }
        assert_eq!(mistaken_for('7'), None);
        assert_eq!(mistaken_for('七'), None);
    }
}
