//! Numbers that identify themselves: message ids and order numbers that name the run and the customer they belong to.
//!
//! Nothing here needs a table, so cross-talk can be found in a run of any length with constant memory.

use std::fmt;

use super::scramble;

/// How many digits an order number has.
pub const ORDER_DIGITS: usize = 19;
const CUSTOMER_LIMIT: u64 = 1_000_000_000;
const CHECK_LIMIT: u64 = 100_000;

/// What marks all customers, messages and orders of one run: five digits, 10000 to 99999, from the seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RunKey(u32);

impl RunKey {
    /// The key of the run with this seed.
    pub fn of_seed(seed: u64) -> RunKey {
        RunKey(10_000 + u32::try_from(scramble(seed) % 90_000).expect("below 90,000"))
    }

    /// The five digits.
    pub fn digits(self) -> u32 {
        self.0
    }

    /// The order number that only `customer` has: 19 digits, namely this key, the customer's number (nine digits, so
    /// they repeat after 10^9 customers) and a checksum of both (five digits).
    pub fn order_number(self, customer: u64) -> String {
        let customer = customer_in_order_numbers(customer);
        format!("{:05}{customer:09}{:05}", self.0, self.check(customer))
    }

    /// The customer to whom `digits` belong, if they are an order number of this run.
    pub fn owner_of(self, digits: &str) -> Option<u64> {
        if digits.len() != ORDER_DIGITS || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let customer = digits[5..14].parse().ok()?;
        (digits == self.order_number(customer)).then_some(customer)
    }

    /// The customer as a number that carries the run's mark, for platforms whose ids are numbers: this key and nine digits
    /// of the customer's number, below 2^47.
    pub fn numeric_id(self, customer: u64) -> u64 {
        u64::from(self.0) * CUSTOMER_LIMIT + customer % CUSTOMER_LIMIT
    }

    /// The customer of this run whom `id` means: it ends with `RUN-CUSTOMER`, such as `throng-48213-17`, or with their
    /// [`numeric_id`](RunKey::numeric_id), whatever a platform's own mark before it (`CN.48213000000017`).
    pub fn customer_in(self, id: &str) -> Option<u64> {
        let (head, digits) = digits_at_the_end(id)?;
        let number: u64 = digits.parse().ok()?;
        if number / CUSTOMER_LIMIT == u64::from(self.0) {
            return Some(number % CUSTOMER_LIMIT);
        }
        let (_, run) = digits_at_the_end(head.strip_suffix('-')?)?;
        (run == self.to_string()).then_some(number)
    }

    /// The message of this run that `id` means: it ends with `RUN-CUSTOMER-TURN-FRAGMENT`, or is the
    /// [number form](MessageId::number).
    pub fn message_in(self, id: &str) -> Option<MessageId> {
        if let Ok(number) = id.parse::<u64>() {
            let message = MessageId {
                run: self,
                customer: number >> 18 & 0xffff_ffff,
                turn: (number >> 8 & 0x3ff) as u16,
                fragment: (number & 0xff) as u16,
            };
            return (message.number() == number).then_some(message);
        }
        let (rest, fragment) = digits_at_the_end(id)?;
        let (rest, turn) = digits_at_the_end(rest.strip_suffix('-')?)?;
        Some(MessageId {
            run: self,
            customer: self.customer_in(rest.strip_suffix('-')?)?,
            turn: turn.parse().ok()?,
            fragment: fragment.parse().ok()?,
        })
    }

    fn check(self, customer: u64) -> u64 {
        scramble(u64::from(self.0) << 32 | customer) % CHECK_LIMIT
    }
}

/// What stands before the digits at the end of `text`, and these digits; nothing without digits.
fn digits_at_the_end(text: &str) -> Option<(&str, &str)> {
    let head = text.trim_end_matches(|character: char| character.is_ascii_digit());
    let digits = &text[head.len()..];
    (!digits.is_empty()).then_some((head, digits))
}

impl fmt::Display for RunKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:05}", self.0)
    }
}

/// A customer's number as order numbers hold it: they repeat after 10^9 customers.
pub fn customer_in_order_numbers(customer: u64) -> u64 {
    customer % CUSTOMER_LIMIT
}

/// The customer whom an order number names, whatever its run and whether or not its checksum holds: what a bot reads that
/// knows how order numbers are made and nothing else.
pub fn customer_named_by(order_number: u64) -> u64 {
    order_number / CHECK_LIMIT % CUSTOMER_LIMIT
}

/// The owners of all order numbers of the run `key` that stand in `text`, in the order of the text.
///
/// Full-width digits count as digits; separators inside a number (`1234 5678`, `1234-5678`) do not break it.
pub fn order_numbers_in(key: RunKey, text: &str) -> Vec<u64> {
    let mut owners = Vec::new();
    // Most texts have too few digits, be they wide ones.
    if text
        .bytes()
        .filter(|byte| byte.is_ascii_digit() || *byte == 0xef)
        .count()
        < ORDER_DIGITS
    {
        return owners;
    }
    let mut run = String::new();
    for character in text.chars().chain(['\n']) {
        match digit(character) {
            Some(digit) => run.push(digit),
            None if matches!(character, ' ' | '-' | '\u{200b}') && !run.is_empty() => {}
            None => {
                find_in_digits(key, &run, &mut owners);
                run.clear();
            }
        }
    }
    owners
}

