//! Mending what was lost of a block (Reed and Solomon): how many codewords are wrong, which, and what they were.
//! Codewords are elements of the field of 256 that QR codes use.

/// The powers of two in the field, and of each element but 0 which power it is.
struct Field {
    powers: [u8; 255],
    logs: [u8; 256],
}

const FIELD: Field = {
    let mut field = Field {
        powers: [0; 255],
        logs: [0; 256],
    };
    let mut value = 1usize;
    let mut power = 0;
    while power < 255 {
        field.powers[power] = value as u8;
        field.logs[value] = power as u8;
        value <<= 1;
        if value > 255 {
            value ^= 0x11D;
        }
        power += 1;
    }
    field
};
static TABLES: Field = FIELD;

fn power(of: usize) -> u8 {
    TABLES.powers[of % 255]
}

fn times(a: u8, b: u8) -> u8 {
    if a == 0 || b == 0 {
        return 0;
    }
    let logs = [a, b].map(|own| usize::from(TABLES.logs[usize::from(own)]));
    power(logs[0] + logs[1])
}

/// `b` is not 0.
fn over(a: u8, b: u8) -> u8 {
    times(a, power(255 - usize::from(TABLES.logs[usize::from(b)])))
}

/// The value of a polynomial, its lowest coefficient first.
fn value(polynomial: &[u8], at: u8) -> u8 {
    let all = polynomial.iter().rev();
    all.fold(0, |sum, own| times(sum, at) ^ own)
}

/// What the block gives at the powers at which a sound one gives nothing.
fn syndromes(block: &[u8], count: usize) -> Vec<u8> {
    let at = |at: u8| block.iter().fold(0, |sum, own| times(sum, at) ^ own);
    (0..count).map(|place| at(power(place))).collect()
}

/// The polynomial whose roots say which codewords are wrong (Berlekamp and Massey), and how many they are.
fn locator(syndromes: &[u8]) -> (Vec<u8>, usize) {
    let mut own = vec![0; syndromes.len() + 1];
    own[0] = 1;
    let mut before = own.clone();
    let (mut wrong, mut since, mut last) = (0, 1, 1);
    for place in 0..syndromes.len() {
        let off = (1..=wrong).fold(syndromes[place], |off, back| {
            off ^ times(own[back], syndromes[place - back])
        });
        if off == 0 {
            since += 1;
            continue;
        }
        let kept = own.clone();
        let by = over(off, last);
        for (to, from) in own.iter_mut().skip(since).zip(&before) {
            *to ^= times(by, *from);
        }
        if 2 * wrong <= place {
            (wrong, before, last, since) = (place + 1 - wrong, kept, off, 1);
        } else {
            since += 1;
        }
    }
    own.truncate(wrong + 1);
    (own, wrong)
}

/// Mends a block whose last so many codewords are there for that; `None` where too many are wrong.
pub(super) fn mend(block: &mut [u8], mending: usize) -> Option<()> {
    let found = syndromes(block, mending);
    if found.iter().all(|own| *own == 0) {
        return Some(());
    }
    let (locator, wrong) = locator(&found);
    if wrong * 2 > mending {
        return None;
    }
    // Both as Forney has them: the evaluator, and the derivative of the locator.
    let evaluator = (0..mending).map(|place| {
        let pairs = (0..=place.min(wrong)).map(|at| times(locator[at], found[place - at]));
        pairs.fold(0, |sum, own| sum ^ own)
    });
    let evaluator: Vec<u8> = evaluator.collect();
    let odd = |(place, own): (usize, &u8)| if place % 2 == 0 { *own } else { 0 };
    let slope: Vec<u8> = locator.iter().skip(1).enumerate().map(odd).collect();
    let length = block.len();
    let mut mended = 0;
    for place in 0..length {
        let inverse = power(255 - place % 255);
        if value(&locator, inverse) != 0 {
            continue;
        }
        let slope = value(&slope, inverse);
        if slope == 0 {
            return None;
        }
        let error = over(value(&evaluator, inverse), slope);
        block[length - 1 - place] ^= times(power(place), error);
        mended += 1;
    }
    let is_sound = syndromes(block, mending).iter().all(|own| *own == 0);
    (mended == wrong && is_sound).then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_codewords_are_mended_as_half_of_what_is_there_for_it() {
        // A block of zeros is sound, whatever its length.
        for (length, mending) in [(26, 7), (26, 10), (44, 28), (151, 30), (255, 30)] {
            for wrong in 0..=mending {
                let mut block = vec![0; length];
                for n in 0..wrong {
                    block[(n * 37 + 5) % length] = (n * 11 + 1) as u8;
                }
                let mended = mend(&mut block, mending);
                if wrong * 2 <= mending {
                    assert_eq!(mended, Some(()), "{length} {mending} {wrong}");
                    assert!(block.iter().all(|own| *own == 0));
                } else if mended.is_some() {
                    // It is then another sound block, of which there are few.
                    assert!(block.iter().any(|own| *own != 0));
                }
            }
        }
    }
}
