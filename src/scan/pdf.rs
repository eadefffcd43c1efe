//! Pages of PDF documents, as office scanners send them, drawn as pictures.
//!
//! hayro reads the document and draws: most pages are one image of the scanner, but some are many strips or layers, and
//! a form that was printed into a file has none. What it takes to draw a page is up to the document, whose streams
//! unpack to anything: who calls this bounds its time and memory from outside, as a process or a worker of its own.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

use crate::scan::{Picture, grey};

/// The most bytes of a document.
pub const PDF_LIMIT: usize = 64 << 20;
/// The most pages of a document: the forms of some dozen units, scanned in one go.
pub const PAGES_LIMIT: usize = 200;
/// Dots of a point at 300 dpi: there are 72 points to an inch.
const DOTS: f32 = 300.0 / 72.0;
/// The most dots of a page, A3 at 300 dpi: a larger one is drawn smaller. Programs that wrap a photo often take each of its
/// pixels for a point.
const MOST: f32 = 3508.0 * 4961.0;
/// The longest side of a page in points (ISO 32000-1, annex C).
const SIDE_LIMIT: f32 = 14_400.0;

/// Why a document or a page of it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// The document is too large.
    #[error("the PDF is larger than {} MB", PDF_LIMIT >> 20)]
    TooLarge,
    /// It cannot be read.
    #[error("the PDF is damaged, or only a part of one")]
    Damaged,
    /// It opens by a password only.
    #[error("the PDF is locked with a password")]
    Locked,
    /// It is encrypted in a way that is not known.
    #[error("the PDF is encrypted in a way that is not known here")]
    Encrypted,
    /// It has no page.
    #[error("the PDF has no page")]
    NoPage,
    /// It has too many pages.
    #[error("the PDF has {0} pages, more than {PAGES_LIMIT}")]
    TooManyPages(usize),
    /// A page is too large.
    #[error("page {0} of the PDF is longer or wider than 5 metres")]
    PageTooLarge(usize),
    /// There is no such page, or it cannot be drawn.
    #[error("page {0} of the PDF cannot be drawn")]
    NoPicture(usize),
}

/// A document that is open.
pub struct Document(Pdf);

impl Document {
    /// Opens a document.
    ///
    /// # Errors
    /// [`PdfError`] of the whole document.
    pub fn open(bytes: Vec<u8>) -> Result<Document, PdfError> {
        if bytes.len() > PDF_LIMIT {
            return Err(PdfError::TooLarge);
        }
        let pdf = Pdf::new(bytes).map_err(|error| match error {
            LoadPdfError::Decryption(DecryptionError::PasswordProtected) => PdfError::Locked,
            LoadPdfError::Decryption(_) => PdfError::Encrypted,
            LoadPdfError::Invalid => PdfError::Damaged,
        })?;
        match pdf.pages().len() {
            0 => Err(PdfError::NoPage),
            1..=PAGES_LIMIT => Ok(Document(pdf)),
            count => Err(PdfError::TooManyPages(count)),
        }
    }

    /// How many pages it has.
    pub fn pages(&self) -> usize {
        self.0.pages().len()
    }

    /// A page as a picture at 300 dpi; the first one is 1.
    ///
    /// # Errors
    /// [`PdfError`] of a page.
    pub fn page(&self, number: usize) -> Result<Picture, PdfError> {
        let page = number.checked_sub(1).and_then(|index| self.0.pages().get(index));
        let page = page.ok_or(PdfError::NoPicture(number))?;
        let (width, height) = page.render_dimensions();
        // What is no number is not within the limit either.
        if !(width <= SIDE_LIMIT && height <= SIDE_LIMIT) {
            return Err(PdfError::PageTooLarge(number));
        }
        let scale = (MOST / (width * height)).sqrt().min(DOTS);
        let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
        let drawn = render(
            page,
            &RenderCache::new(),
            &InterpreterSettings::default(),
            &RenderSettings::default(),
            &settings,
        );
        let (width, height) = (usize::from(drawn.width()), usize::from(drawn.height()));
        let pixels = grey(drawn.data_as_u8_slice());
        Picture::new(width, height, pixels).map_err(|_| PdfError::NoPicture(number))
    }
}
