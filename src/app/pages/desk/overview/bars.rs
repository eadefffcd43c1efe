//! Bars in parts that black ink on white paper tells apart, with the same numbers as a table behind them.

use super::View;
use crate::app::parts::{self, El, Svg, fold, html, svg};
use crate::app::text::fill;
use crate::desk::register::Share;

/// The most bars that are drawn of groups, of which a province has hundreds.
const MOST: usize = 40;

/// One bar: parts of a whole, of which the first ones are what the chart is about.
pub(super) struct Bar {
    /// What it stands below, where several do.
    pub(super) group: String,
    /// What tells it from others in tests.
    pub(super) id: String,
    /// Its name.
    pub(super) name: String,
    /// Its parts.
    pub(super) parts: Vec<usize>,
}

impl Bar {
    /// The first so many parts, of the whole.
    fn share(&self, first: usize) -> Share {
        Share { part: self.parts.iter().take(first).sum(), whole: self.parts.iter().sum() }
    }
}

/// A chart.
pub(super) struct Chart {
    /// The end of its name for tests.
    pub(super) id: &'static str,
    /// Its title.
    pub(super) title: String,
    /// What is to be known of it.
    pub(super) say: Option<String>,
    /// What its bars are.
    pub(super) of: &'static str,
    /// What their parts are.
    pub(super) legend: Vec<&'static str>,
    /// How many of the first parts it is about.
    pub(super) first: usize,
    /// What their share is called.
    pub(super) rate: &'static str,
    /// Whether those of the lowest rates will do, where there are many.
    pub(super) is_cut: bool,
    /// The bars.
    pub(super) bars: Vec<Bar>,
}

/// The class of each of so many parts.
fn fills(count: usize) -> &'static [&'static str] {
    match count {
        ..3 => &["full", "empty"],
        3 => &["full", "hatched", "empty"],
        _ => &["full", "hatched", "dotted", "empty"],
    }
}

fn rect(fill: &str) -> Svg {
    svg("rect").set("class", format!("chart__{fill}"))
}

/// What hatched and dotted parts are filled with: once a page.
pub(super) fn patterns() -> El {
    let pattern = |id: &str, ink: Svg| {
        let ground = rect("ground").set("width", 6).set("height", 6);
        svg("pattern")
            .set("id", id)
            .set("width", 6)
            .set("height", 6)
            .set("patternUnits", "userSpaceOnUse")
            .with([ground, ink])
    };
    let line = svg("path").set("d", "M0 6L6 0").set("class", "chart__line");
    let dot = svg("circle").set("cx", 3).set("cy", 3).set("r", 1).set("class", "chart__dot");
    let all = svg("defs").with([pattern("chart-hatch", line), pattern("chart-dots", dot)]);
    let drawing = svg("svg").set("width", 0).set("height", 0).with([all]);
    html::div().class("chart__patterns").attr("aria-hidden", "true").drawing(drawing)
}

/// Hundredths of a per cent of a whole, as SVG writes them.
fn percent(part: usize, whole: usize) -> String {
    let hundredths = part * 10_000 / whole.max(1);
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

fn strip(parts: &[usize]) -> Svg {
    let whole: usize = parts.iter().sum();
    let mut before = 0;
    let mut rects = vec![rect("empty").set("width", "100%").set("height", "100%")];
    for (fill, part) in fills(parts.len()).iter().zip(parts) {
        if *part > 0 {
            let own = rect(fill).set("x", percent(before, whole)).set("height", "100%");
            rects.push(own.set("width", percent(*part, whole)));
        }
        before += part;
    }
    svg("svg").set("class", "chart__strip").set("width", "100%").set("height", 16).with(rects)
}

fn legend(names: &[&'static str]) -> El {
    let line = |(fill, name): (&&str, &&'static str)| {
        let sign = svg("svg").set("class", "chart__sign").set("width", 18).set("height", 14);
        let sign = sign.with([rect(fill).set("width", "100%").set("height", "100%")]);
        let sign = html::span().drawing(sign);
        html::span().class("chart__part").child(sign).child(html::span().text(name))
    };
    let all = fills(names.len()).iter().zip(names).map(line);
    html::p().class("chart__legend small").children(all)
}

impl Chart {
    /// The chart, with its table behind it.
    pub(super) fn draw(self, view: &View) -> El {
        let o = view.o;
        let title_id = format!("desk-chart-{}-title", self.id);
        let label = fill(o.drawn, &[&self.title]);
        let mut drawn = vec![legend(&self.legend)];
        let mut group = "";
        for own in self.shown() {
            if own.group != group {
                group = &own.group;
                drawn.push(html::p().class("chart__group").text(group));
            }
            let share = own.share(self.first);
            let told = format!("{}/{}", share.part, share.whole);
            let rate = share.per_mille().map(|rate| view.rate(rate));
            let told = std::iter::once(told).chain(rate).collect::<Vec<_>>().join(" · ");
            let head = html::p()
                .class("chart__name")
                .child(html::span().text(&own.name))
                .child(html::strong().class("chart__told").as_is().text(&told));
            let strip = html::div()
                .class("chart__bar")
                .child(head)
                .child(html::div().drawing(strip(&own.parts)));
            drawn.push(strip);
        }
        let lowest = (self.is_cut && self.bars.len() > MOST)
            .then(|| fill(o.lowest, &[&MOST.to_string(), &self.bars.len().to_string()]));
        let says = self.say.iter().chain(&lowest).map(|words| parts::hint(words));
        html::figure()
            .class("chart")
            .test_id(&format!("desk-chart-{}", self.id))
            .attr("aria-labelledby", &title_id)
            .child(html::h3().id(&title_id).text(&self.title))
            .children(says)
            .child(
                html::div()
                    .class("chart__drawing")
                    .attr("role", "img")
                    .attr("aria-label", &label)
                    .children(drawn),
            )
            .child(fold(o.table).child(parts::scrolling(&title_id, self.table(view, &title_id))))
    }

    /// The bars that are drawn: where there are many, those of the lowest rates.
    fn shown(&self) -> Vec<&Bar> {
        let mut all: Vec<&Bar> = self.bars.iter().collect();
        if self.is_cut && all.len() > MOST {
            all.sort_by_key(|own| own.share(self.first).per_mille().unwrap_or(usize::MAX));
            all.truncate(MOST);
        }
        all
    }

    fn table(&self, view: &View, title_id: &str) -> El {
        let number = |words: &str| html::td().class("num").as_is().text(words);
        let rows = self.bars.iter().map(|own| {
            let share = own.share(self.first);
            let name = match own.group.as_str() {
                "" => own.name.clone(),
                group => format!("{group}: {}", own.name),
            };
            let counts = own.parts.iter().map(|part| number(&part.to_string()));
            let rate = share.per_mille().map(|rate| view.rate(rate)).unwrap_or_default();
            parts::row(&name)
                .attr("data-id", &own.id)
                .children(counts)
                .child(number(&share.whole.to_string()))
                .child(number(&rate))
        });
        let numbers = self.legend.iter().chain([&view.o.whole, &self.rate]);
        let numbers = numbers.map(|words| parts::column(words).class("num"));
        let heads = std::iter::once(parts::column(self.of)).chain(numbers);
        parts::table("table", heads.collect(), rows.collect()).attr("aria-labelledby", title_id)
    }
}
