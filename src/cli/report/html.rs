//! A page of HTML that needs nothing but itself: no script, no address, one style that its policy names by digest.

use base64ct::{Base64, Encoding};
use sha2::{Digest as _, Sha256};

use crate::value::{cut, plain};

/// The most characters that are shown of a text of a file.
const TEXT_LIMIT: usize = 200;

/// Black on white, on A4; a table goes on over pages with its head, and no row is parted.
const STYLE: &str = "@page{size:A4;margin:15mm}\
body{font:11pt/1.35 'Times New Roman',Tinos,'Liberation Serif',serif;color:#000;background:#fff;max-width:190mm;margin:0 auto;padding:8px}\
h1{font-size:16pt}h2{font-size:13pt;margin-top:1.6em;break-after:avoid}h3{font-size:11pt;break-after:avoid}\
.wide{overflow-x:auto;padding:0 1px}table{border-collapse:collapse;font-size:9.5pt;width:100%}\
th,td{border:1px solid #000;padding:2px 5px;text-align:left;vertical-align:top}\
td.n,th.n{text-align:right}td.n{white-space:nowrap}th[scope=row]{font-weight:normal;min-width:38mm}thead{display:table-header-group}tr{break-inside:avoid}\
tfoot td,tfoot th{font-weight:bold}svg{width:100%;height:auto;break-inside:avoid}\
@media print{body{padding:0;max-width:none}.wide{overflow:visible}}";

/// A page that is being written.
pub(super) struct Page(String);

impl Page {
    pub(super) fn new(lang: &str, title: &str) -> Page {
        let digest = Base64::encode_string(&Sha256::digest(STYLE.as_bytes()));
        let policy = format!(
            "default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        );
        let title = escaped(title);
        Page(format!(
            "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
        ))
    }

    pub(super) fn finish(mut self) -> String {
        self.0.push_str("</body>\n</html>\n");
        self.0
    }

    pub(super) fn heading(&mut self, level: u8, text: &str) {
        self.0.push_str(&format!("<h{level}>{}</h{level}>\n", escaped(text)));
    }

    pub(super) fn paragraph(&mut self, text: &str) {
        self.0.push_str(&format!("<p>{}</p>\n", escaped(text)));
    }

    /// A table: names of columns, rows, and the sum below. The first `texts` columns hold text, the others numbers; the
    /// first one names its row.
    pub(super) fn table(
        &mut self,
        texts: usize,
        head: &[String],
        rows: &[Vec<String>],
        sum: Option<&[String]>,
    ) {
        self.0.push_str("<div class=\"wide\"><table>\n<thead>");
        self.line(texts, "th scope=\"col\"", head);
        self.0.push_str("</thead>\n<tbody>\n");
        for row in rows {
            self.line(texts, "td", row);
        }
        self.0.push_str("</tbody>\n");
        if let Some(sum) = sum {
            self.0.push_str("<tfoot>");
            self.line(texts, "td", sum);
            self.0.push_str("</tfoot>\n");
        }
        self.0.push_str("</table></div>\n");
    }

    fn line(&mut self, texts: usize, tag: &str, cells: &[String]) {
        self.0.push_str("<tr>");
        for (place, cell) in cells.iter().enumerate() {
            let tag = if place == 0 && tag == "td" { "th scope=\"row\"" } else { tag };
            let class = if place < texts { "" } else { " class=\"n\"" };
            let end = tag.split(' ').next().unwrap_or_default();
            self.0.push_str(&format!("<{tag}{class}>{}</{end}>", escaped(cell)));
        }
        self.0.push_str("</tr>\n");
    }

    /// Bars, each in three parts: full, hatched, empty, so that black ink on white paper tells them apart.
    pub(super) fn bars(&mut self, legend: [&str; 3], bars: &[(String, [usize; 3])]) {
        const WIDTH: usize = 716;
        const ROW: usize = 46;
        let height = ROW * bars.len() + 30;
        let fills = ["#000", "url(#hatch)", "#fff"];
        self.0.push_str(&format!(
            "<svg viewBox=\"0 0 720 {height}\" role=\"img\" aria-label=\"{}\" font-size=\"13\">\n<defs><pattern \
             id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><rect width=\"6\" height=\"6\" \
             fill=\"#fff\"/><path d=\"M0 6L6 0\" stroke=\"#000\" stroke-width=\"1.5\"/></pattern></defs>\n",
            escaped(&legend.join(", "))
        ));
        for (place, (fill, name)) in fills.iter().zip(legend).enumerate() {
            let x = place * 160;
            self.0.push_str(&format!(
                "<rect x=\"{}\" y=\"3\" width=\"18\" height=\"12\" fill=\"{fill}\" stroke=\"#000\"/><text x=\"{}\" \
                 y=\"14\">{}</text>\n",
                x + 1,
                x + 25,
                escaped(name)
            ));
        }
        for (row, (name, parts)) in bars.iter().enumerate() {
            let y = 30 + row * ROW;
            let counts = parts.map(|part| part.to_string()).join(" · ");
            self.0.push_str(&format!(
                "<text x=\"1\" y=\"{0}\">{1}</text><text x=\"{WIDTH}\" y=\"{0}\" \
                 text-anchor=\"end\">{counts}</text>\n",
                y + 10,
                escaped(name)
            ));
            let all = parts.iter().sum::<usize>().max(1);
            let mut before = 0;
            for (fill, part) in fills.iter().zip(parts) {
                let (from, to) = (before * WIDTH / all, (before + part) * WIDTH / all);
                before += part;
                if to > from {
                    self.0.push_str(&format!(
                        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"18\" fill=\"{fill}\" stroke=\"#000\"/>\n",
                        from + 1,
                        y + 16,
                        to - from
                    ));
                }
            }
        }
        self.0.push_str("</svg>\n");
    }
}

/// A text as HTML shows it, whatever it holds: texts of files are anybody's.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in plain(&cut(text, TEXT_LIMIT)).chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}
