//! A grey picture: how bright each pixel is.

use crate::scan::ScanError;

/// Most pixels of a picture that is looked at: A4 at 600 dpi has 35 million. A larger one is halved until it fits.
pub const PIXELS_LIMIT: usize = 40_000_000;
/// What part of the longer side, to each side of a pixel, says how bright it is around it: some cells of a code, be it
/// one of six on a sheet or all of a photo.
const AROUND: usize = 50;
const LEAST_AROUND: usize = 16;
/// How much darker than around it a pixel must be, in per cent.
const DARKER: usize = 8;

/// A grey picture.
#[derive(Clone, Debug)]
pub struct Picture {
    width: usize,
    height: usize,
    grey: Vec<u8>,
}

/// How bright pixels of four bytes are on white paper: red, green, blue, and how much they cover. What is less than a
/// pixel at the end is left out.
pub fn grey(rgba: &[u8]) -> Vec<u8> {
    // Luma of ITU-R BT.601, in 1/256.
    let grey = |[red, green, blue, cover]: &[u8; 4]| {
        let [red, green, blue, cover] = [red, green, blue, cover].map(|own| u32::from(*own));
        let luma = (77 * red + 150 * green + 29 * blue) / 256;
        let seen = (luma * cover + 255 * (255 - cover)) / 255;
        u8::try_from(seen).unwrap_or(u8::MAX)
    };
    rgba.as_chunks().0.iter().map(grey).collect()
}

impl Picture {
    /// A picture of this size; 0 is black.
    ///
    /// # Errors
    /// [`ScanError::NoPicture`].
    pub fn new(width: usize, height: usize, grey: Vec<u8>) -> Result<Picture, ScanError> {
        let fits = width.checked_mul(height) == Some(grey.len());
        if grey.is_empty() || !fits {
            return Err(ScanError::NoPicture);
        }
        let mut picture = Picture {
            width,
            height,
            grey,
        };
        while picture.grey.len() > PIXELS_LIMIT {
            picture = picture.half();
        }
        Ok(picture)
    }

    fn at(&self, x: usize, y: usize) -> u8 {
        self.grey[y * self.width + x]
    }

    /// The picture at half its size, each pixel the mean of four.
    pub(super) fn half(&self) -> Picture {
        let (width, height) = (self.width.div_ceil(2), self.height.div_ceil(2));
        let mut grey = Vec::with_capacity(width * height);
        for y in 0..height {
            let below = (2 * y + 1).min(self.height - 1);
            for x in 0..width {
                let right = (2 * x + 1).min(self.width - 1);
                let four = [
                    self.at(2 * x, 2 * y),
                    self.at(right, 2 * y),
                    self.at(2 * x, below),
                    self.at(right, below),
                ];
                let sum: u16 = four.into_iter().map(u16::from).sum();
                grey.push((sum / 4).to_le_bytes()[0]);
            }
        }
        Picture {
            width,
            height,
            grey,
        }
    }

    /// Which pixels are darker than what is around them.
    pub(super) fn bits(&self) -> Bits {
        let (width, height) = (self.width, self.height);
        let around = (width.max(height) / AROUND).max(LEAST_AROUND);
        // The sums of each column over the rows around the one that is looked at.
        let mut columns = vec![0usize; width];
        let row = |y: usize| &self.grey[y * width..(y + 1) * width];
        for y in 0..around.min(height) {
            let sums = columns.iter_mut().zip(row(y));
            sums.for_each(|(sum, own)| *sum += usize::from(*own));
        }
        let mut dark = Vec::with_capacity(width * height);
        let mut sums = vec![0usize; width + 1];
        for y in 0..height {
            if y + around < height {
                let sums = columns.iter_mut().zip(row(y + around));
                sums.for_each(|(sum, own)| *sum += usize::from(*own));
            }
            if let Some(gone) = y.checked_sub(around + 1) {
                let sums = columns.iter_mut().zip(row(gone));
                sums.for_each(|(sum, own)| *sum -= usize::from(*own));
            }
            for x in 0..width {
                sums[x + 1] = sums[x] + columns[x];
            }
            let rows = (y + around).min(height - 1) + 1 - y.saturating_sub(around);
            for x in 0..width {
                let (left, right) = (x.saturating_sub(around), (x + around).min(width - 1) + 1);
                let (sum, count) = (sums[right] - sums[left], rows * (right - left));
                dark.push(usize::from(self.at(x, y)) * count * 100 < sum * (100 - DARKER));
            }
        }
        Bits {
            width: width as i64,
            height: height as i64,
            dark,
        }
    }
}

/// Which pixels of a picture are dark; all around it is light.
pub(super) struct Bits {
    width: i64,
    height: i64,
    dark: Vec<bool>,
}

impl Bits {
    pub(super) fn width(&self) -> i64 {
        self.width
    }

    pub(super) fn height(&self) -> i64 {
        self.height
    }

    pub(super) fn holds(&self, x: i64, y: i64) -> bool {
        (0..self.width).contains(&x) && (0..self.height).contains(&y)
    }

    pub(super) fn at(&self, x: i64, y: i64) -> bool {
        self.holds(x, y) && self.dark[(y * self.width + x) as usize]
    }

    /// The pixel in which a point lies.
    pub(super) fn near(&self, (x, y): (f64, f64)) -> bool {
        self.at(x.floor() as i64, y.floor() as i64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_darker_is_told_from_what_is_around_it() {
        let (width, height) = (100, 60);
        // Light falls off from left to right; every tenth column is darker.
        let grey: Vec<_> = (0..width * height)
            .map(|at| {
                let x = at % width;
                let light = 255 - x;
                (if x % 10 == 0 { light / 2 } else { light }) as u8
            })
            .collect();
        let picture = Picture::new(width, height, grey).unwrap();
        let dark = picture.bits().dark;
        let expected: Vec<_> = (0..width * height).map(|at| at % width % 10 == 0).collect();
        let wrong = dark.iter().zip(&expected).filter(|(a, b)| a != b).count();
        assert_eq!(wrong, 0);
        let half = picture.half();
        assert_eq!((half.width, half.height), (50, 30));
    }

    #[test]
    fn a_picture_has_as_many_pixels_as_its_sides_say() {
        for (width, height, pixels) in [(0, 0, 0), (2, 2, 3), (usize::MAX, 2, 4), (1, 0, 1)] {
            let made = Picture::new(width, height, vec![0; pixels]);
            assert_eq!(made.err(), Some(ScanError::NoPicture));
        }
        assert_eq!(grey(&[0, 0, 0, 0, 0, 0, 0, 255, 9]), [255, 0]);
        assert_eq!(grey(&[255; 4]), [255]);
    }

    #[test]
    fn a_picture_that_is_too_large_is_halved() {
        let picture = Picture::new(8192, 8192, vec![9; 8192 * 8192]).unwrap();
        assert_eq!((picture.width, picture.height), (4096, 4096));
    }
}
