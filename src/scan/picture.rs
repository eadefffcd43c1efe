//! A grey picture.

use crate::scan::ScanError;

/// Most pixels of a picture: A4 at 600 dpi has 35 million. A larger picture is halved until it fits.
pub const PIXELS_LIMIT: usize = 40_000_000;

/// A grey picture.
#[derive(Clone, Debug)]
pub struct Picture {
    width: usize,
    height: usize,
    grey: Vec<u8>,
}

/// The brightness of RGBA pixels over white, one byte each. An incomplete last pixel is left out.
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
        let mut picture = Picture { width, height, grey };
        while picture.grey.len() > PIXELS_LIMIT {
            picture = picture.half();
        }
        Ok(picture)
    }

    fn at(&self, x: usize, y: usize) -> u8 {
        self.grey[y * self.width + x]
    }

    /// The pixels, row by row, and the width and the height.
    pub(super) fn parts(&self) -> (&[u8], u32, u32) {
        let side = |side: usize| u32::try_from(side).unwrap_or(u32::MAX);
        (&self.grey, side(self.width), side(self.height))
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
        Picture { width, height, grey }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_is_made_of_means() {
        let picture = Picture::new(3, 2, vec![0, 100, 7, 200, 100, 9]).unwrap();
        let half = picture.half();
        assert_eq!(half.parts(), (&[100, 8][..], 2, 1));
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
