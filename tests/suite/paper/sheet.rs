//! Sheets of paper as a printer, a copier and a scanner leave them: what the codes on them go through.

use bon_tot::share::paper_code;

/// Pixels of A4 at 300 dpi.
pub const A4: (usize, usize) = (2480, 3508);
/// How wide a code is printed with its margin, in pixels: 80 mm.
pub const WIDE: usize = 945;
/// White squares around a code, as the standard wants.
const MARGIN: usize = 4;

/// A grey sheet.
#[derive(Clone)]
pub struct Sheet {
    pub width: usize,
    pub height: usize,
    pub grey: Vec<u8>,
}

/// Millimetres in pixels at 300 dpi.
pub fn mm(length: usize) -> usize {
    length * 300 * 10 / 254
}

/// Sheets with two codes side by side, each with its margin as wide as is said.
pub fn print(texts: &[String], wide: usize) -> Vec<Sheet> {
    let (width, height) = A4;
    let each_row = 2;
    let rows = (height - mm(40)) / (wide + mm(5));
    let sheets = texts.chunks(each_row * rows).map(|texts| {
        let mut sheet = Sheet { width, height, grey: vec![255; width * height] };
        for (place, text) in texts.iter().enumerate() {
            let (column, row) = (place % each_row, place / each_row);
            let left = mm(22) + column * (wide + mm(5));
            let top = mm(20) + row * (wide + mm(5));
            draw(&mut sheet, text, left, top, wide);
        }
        sheet
    });
    sheets.collect()
}

fn draw(sheet: &mut Sheet, text: &str, left: usize, top: usize, wide: usize) {
    let code = paper_code(text).expect("a part has a code");
    let side = code.size() as usize + 2 * MARGIN;
    for y in 0..wide {
        for x in 0..wide {
            let square = |at: usize| (at * side / wide) as i32 - MARGIN as i32;
            if code.get_module(square(x), square(y)) {
                sheet.grey[(top + y) * sheet.width + left + x] = 0;
            }
        }
    }
}

/// Numbers by chance, the same for the same seed.
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, below: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }
}

impl Sheet {
    fn at(&self, x: i64, y: i64) -> u8 {
        let (x, y) = (usize::try_from(x), usize::try_from(y));
        match (x, y) {
            (Ok(x), Ok(y)) if x < self.width && y < self.height => self.grey[y * self.width + x],
            _ => 255,
        }
    }

    fn map(&self, pixel: impl Fn(i64, i64) -> u8) -> Sheet {
        let places =
            (0..self.height as i64).flat_map(|y| (0..self.width as i64).map(move |x| (x, y)));
        Sheet { grey: places.map(|(x, y)| pixel(x, y)).collect(), ..*self }
    }

    /// Toner that spreads and glass that is not quite clean: each pixel the mean of those up to `radius` away, along
    /// the rows and then the columns.
    pub fn blurred(&self, radius: i64) -> Sheet {
        let mean = |sum: u32| (sum / (2 * radius as u32 + 1)) as u8;
        let once = self
            .map(|x, y| mean((x - radius..=x + radius).map(|x| u32::from(self.at(x, y))).sum()));
        once.map(|x, y| mean((y - radius..=y + radius).map(|y| u32::from(once.at(x, y))).sum()))
    }

    /// Black and white.
    pub fn in_two_tones(&self, bound: u8) -> Sheet {
        self.map(|x, y| if self.at(x, y) < bound { 0 } else { 255 })
    }

    /// Laid on the glass askew, by so many degrees around the middle.
    pub fn turned(&self, degrees: f64) -> Sheet {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let (mid_x, mid_y) = (self.width as f64 / 2.0, self.height as f64 / 2.0);
        self.map(|x, y| {
            let (dx, dy) = (x as f64 - mid_x, y as f64 - mid_y);
            let (from_x, from_y) = (cos * dx + sin * dy + mid_x, cos * dy - sin * dx + mid_y);
            let (left, top) = (from_x.floor(), from_y.floor());
            let (right, below) = (from_x - left, from_y - top);
            let at = |dx: i64, dy: i64| f64::from(self.at(left as i64 + dx, top as i64 + dy));
            let upper = at(0, 0) * (1.0 - right) + at(1, 0) * right;
            let lower = at(0, 1) * (1.0 - right) + at(1, 1) * right;
            (upper * (1.0 - below) + lower * below) as u8
        })
    }

    /// Dust: one pixel in so many is the other way round.
    pub fn dusty(&self, one_in: usize, seed: u64) -> Sheet {
        let mut chance = Chance(seed);
        let mut sheet = self.clone();
        for pixel in &mut sheet.grey {
            if chance.below(one_in) == 0 {
                *pixel = 255 - *pixel;
            }
        }
        sheet
    }

    /// Written as a JPEG of this quality and read again.
    pub fn as_jpeg(&self, quality: u8) -> Sheet {
        let (width, height) = (self.width as u32, self.height as u32);
        let mut file = Vec::new();
        let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut file, quality);
        encoder.encode(&self.grey, width, height, image::ExtendedColorType::L8).unwrap();
        let read = image::load_from_memory(&file).unwrap().to_luma8();
        Sheet { grey: read.into_raw(), ..*self }
    }

    /// The first code of the sheet as a telephone sees it: at an angle, in light that falls off.
    pub fn photographed(&self, width: usize, height: usize) -> Sheet {
        let all = Sheet { width, height, grey: vec![0; width * height] };
        let (x0, y0, wide) = (mm(22) as f64 - 60.0, mm(20) as f64 - 60.0, WIDE as f64 + 120.0);
        all.map(|x, y| {
            let (u, v) = (x as f64 / width as f64 - 0.25, y as f64 / height as f64);
            let (u, v) = (u * width as f64 / height as f64, v);
            // Farther away at the top than below, and a little turned.
            let depth = 1.12 - 0.2 * v;
            let (u, v) =
                ((u - 0.5) * depth + 0.5 + 0.05 * (v - 0.5), (v - 0.5) * depth * 1.05 + 0.5);
            let paper = f64::from(self.at((x0 + u * wide) as i64, (y0 + v * wide) as i64));
            let light = 0.35 + 0.5 * (x as f64 / width as f64);
            ((30.0 + 0.85 * paper) * light) as u8
        })
        .blurred(1)
    }

    /// As a binary PGM file, which zbarimg reads.
    pub fn to_pgm(&self) -> Vec<u8> {
        let head = format!("P5 {} {} 255\n", self.width, self.height);
        [head.as_bytes(), &self.grey].concat()
    }
}
