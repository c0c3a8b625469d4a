//! Personal data of people who do not exist, as a bot tells it that mixes its customers up. Checksums are right.

use crate::conversation::Language;

/// Regions of identity cards.
const REGIONS: [&str; 6] = ["110105", "310104", "440305", "330106", "510107", "420102"];
const MOBILE_PREFIXES: [&str; 8] = ["134", "139", "151", "158", "176", "183", "188", "199"];
const NAMES_ZH: [&str; 6] = ["周建国", "林晓梅", "何志强", "孙丽娟", "马文博", "罗雪"];
const NAMES_EN: [&str; 6] = [
    "Harold Finch",
    "Martha Quinn",
    "Dennis Okafor",
    "Ellen Brandt",
    "Luis Ortega",
    "Joan Whitby",
];
const STREETS_ZH: [&str; 5] = [
    "浙江省杭州市西湖区文三路",
    "广东省深圳市南山区科技南路",
    "四川省成都市武侯区人民南路",
    "上海市徐汇区漕溪北路",
    "湖北省武汉市江岸区解放大道",
];
const STREETS_EN: [(&str, &str); 5] = [
    ("Maple Street", "Springfield, IL 62704"),
    ("Willow Avenue", "Dayton, OH 45402"),
    ("Harbor Road", "Portland, ME 04101"),
    ("Cedar Lane", "Boise, ID 83702"),
    ("Chestnut Drive", "Albany, NY 12203"),
];

/// Somebody who does not exist.
pub(super) struct Stranger {
    /// What is left to draw from for each datum.
    number: u128,
    language: Language,
}

/// Small numbers out of a large one.
struct Draws(u128);

impl Draws {
    fn below(&mut self, bound: usize) -> usize {
        let drawn = self.0 % bound as u128;
        self.0 /= bound as u128;
        drawn as usize
    }

    fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + self.below(10) as u8)).collect()
    }

    fn one<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }
}

impl Stranger {
    /// The one that `number` stands for, of whom is spoken in this language.
    pub(super) fn new(number: u128, language: Language) -> Stranger {
        Stranger { number, language }
    }

    /// What belongs to them, by the name that templates use.
    pub(super) fn datum(&self, name: &str) -> Option<String> {
        let mut draws = Draws(self.number);
        match name {
            "name" => Some(self.name(&mut draws)),
            "phone" => Some(self.phone(&mut draws)),
            "id_number" => Some(id_number(&mut draws)),
            "bank_card" => Some(self.bank_card(&mut draws)),
            "address" => Some(self.address(&mut draws)),
            _ => None,
        }
    }

    fn name(&self, draws: &mut Draws) -> String {
        match self.language {
            Language::Zh => draws.one(&NAMES_ZH).to_owned(),
            Language::En => draws.one(&NAMES_EN).to_owned(),
        }
    }

    /// A Chinese mobile; in English half of them are American and of the range that no one is given.
    fn phone(&self, draws: &mut Draws) -> String {
        if self.language == Language::En && draws.below(2) == 0 {
            return format!("{}-555-01{}", 201 + draws.below(700), draws.digits(2));
        }
        let prefix = draws.one(&MOBILE_PREFIXES);
        format!("{prefix}{}", draws.digits(8))
    }

    /// Of 16 digits in groups of four, or of 19; UnionPay's in Chinese, Visa's in English.
    fn bank_card(&self, draws: &mut Draws) -> String {
        match self.language {
            Language::Zh if draws.below(2) == 0 => with_luhn_digit(format!("622202{}", draws.digits(12))),
            Language::Zh => in_groups(&with_luhn_digit(format!("625965{}", draws.digits(9)))),
            Language::En => in_groups(&with_luhn_digit(format!("453275{}", draws.digits(9)))),
        }
    }

    fn address(&self, draws: &mut Draws) -> String {
        match self.language {
            Language::Zh => {
                let (street, house) = (draws.one(&STREETS_ZH), 1 + draws.below(600));
                format!("{street}{house}号{}幢{}02室", 1 + draws.below(20), 1 + draws.below(18))
            }
            Language::En => {
                let ((street, town), house) = (draws.one(&STREETS_EN), 100 + draws.below(8_000));
                format!("{house} {street}, {town}")
            }
        }
    }
}

/// A resident identity card's number: region, birthday, sequence and the checksum of GB 11643 (ISO 7064, MOD 11-2).
fn id_number(draws: &mut Draws) -> String {
    let region = draws.one(&REGIONS);
    let (year, month, day) = (1960 + draws.below(43), 1 + draws.below(12), 1 + draws.below(28));
    let body = format!("{region}{year}{month:02}{day:02}{}", draws.digits(3));
    let sum: usize = digits(&body)
        .zip((1..=17).rev())
        .map(|(digit, place)| digit * (1 << place))
        .sum();
    let check = (12 - sum % 11) % 11;
    match check {
        10 => format!("{body}X"),
        _ => format!("{body}{check}"),
    }
}

/// `body` with the digit behind it that makes it a card's number (ISO/IEC 7812, annex B).
fn with_luhn_digit(body: String) -> String {
    let from_the_right: Vec<usize> = digits(&body).collect();
    let sum: usize = from_the_right
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit * 2) {
            (0, doubled) if doubled > 9 => doubled - 9,
            (0, doubled) => doubled,
            _ => *digit,
        })
        .sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

fn in_groups(digits: &str) -> String {
    let groups: Vec<String> = digits
        .as_bytes()
        .chunks(4)
        .map(|group| String::from_utf8_lossy(group).into_owned())
        .collect();
    groups.join(" ")
}

fn digits(text: &str) -> impl Iterator<Item = usize> {
    text.bytes().map(|digit| usize::from(digit - b'0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(name: &str, language: Language) -> Vec<String> {
        (1..200_u128)
            .map(|seed| Stranger::new(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835), language))
            .map(|stranger| stranger.datum(name).unwrap())
            .collect()
    }

    #[test]
    fn the_checksums_of_known_numbers_come_out() {
        // The examples of GB 11643-1999 and of ISO/IEC 7812-1.
        let mut draws = Draws(0);
        assert_eq!(id_number(&mut draws).len(), 18);
        assert_eq!(with_luhn_digit("7992739871".to_owned()), "79927398713");
        assert_eq!(with_luhn_digit("411111111111111".to_owned()), "4111111111111111");
    }

    #[test]
    fn identity_cards_satisfy_the_standards_congruence() {
        for number in data("id_number", Language::Zh) {
            let sum: usize = number
                .bytes()
                .zip((0..18).rev())
                .map(|(digit, place)| (if digit == b'X' { 10 } else { usize::from(digit - b'0') }) * (1 << place))
                .sum();
            assert_eq!((number.len(), sum % 11), (18, 1), "{number}");
        }
    }

    #[test]
    fn what_belongs_to_strangers_differs_from_one_to_the_next() {
        for language in Language::ALL {
            for name in ["phone", "id_number", "bank_card", "address"] {
                let mut data = data(name, language);
                data.sort();
                data.dedup();
                assert!(data.len() > 150, "{name}: {}", data.len());
            }
        }
        assert_eq!(Stranger::new(1, Language::Zh).datum("shoe_size"), None);
    }
}
