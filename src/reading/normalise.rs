//! One spelling for each text, before anything else looks at it.
//!
//! NFKC (full-width digits and letters), lower case, nothing invisible, traditional characters that customer service
//! uses written as simplified ones, single blanks. Numbers stay as they are: [`values`](super::values) reads them.

use std::borrow::Cow;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// The text in its one spelling. All byte spans in this module are places in what this returns.
pub fn normalise(text: &str) -> String {
    let text = &*with_whole_names(text);
    if text.is_ascii() {
        return in_full(with_single_blanks(text.to_ascii_lowercase()));
    }
    with_single_blanks(common(text).unwrap_or_else(|| any(text)))
}

/// Names that are also written as two, which then only their capitals tell from other words (`while we chat`).
const NAMES: [(&str, &str); 3] = [
    ("We Chat", "WeChat"),
    ("Whats App", "WhatsApp"),
    ("What's App", "WhatsApp"),
];

fn with_whole_names(text: &str) -> Cow<'_, str> {
    // All of them begin so, and few texts hold one.
    if !text.contains('W') {
        return Cow::Borrowed(text);
    }
    let parted = NAMES.iter().filter(|(parted, _)| text.contains(parted));
    parted.fold(Cow::Borrowed(text), |text, (parted, whole)| {
        Cow::Owned(text.replace(parted, whole))
    })
}

/// Blanks that stand together become one: words and patterns are written with one.
fn with_single_blanks(text: String) -> String {
    if !text.contains("  ") {
        return text;
    }
    let mut single = String::with_capacity(text.len());
    for character in text.chars() {
        if character != ' ' || !single.ends_with(' ') {
            single.push(character);
        }
    }
    single
}

/// An English text in which no apostrophe is left out: `i dont get what u mean`.
fn in_full(text: String) -> String {
    let is_short = |word: &str| full(word).is_some();
    if !words(&text).any(|(_, word)| is_short(word)) {
        return text;
    }
    let words: Vec<(usize, &str)> = words(&text).collect();
    let mut spelt = String::with_capacity(text.len() + 8);
    let mut end = 0;
    for (place, (start, word)) in words.iter().enumerate() {
        // g u a r a n t e e is no word for anybody.
        let beside = [place.wrapping_sub(1), place + 1].map(|beside| words.get(beside));
        let is_letter = word.len() == 1 && beside.iter().flatten().any(|(_, beside)| beside.len() == 1);
        spelt.push_str(&text[end..*start]);
        spelt.push_str(full(word).filter(|_| !is_letter).unwrap_or(word));
        end = start + word.len();
    }
    spelt + &text[end..]
}

/// What stands between blanks in an ASCII text, without the marks around it, and where.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes();
    let mut next = 0;
    bytes.split(|byte| *byte == b' ').map(move |piece| {
        let marks = piece.iter().take_while(|byte| !byte.is_ascii_alphanumeric()).count();
        let is_mark = |byte: &&u8| matches!(byte, b',' | b'.' | b'!' | b'?' | b';' | b':' | b')' | b'"');
        let behind = piece[marks..].iter().rev().take_while(is_mark).count();
        let word = next + marks..next + piece.len() - behind;
        next += piece.len() + 1;
        (word.start, &text[word])
    })
}

/// What people write short. Words that may be another one, as its or were, are not among them.
fn full(word: &str) -> Option<&'static str> {
    Some(match word {
        "u" => "you",
        "dont" => "don't",
        "cant" => "can't",
        "wont" => "won't",
        "isnt" => "isn't",
        "arent" => "aren't",
        "wasnt" => "wasn't",
        "didnt" => "didn't",
        "hasnt" => "hasn't",
        "doesnt" => "doesn't",
        "havent" => "haven't",
        "couldnt" => "couldn't",
        "wouldnt" => "wouldn't",
        "shouldnt" => "shouldn't",
        "youre" => "you're",
        "theyre" => "they're",
        "thats" => "that's",
        "theres" => "there's",
        _ => return None,
    })
}

/// The same for a text of nothing but the characters that replies are usually made of, without the tables of Unicode; nothing
/// for any other text.
fn common(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let (one, divides) = common_one(character, characters.peek().copied())?;
        plain.push(one);
        if divides {
            plain.push(' ');
        }
    }
    Some(plain)
}

