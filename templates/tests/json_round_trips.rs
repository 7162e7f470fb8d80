//! Random values and texts: this codec and serde_json must agree on each.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "in a test it is the assertion"
)]

use clientsmith_templates::runtime::json::{from_slice, to_vec};
use serde_json::{Map, Number, Value};

/// A generator of random numbers (xorshift64*), the same on every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn string(&mut self) -> String {
        let length = self.below(40);
        (0..length)
            .filter_map(|_| {
                let bits = self.next();
                char::from_u32(match bits % 8 {
                    0 => (bits >> 8) as u32 % 0x20,
                    1 => [0x22, 0x5c, 0x2f, 0x7f, 0x2028][(bits >> 8) as usize % 5],
                    2 => (bits >> 8) as u32 % 0x11_0000,
                    _ => 0x20 + (bits >> 8) as u32 % 0x5f,
                })
            })
            .collect()
    }

    fn number(&mut self) -> Number {
        let bits = self.next();
        match self.below(5) {
            0 => (bits as i64).into(),
            1 => bits.into(),
            2 => (bits as i8).into(),
            3 => Number::from_f64(f64::from(bits as i16) / 8.0).unwrap_or_else(|| 0.into()),
            _ => Number::from_f64(f64::from_bits(bits)).unwrap_or_else(|| 0.into()),
        }
    }

    fn value(&mut self, depth: u64) -> Value {
        match self.below(if depth == 0 { 5 } else { 8 }) {
            0 => Value::Null,
            1 => Value::Bool(self.below(2) == 0),
            2 => Value::Number(self.number()),
            3 | 4 => Value::String(self.string()),
            5 => (0..self.below(6)).map(|_| self.value(depth - 1)).collect(),
            _ => {
                let members: Map<String, Value> = (0..self.below(6))
                    .map(|_| (self.string(), self.value(depth - 1)))
                    .collect();
                members.into()
            }
        }
    }
}

#[test]
fn random_values_survive_both_ways() {
    let mut random = Random(0x5eed_0001);
    for _ in 0..3_000 {
        let value = random.value(5);
        let theirs = serde_json::to_vec(&value).unwrap();
        assert_eq!(from_slice::<Value>(&theirs).unwrap(), value);
        let ours = to_vec(&value);
        assert_eq!(
            String::from_utf8_lossy(&ours),
            String::from_utf8_lossy(&theirs)
        );
        let pretty = serde_json::to_vec_pretty(&value).unwrap();
        assert_eq!(from_slice::<Value>(&pretty).unwrap(), value);
    }
}

#[test]
fn random_floats_survive() {
    let mut random = Random(0x5eed_0002);
    for _ in 0..20_000 {
        let value = f64::from_bits(random.next());
        if value.is_finite() {
            let text = to_vec(&value);
            assert_eq!(from_slice::<f64>(&text).unwrap(), value);
            assert_eq!(
                String::from_utf8(text).unwrap().parse::<f64>().unwrap(),
                value
            );
        }
        let value = f32::from_bits(random.next() as u32);
        if value.is_finite() {
            assert_eq!(from_slice::<f32>(&to_vec(&value)).unwrap(), value);
        }
    }
}

#[test]
fn random_integers_survive() {
    let mut random = Random(0x5eed_0003);
    for _ in 0..20_000 {
        let bits = random.next() >> random.below(64);
        assert_eq!(from_slice::<u64>(&to_vec(&bits)).unwrap(), bits);
        let signed = (bits as i64).wrapping_neg();
        assert_eq!(from_slice::<i64>(&to_vec(&signed)).unwrap(), signed);
        assert_eq!(
            from_slice::<i64>(format!("{signed}.0").as_bytes()).unwrap(),
            signed
        );
        assert_eq!(
            from_slice::<i64>(format!("{signed}.0e0").as_bytes()).unwrap(),
            signed
        );
    }
}

/// What is put into a text to break it.
const DAMAGE: &[u8] = b"{}[]\",:\\u0e-+. \nx\xff";

/// Texts that are nearly JSON are accepted and refused alike.
#[test]
fn random_damage_is_judged_alike() {
    let mut random = Random(0x5eed_0004);
    let mut refused = 0;
    for _ in 0..3_000 {
        let mut text = to_vec(&random.value(4));
        for _ in 0..=random.below(3) {
            let at = random.below(text.len() as u64 + 1) as usize;
            match random.below(3) {
                0 if at < text.len() => {
                    text.remove(at);
                }
                1 => text.truncate(at),
                _ => text.insert(at, DAMAGE[random.below(DAMAGE.len() as u64) as usize]),
            }
        }
        let (ours, theirs) = (
            from_slice::<Value>(&text),
            serde_json::from_slice::<Value>(&text),
        );
        // Their floats may be off by the last digit, so that only the judgement is compared.
        assert_eq!(
            ours.is_ok(),
            theirs.is_ok(),
            "{:?}: {ours:?}, but serde_json: {theirs:?}",
            String::from_utf8_lossy(&text)
        );
        refused += u32::from(ours.is_err());
    }
    assert!(refused > 1_000, "only {refused} texts were damaged");
}
