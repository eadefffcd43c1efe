//! One of a few answers, as radio buttons fit for touch.

use std::rc::Rc;

use crate::app::parts::{El, html};

/// One answer.
pub struct PickOption {
    /// Its word in test ids and classes.
    pub value: &'static str,
    /// Its label.
    pub words: &'static str,
    /// Its sign: colour is never alone.
    pub sign: &'static str,
}

/// A group of answers. `chosen` gives the `value` of the chosen one.
pub fn pick(
    id: &str,
    name: &str,
    options: Vec<PickOption>,
    chosen: impl Fn() -> Option<&'static str> + 'static,
    choose: impl Fn(&'static str) + 'static,
) -> El {
    let chosen: Rc<dyn Fn() -> Option<&'static str>> = Rc::new(chosen);
    let choose: Rc<dyn Fn(&'static str)> = Rc::new(choose);
    let one = |option: PickOption| {
        let (chosen, choose, value) = (chosen.clone(), choose.clone(), option.value);
        let input = html::input()
            .attr("type", "radio")
            .attr("name", id)
            .attr("value", value)
            .id(&format!("{id}-{value}"))
            .test_id(&format!("{id}-{value}"))
            .checked_live(move || chosen() == Some(value))
            .on("change", move |_| choose(value));
        let sign = html::span().class("pick__sign").attr("aria-hidden", "true").text(option.sign);
        let face = html::span().class("pick__face").as_is().child(sign).text(option.words);
        html::label().class(&format!("pick__one pick__one--{value}")).child(input).child(face)
    };
    let class = if options.len() > 2 { "pick pick--many" } else { "pick" };
    html::fieldset().class(class).attr("aria-label", name).children(options.into_iter().map(one))
}
