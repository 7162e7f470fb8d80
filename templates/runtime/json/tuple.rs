//! Tuples: JSON arrays of so many items, each with a type of its own. Items beyond them are skipped, as keys are that a type does not name.

use super::{Decode, DecodeError, Decoder, Encode, Encoder};

macro_rules! tuples {
    ($($count:literal $($item:ident $value:ident $index:tt),*;)*) => {
        $(
            impl<$($item: Decode),*> Decode for ($($item,)*) {
                fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                    let mut items = ($(None::<$item>,)*);
                    let mut next = 0_usize;
                    json.array(&mut |json| {
                        match next {
                            $($index => items.$index = Some(json.value()?),)*
                            _ => {
                                json.unnamed += 2;
                                json.skip()?;
                            }
                        }
                        next += 1;
                        Ok(())
                    })?;
                    match items {
                        ($(Some($value),)*) => Ok(($($value,)*)),
                        _ => Err(json.error(format!(concat!("expected ", $count, " items, found {}"), next))),
                    }
                }
            }

            impl<$($item: Encode),*> Encode for ($($item,)*) {
                fn encode(&self, json: &mut Encoder) {
                    json.array(&mut [$(&self.$index as &dyn Encode),*].into_iter());
                }
            }
        )*
    };
}

tuples! {
    1 A a 0;
    2 A a 0, B b 1;
    3 A a 0, B b 1, C c 2;
    4 A a 0, B b 1, C c 2, D d 3;
    5 A a 0, B b 1, C c 2, D d 3, E e 4;
    6 A a 0, B b 1, C c 2, D d 3, E e 4, F f 5;
    7 A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6;
    8 A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7;
    9 A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7, I i 8;
    10 A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7, I i 8, J j 9;
    11 A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7, I i 8, J j 9, K k 10;
    12 A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7, I i 8, J j 9, K k 10, L l 11;
}
