//! PDF documents as office scanners write them: an image a page, packed as fax or as JPEG.

use fax::encoder::Encoder;
use fax::{Color, VecWriter};
use image::ExtendedColorType::L8;
use image::codecs::jpeg::JpegEncoder;

/// How an image is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// Black and white, CCITT group 4.
    Fax,
    /// Grey, JPEG of the quality that scanners use.
    Jpeg,
}

/// The image of a page.
pub struct Scan {
    pub width: usize,
    pub height: usize,
    entries: String,
    data: Vec<u8>,
}

impl Scan {
    /// Packs grey pixels.
    pub fn new(width: usize, height: usize, grey: &[u8], packing: Packing) -> Scan {
        let (entries, data) = match packing {
            Packing::Fax => {
                let parameters = format!("/K -1 /Columns {width} /Rows {height}");
                let entries = format!(
                    "/BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms << {parameters} >>"
                );
                (entries, faxed(width, grey))
            }
            Packing::Jpeg => {
                let mut data = Vec::new();
                let mut encoder = JpegEncoder::new_with_quality(&mut data, 75);
                encoder.encode(grey, width as u32, height as u32, L8).unwrap();
                ("/BitsPerComponent 8 /Filter /DCTDecode".to_owned(), data)
            }
        };
        Scan { width, height, entries, data }
    }
}

fn faxed(width: usize, grey: &[u8]) -> Vec<u8> {
    let mut encoder = Encoder::new(VecWriter::new());
    for row in grey.chunks(width) {
        let colors = row.iter().map(|grey| if *grey < 128 { Color::Black } else { Color::White });
        encoder.encode_line(colors, width as u32).unwrap();
    }
    encoder.finish().unwrap().finish()
}

/// A document of these pages, 300 dots to an inch.
pub fn document(scans: &[Scan]) -> Vec<u8> {
    let kids: Vec<_> = (0..scans.len()).map(|page| format!("{} 0 R", 3 + 3 * page)).collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), scans.len()).into(),
    ];
    for (page, scan) in scans.iter().enumerate() {
        let (contents, image) = (4 + 3 * page, 5 + 3 * page);
        let points = |dots: usize| format!("{}.{:02}", dots * 72 / 300, dots * 72 % 300 / 3);
        let (width, height) = (points(scan.width), points(scan.height));
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents {contents} 0 R \
                 /Resources << /XObject << /Scan {image} 0 R >> >> >>"
            )
            .into(),
        );
        let drawn = format!("q {width} 0 0 {height} 0 0 cm /Scan Do Q");
        objects.push(stream("", drawn.as_bytes()));
        let entries = format!(
            "/Type /XObject /Subtype /Image /Width {} /Height {} /ColorSpace /DeviceGray {}",
            scan.width, scan.height, scan.entries
        );
        objects.push(stream(&entries, &scan.data));
    }
    file(&objects)
}

/// A stream object.
pub fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<< {entries} /Length {} >>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

/// A file of these objects; the first one is the catalogue.
pub fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    file_with(objects, "/Root 1 0 R")
}

/// The same with these entries in its trailer.
pub fn file_with(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n", index + 1).bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let (start, count) = (file.len(), objects.len() + 1);
    file.extend(format!("xref\n0 {count}\n0000000000 65535 f \n").bytes());
    for place in places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    file.extend(format!("trailer << /Size {count} {trailer} >>\n").bytes());
    file.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
    file
}
