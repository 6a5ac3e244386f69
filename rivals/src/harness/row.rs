use serde_json::{Value, json};

/// One comparison.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(super) id: &'static str,
    pub(super) figure: f64,
    pub(super) unit: &'static str,
    pub(super) rival: &'static str,
    pub(super) rival_figure: f64,
    pub(super) bar: Option<Bar>,
}

/// What a comparison must come to. All bounds are inclusive.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Bar {
    /// Our figure at most so many times the rival's.
    Ratio(f64),
    /// Our figure less than the rival's.
    Less,
    /// Our figure at most so much above the rival's.
    Beyond(f64),
    /// Our figure at most this, whatever the rival's.
    Figure(f64),
    /// Our figure at least this, whatever the rival's.
    AtLeast(f64),
}

impl Row {
    /// Nanoseconds a call, ours and the rival's.
    pub(crate) fn time(id: &'static str, figure: f64, rival: &'static str, rival_figure: f64) -> Self {
        Self::new(id, figure, "ns/call", rival, rival_figure)
    }

    /// Allocations a call, ours and the rival's.
    pub(crate) fn allocations(id: &'static str, figure: f64, rival: &'static str, rival_figure: f64) -> Self {
        Self::new(id, figure, "allocations/call", rival, rival_figure)
    }

    /// Calls a second, of what was measured in nanoseconds a call.
    pub(crate) fn rate(id: &'static str, time: f64, rival: &'static str, rival_time: f64) -> Self {
        Self::new(id, 1e9 / time, "calls/s", rival, 1e9 / rival_time)
    }

    fn new(
        id: &'static str,
        figure: f64,
        unit: &'static str,
        rival: &'static str,
        rival_figure: f64,
    ) -> Self {
        Self {
            id,
            figure: hundredths(figure),
            unit,
            rival,
            rival_figure: hundredths(rival_figure),
            bar: None,
        }
    }

    /// Without a bar, a row only informs.
    pub(crate) fn with_bar(mut self, bar: Bar) -> Self {
        self.bar = Some(bar);
        self
    }

    /// Ours as a multiple of the rival's; `None` when the rival's is nought.
    pub(super) fn ratio(&self) -> Option<f64> {
        (self.rival_figure != 0.0).then(|| self.figure / self.rival_figure)
    }

    /// `None` without a bar.
    pub(super) fn holds(&self) -> Option<bool> {
        self.bar.map(|bar| match bar {
            Bar::Ratio(most) => self.figure <= most * self.rival_figure,
            Bar::Less => self.figure < self.rival_figure,
            Bar::Beyond(most) => self.figure - self.rival_figure <= most,
            Bar::Figure(most) => self.figure <= most,
            Bar::AtLeast(least) => self.figure >= least,
        })
    }

    pub(super) fn json(&self) -> Value {
        json!({
            "id": self.id,
            "figure": self.figure,
            "unit": self.unit,
            "rival": self.rival,
            "rival_figure": self.rival_figure,
            "ratio": self.ratio(),
            "bar": self.bar.map(Bar::words),
            "holds": self.holds(),
        })
    }
}

impl Bar {
    pub(super) fn words(self) -> String {
        match self {
            Self::Ratio(most) => format!("ratio <= {most}"),
            Self::Less => "ratio < 1".to_owned(),
            Self::Beyond(most) => format!("figure - rival_figure <= {most}"),
            Self::Figure(most) => format!("figure <= {most}"),
            Self::AtLeast(least) => format!("figure >= {least}"),
        }
    }
}

fn hundredths(figure: f64) -> f64 {
    (figure * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::{Bar, Row};

    fn holds(figure: f64, rival: f64, bar: Bar) -> bool {
        Row::time("row", figure, "rival", rival)
            .with_bar(bar)
            .holds()
            .unwrap()
    }

    #[test]
    fn bounds_are_inclusive_and_less_is_less() {
        assert!(holds(17.5, 10.0, Bar::Ratio(1.75)) && !holds(17.6, 10.0, Bar::Ratio(1.75)));
        assert!(holds(9.99, 10.0, Bar::Less) && !holds(10.0, 10.0, Bar::Less));
        assert!(holds(160.0, 10.0, Bar::Beyond(150.0)) && !holds(160.1, 10.0, Bar::Beyond(150.0)));
        assert!(holds(2.0, 9.0, Bar::Figure(2.0)) && !holds(3.0, 9.0, Bar::Figure(2.0)));
        assert!(holds(5.0, 9.0, Bar::AtLeast(5.0)) && !holds(4.0, 9.0, Bar::AtLeast(5.0)));
    }

    #[test]
    fn there_is_no_multiple_of_nought_and_no_verdict_without_a_bar() {
        let row = Row::allocations("row", 0.0, "rival", 0.0);
        assert_eq!((row.ratio(), row.holds()), (None, None));
        assert!(row.json()["ratio"].is_null() && row.json()["holds"].is_null());
    }
}