fn find_in_digits(key: RunKey, digits: &str, owners: &mut Vec<u64>) {
    let mut start = 0;
    while start + ORDER_DIGITS <= digits.len() {
        match key.owner_of(&digits[start..start + ORDER_DIGITS]) {
            Some(owner) => {
                owners.push(owner);
                start += ORDER_DIGITS;
            }
            None => start += 1,
        }
    }
}

fn digit(character: char) -> Option<char> {
    match character {
        '0'..='9' => Some(character),
        '０'..='９' => char::from_digit(u32::from(character) - u32::from('０'), 10),
        _ => None,
    }
}

/// The id of one message of a customer. Redeliveries keep it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MessageId {
    /// The run it belongs to.
    pub run: RunKey,
    /// The customer's number, from 0, below 2^32 in the number form.
    pub customer: u64,
    /// The turn's position in the conversation, from 1, at most 1,023 in the number form.
    pub turn: u16,
    /// The message's position in its turn, from 1, at most 255 in the number form.
    pub fragment: u16,
}

impl MessageId {
    /// The id as a number below 2^63, for platforms whose ids are numbers: 13 bits of the run key, 32 of the customer,
    /// 10 of the turn, 8 of the fragment.
    pub fn number(self) -> u64 {
        u64::from(self.run.digits() & 0x1fff) << 50
            | (self.customer & 0xffff_ffff) << 18
            | u64::from(self.turn & 0x3ff) << 8
            | u64::from(self.fragment & 0xff)
    }

    /// A number below 2^18 that no other message of the conversation has, for platforms whose message ids are small
    /// numbers within a chat.
    pub fn place(self) -> u32 {
        u32::from(self.turn & 0x3ff) << 8 | u32::from(self.fragment & 0xff)
    }

    /// Turn and fragment of a message with this [`place`](MessageId::place).
    pub fn from_place(place: u32) -> Option<(u16, u16)> {
        (place < 1 << 18).then_some(((place >> 8) as u16, (place & 0xff) as u16))
    }
}

/// `RUN-CUSTOMER-TURN-FRAGMENT`, such as `48213-17-2-1`.
impl fmt::Display for MessageId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}-{}-{}-{}", self.run, self.customer, self.turn, self.fragment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_number_names_its_owner_and_no_one_elses_does() {
        let (key, other) = (RunKey::of_seed(1), RunKey::of_seed(2));
        for customer in [0, 1, 7, 123_456_789] {
            let number = key.order_number(customer);
            assert_eq!(number.len(), ORDER_DIGITS);
            assert_eq!(key.owner_of(&number), Some(customer));
            assert_eq!(other.owner_of(&number), None);
            assert_eq!(customer_named_by(number.parse().unwrap()), customer);
        }
        assert_eq!(key.owner_of("1234567890123456789"), None);
    }

    #[test]
    fn order_numbers_are_found_in_running_text() {
        let key = RunKey::of_seed(1);
        let (first, second) = (key.order_number(3), key.order_number(44));
        let wide: String = second
            .chars()
            .map(|digit| char::from_u32(u32::from('０') + digit.to_digit(10).unwrap()).unwrap())
            .collect();
        let text = format!("您的订单{first}已发货,另一单 {wide} 在路上, 13800138000");
        assert_eq!(order_numbers_in(key, &text), [3, 44]);
        let spaced = format!("order {} {}-{}", &first[..4], &first[4..10], &first[10..]);
        assert_eq!(order_numbers_in(key, &spaced), [3]);
    }

    #[test]
    fn a_customer_and_a_message_are_found_in_the_ids_that_platforms_give_back() {
        let (run, other) = (RunKey::of_seed(9), RunKey::of_seed(10));
        let message = MessageId {
            run,
            customer: 17,
            turn: 2,
            fragment: 1,
        };
        for id in [
            format!("throng-{run}-17"),
            format!("c{run}-17"),
            format!("@conv-throng-{run}-17"),
            run.numeric_id(17).to_string(),
            format!("CN.{}", run.numeric_id(17)),
        ] {
            assert_eq!(run.customer_in(&id), Some(17), "{id}");
            assert_eq!(other.customer_in(&id), None, "{id}");
        }
        for id in [
            message.to_string(),
            format!("om_{message}"),
            message.number().to_string(),
        ] {
            assert_eq!(run.message_in(&id), Some(message), "{id}");
            assert_eq!(other.message_in(&id), None, "{id}");
        }
        assert_eq!(MessageId::from_place(message.place()), Some((2, 1)));
        for id in [
            "",
            "17",
            "throng",
            "-",
            "---",
            "💥",
            "99999999999999999999999999",
            "1-2-3-4",
        ] {
            assert_eq!((run.customer_in(id), run.message_in(id)), (None, None), "{id}");
        }
    }

    #[test]
    fn the_number_form_of_ids_is_unique_and_fits_a_signed_64_bit_integer() {
        let run = RunKey::of_seed(9);
        let mut seen = std::collections::HashSet::new();
        for customer in 0..50 {
            for turn in 1..6 {
                for fragment in 1..4 {
                    let number = MessageId {
                        run,
                        customer,
                        turn,
                        fragment,
                    }
                    .number();
                    assert!(number < 1 << 63 && seen.insert(number));
                }
            }
        }
    }
}