/// One character of such a text, before the next one, and whether a blank follows on it.
fn common_one(character: char, next: Option<char>) -> Option<(char, bool)> {
    Some(match character {
        '\0'..='\u{7f}' => (character.to_ascii_lowercase(), false),
        '\u{4e00}'..='\u{9fff}' => (simplified(character), false),
        '，' if next.is_some_and(is_wide_digit) => return None,
        '，' if next.is_some_and(char::is_numeric) => (',', true),
        // Full-width ASCII lies in the same order as ASCII.
        '\u{ff01}'..='\u{ff5e}' => (
            char::from((character as u32 - 0xfee0) as u8).to_ascii_lowercase(),
            false,
        ),
        '、' | '。' | '《'..='】' | '“' | '”' | '‘' | '’' | '¥' | '—' => (character, false),
        _ => return None,
    })
}

/// Of each byte of the normalised text, and of its end, where in the text it came from; nothing for texts that are more than a change of
/// characters away.
pub(super) fn places(text: &str) -> Option<Vec<usize>> {
    if text.is_ascii() && words(&text.to_ascii_lowercase()).any(|(_, word)| full(word).is_some()) {
        return None;
    }
    let mut places = Vec::with_capacity(text.len() + 1);
    let mut after_blank = false;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let (one, divides) = common_one(character, characters.peek().map(|(_, next)| *next))?;
        if one != ' ' || !after_blank {
            places.resize(places.len() + one.len_utf8() + usize::from(divides), at);
        }
        after_blank = divides || one == ' ';
    }
    places.push(text.len());
    Some(places)
}

fn any(text: &str) -> String {
    let mut plain = String::with_capacity(text.len() + 8);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            _ if is_invisible(character) => {}
            // The frame of a key-cap emoji and list numbers such as ① must not grow into the number that follows.
            '\u{20e3}' => plain.push(' '),
            // A full-width comma divides, it never groups digits: 减50，100元起 holds no 50,100. Among full-width ones it does.
            '，' if plain.ends_with(is_wide_digit) && characters.peek().is_some_and(|next| is_wide_digit(*next)) => {
                plain.push(',');
            }
            '，' if characters.peek().is_some_and(|next| next.is_numeric()) => plain.push_str(", "),
            '\u{2460}'..='\u{249b}' | '\u{24ea}'..='\u{24ff}' | '\u{2776}'..='\u{2793}' => {
                plain.push(' ');
                plain.push(character);
                plain.push(' ');
            }
            _ => plain.push(character),
        }
    }
    plain.nfkc().flat_map(char::to_lowercase).map(simplified).collect()
}

fn is_wide_digit(character: char) -> bool {
    ('０'..='９').contains(&character)
}

/// Zero-width characters, marks of writing direction, soft hyphens and variation selectors.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
    )
}

/// The simplified form of a traditional character of the trade. Characters whose simplified form depends on the word
/// (乾, 著) are not listed, so nothing can be turned into a wrong word.
fn simplified(character: char) -> char {
    if !('\u{4e00}'..='\u{9fff}').contains(&character) {
        return character;
    }
    if !MAYBE_TRADITIONAL[character as usize % MAYBE_TRADITIONAL.len()] {
        return character;
    }
    match TRADITIONAL.binary_search_by(|(traditional, _)| traditional.cmp(&character)) {
        Ok(place) => TRADITIONAL[place].1,
        Err(_) => character,
    }
}

/// False for most characters that are not listed, which saves the search.
static MAYBE_TRADITIONAL: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let mut maybe = vec![false; 1 << 13];
    for (traditional, _) in TRADITIONAL.iter() {
        let place = *traditional as usize % maybe.len();
        maybe[place] = true;
    }
    maybe
});

/// Pairs of a traditional character and its simplified form, sorted by the first.
static TRADITIONAL: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let mut pairs: Vec<(char, char)> = PAIRS
        .split_whitespace()
        .filter_map(|pair| {
            let mut characters = pair.chars();
            Some((characters.next()?, characters.next()?))
        })
        .collect();
    pairs.sort_unstable();
    pairs
});

const PAIRS: &str = "\
    個个 們们 傳传 債债 傷伤 僅仅 價价 億亿 儘尽 優优 儲储 兌兑 兒儿 內内 兩两 冊册 凍冻 劃划 劑剂 動动 務务 勝胜 勞劳 匯汇 區区 協协 \
    卻却 員员 問问 啟启 喚唤 單单 嗎吗 嘗尝 嚴严 國国 園园 圓圆 圖图 團团 執执 堅坚 報报 場场 塊块 墊垫 壓压 壞坏 夠够 夢梦 奪夺 妝妆 \
    婦妇 媽妈 學学 實实 寧宁 審审 寫写 寬宽 寶宝 將将 專专 對对 導导 層层 屬属 島岛 師师 帳帐 帶带 幣币 幫帮 幾几 庫库 廠厂 廢废 廣广 \
    廳厅 張张 強强 彈弹 彙汇 後后 徑径 從从 復复 徵征 惡恶 惱恼 愛爱 態态 慣惯 慮虑 慶庆 憂忧 憑凭 應应 懷怀 戀恋 戰战 戲戏 戶户 拋抛 \
    掃扫 掙挣 掛挂 採采 揀拣 換换 損损 搶抢 撐撑 撥拨 擇择 擊击 擔担 據据 攔拦 攜携 敗败 敘叙 敵敌 數数 斷断 時时 暫暂 曆历 曬晒 書书 \
    會会 東东 枱台 條条 業业 極极 榮荣 構构 樂乐 標标 樣样 機机 檔档 檢检 櫃柜 權权 歐欧 歡欢 歲岁 歷历 歸归 殘残 殺杀 殼壳 毀毁 氣气 \
    決决 沒没 況况 淨净 減减 測测 湊凑 準准 溫温 滯滞 滾滚 滿满 漲涨 漿浆 潔洁 潤润 澤泽 濃浓 濕湿 濾滤 灑洒 為为 無无 煩烦 熱热 燈灯 \
    燒烧 爭争 爾尔 牽牵 犧牺 狀状 猶犹 獎奖 獨独 獲获 現现 瑣琐 環环 瓊琼 產产 畢毕 畫画 異异 當当 療疗 癒愈 發发 皺皱 監监 盤盘 眾众 \
    矚瞩 碩硕 確确 碼码 礎础 礦矿 祕秘 禦御 禮礼 稅税 種种 稱称 積积 穩稳 窩窝 競竞 筆笔 節节 範范 築筑 簡简 簽签 籌筹 籤签 糧粮 糾纠 \
    紀纪 約约 紅红 紋纹 納纳 純纯 紙纸 級级 細细 紹绍 終终 組组 結结 絕绝 絡络 給给 統统 絲丝 綁绑 經经 綠绿 維维 網网 緊紧 線线 緣缘 \
    編编 緩缓 練练 縣县 縫缝 縮缩 總总 績绩 織织 繫系 繼继 續续 纖纤 罰罚 罷罢 義义 習习 聖圣 聯联 聰聪 聲声 職职 聽听 肅肃 脫脱 腦脑 \
    腳脚 膚肤 膠胶 臉脸 臨临 與与 興兴 舉举 舊旧 艙舱 莊庄 華华 萬万 葉叶 蓋盖 藝艺 藥药 蘇苏 蘋苹 處处 號号 虧亏 蟲虫 術术 衛卫 衝冲 \
    裏里 補补 裝装 裡里 複复 褲裤 襪袜 見见 規规 視视 覺觉 觀观 觸触 訂订 計计 訊讯 託托 記记 訪访 設设 許许 診诊 註注 詐诈 評评 詞词 \
    詢询 試试 話话 該该 詳详 認认 誘诱 語语 誠诚 誤误 說说 誰谁 課课 調调 談谈 請请 諒谅 論论 諮谘 諾诺 講讲 謝谢 謹谨 證证 識识 譯译 \
    議议 護护 譽誉 讀读 變变 讓让 豐丰 豬猪 貝贝 負负 財财 貧贫 貨货 貪贪 責责 貴贵 買买 費费 貼贴 資资 賓宾 賞赏 賠赔 賣卖 質质 賬账 \
    賴赖 購购 贈赠 贊赞 贏赢 趕赶 跡迹 踐践 蹤踪 躍跃 車车 軟软 較较 載载 輔辅 輕轻 輛辆 輪轮 輯辑 輸输 轉转 轟轰 辦办 辭辞 農农 這这 \
    連连 週周 進进 遊游 運运 過过 達达 違违 遞递 遠远 適适 遲迟 遷迁 選选 遺遗 還还 邊边 邏逻 郵邮 鄉乡 鄭郑 鄰邻 醜丑 醫医 釋释 釘钉 \
    針针 銀银 銷销 鋒锋 鋪铺 錄录 錢钱 錯错 鍵键 鎖锁 鎮镇 鏈链 鏡镜 鐘钟 鑽钻 長长 門门 閃闪 閉闭 開开 閒闲 間间 閣阁 閱阅 關关 陣阵 \
    陰阴 陸陆 陽阳 隊队 際际 隨随 險险 隱隐 雖虽 雙双 雜杂 離离 難难 雲云 電电 靜静 韓韩 響响 頁页 頂顶 項项 順顺 須须 預预 領领 頭头 \
    頻频 題题 顏颜 願愿 類类 顧顾 顯显 風风 飛飞 飯饭 飲饮 館馆 饋馈 駐驻 駕驾 騙骗 驗验 驚惊 體体 髮发 鬆松 魚鱼 鮮鲜 鳥鸟 鹽盐 麗丽 \
    麥麦 麵面 麼么 黃黄 點点 齊齐 齡龄 龍龙";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_gets_one_spelling() {
        for (text, plain) in [
            ("Order ABC", "order abc"),
            ("满３００减５０", "满300减50"),
            ("￥５０，ＯＫ！", "¥50,ok!"),
            ("五\u{200b}十\u{feff}元", "五十元"),
            ("①50元", " 1 50元"),
            ("减50，100元起", "减50, 100元起"),
            ("1\u{fe0f}\u{20e3}50元", "1 50元"),
            ("訂單預計48小時內發貨", "订单预计48小时内发货"),
            ("滿300減50，請稍等", "满300减50,请稍等"),
            ("The LOWEST  \u{a0}Price", "the lowest price"),
            ("满300  减50", "满300 减50"),
            (
                "I dont get  what U mean, thats it!",
                "i don't get what you mean, that's it!",
            ),
            ("U.S. dollars, u盘, cant.", "u.s. dollars, u盘, cant."),
            ("(They dont)", "(they don't)"),
            ("we g u a r a n t e e it", "we g u a r a n t e e it"),
            ("Add us on We Chat or Whats App", "add us on wechat or whatsapp"),
            ("加老板We Chat，减50", "加老板wechat,减50"),
            ("Hold on while we chat. Whats app?", "hold on while we chat. whats app?"),
            ("", ""),
        ] {
            assert_eq!(normalise(text), plain, "{text}");
        }
    }

    #[test]
    fn the_short_way_gives_what_the_long_way_gives() {
        let every: String = ('\0'..='\u{ffff}')
            .filter(|c| common(&c.to_string()).is_some())
            .collect();
        assert!(every.chars().count() > 20_000, "the short way is open");
        for character in every.chars() {
            for text in [
                format!("{character}"),
                format!("满{character}3"),
                format!("3{character}a"),
            ] {
                assert_eq!(common(&text), Some(any(&text)), "{text}");
            }
        }
        assert_eq!([common("①50元"), common("１，２４９元")], [None, None]);
    }

    #[test]
    fn each_byte_is_found_again_where_it_came_from() {
        for text in ["亲，满300，减５０  元", "Order  ABC，1", "訂單", "", "a，  1"] {
            let (plain, places) = (normalise(text), places(text).unwrap());
            assert_eq!(places.len(), plain.len() + 1, "{text}");
            for (at, character) in plain.char_indices() {
                let from = text[places[at]..].chars().next().unwrap();
                assert!(
                    normalise(&from.to_string()).starts_with(character) || character == ' ',
                    "{text}: {at}"
                );
            }
        }
        assert_eq!(places("①50元"), None);
    }

    #[test]
    fn a_second_pass_changes_nothing() {
        for text in ["滿３００減５０", "①50元", "ＳＦ－ＥＸＰＲＥＳＳ", "İstanbul", "ﬃ½㎡"] {
            let once = normalise(text);
            assert_eq!(normalise(&once), once, "{text}");
        }
    }

    #[test]
    fn each_traditional_character_is_listed_once_and_becomes_a_simplified_one() {
        assert!(
            TRADITIONAL.is_sorted_by(|one, next| one.0 < next.0),
            "a character is listed twice"
        );
        for (_, simple) in TRADITIONAL.iter() {
            assert_eq!(simplified(*simple), *simple);
        }
    }
}
