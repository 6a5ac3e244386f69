//! A row's two price columns as a base price and a sale price.

use product_types::{CurrencyCode, Decimal, PriceType};

use crate::import::draft::PriceDraft;

/// The digits before the point that the API can carry.
const MAX_WHOLE_DIGITS: u32 = 12;

/// Reads the price and the compare-at price. The flag tells that the latter was left out.
///
/// A compare-at price above the price is the price before the reduction: it becomes the base price, and the price the
/// sale price. One that equals the price says nothing. Anything else in that column is left out.
pub(super) fn read(
    price: &str,
    compare_at: &str,
    currency: CurrencyCode,
) -> Result<(PriceDraft, bool), String> {
    let price = amount(price, currency)?;
    let regular = PriceDraft {
        base: price,
        sale: None,
        currency,
        price_type: PriceType::Regular,
    };
    if compare_at.is_empty() {
        return Ok((regular, false));
    }
    Ok(match amount(compare_at, currency) {
        Ok(before) if before > price => {
            let sale = PriceDraft {
                base: before,
                sale: Some(price),
                currency,
                price_type: PriceType::Sale,
            };
            (sale, false)
        }
        Ok(before) if before == price => (regular, false),
        _ => (regular, true),
    })
}

/// A price above zero in the currency's minor units, or why the text is none.
fn amount(text: &str, currency: CurrencyCode) -> Result<Decimal, String> {
    if text.is_empty() {
        return Err("the price is missing".to_owned());
    }
    let plain =
        || format!("“{text}” is not a plain number such as 12.50, without currency sign and separators");
    let amount: Decimal = text.parse().map_err(|_| plain())?;
    if !amount.is_positive() {
        return Err(format!("the price is {text}; every price must be above 0"));
    }
    let minor_units = currency.minor_units().unwrap_or(2).min(2);
    let exact = amount
        .rescaled(minor_units)
        .filter(|rescaled| *rescaled == amount)
        .ok_or_else(|| format!("{text} has more decimals than {currency} allows ({minor_units})"))?;
    let limit = 10i128.pow(MAX_WHOLE_DIGITS + minor_units);
    if exact.mantissa() >= limit {
        return Err(format!(
            "{text} has more than {MAX_WHOLE_DIGITS} digits before the point"
        ));
    }
    Ok(exact)
}

#[cfg(test)]
mod tests {
    use product_types::{CurrencyCode, PriceType};

    use super::read;

    #[track_caller]
    fn reads(price: &str, compare_at: &str) -> (String, Option<String>, bool) {
        let (draft, ignored) = read(price, compare_at, CurrencyCode::USD).unwrap();
        assert_eq!(draft.price_type == PriceType::Sale, draft.sale.is_some());
        (
            draft.base.to_string(),
            draft.sale.map(|sale| sale.to_string()),
            ignored,
        )
    }

    #[test]
    fn a_compare_at_price_above_the_price_makes_a_sale() {
        assert_eq!(
            reads("489.00", "529"),
            ("529.00".into(), Some("489.00".into()), false)
        );
    }

    #[test]
    fn a_compare_at_price_that_equals_the_price_or_is_empty_says_nothing() {
        assert_eq!(reads("20", ""), ("20.00".into(), None, false));
        assert_eq!(reads("20.00", "20"), ("20.00".into(), None, false));
    }

    #[test]
    fn any_other_compare_at_price_is_left_out_and_told() {
        for compare_at in ["19.99", "0.00", "-1", "none", "1,000.00", "20.001"] {
            assert_eq!(
                reads("20", compare_at),
                ("20.00".into(), None, true),
                "{compare_at}"
            );
        }
    }

    #[test]
    fn a_price_that_is_no_price_is_refused_with_its_reason() {
        let refused = |price, reason: &str| {
            let error = read(price, "", CurrencyCode::USD).unwrap_err();
            assert!(error.contains(reason), "{price}: {error}");
        };
        refused("", "missing");
        refused("0.00", "above 0");
        refused("-3", "above 0");
        refused("$12.00", "plain number");
        refused("1,200.00", "plain number");
        refused("1e3", "plain number");
        refused("NaN", "plain number");
        refused("1.005", "decimals");
        refused("1000000000000.00", "digits");
        refused(&"9".repeat(40), "plain number");
    }

    #[test]
    fn a_currency_without_decimals_takes_whole_amounts_only() {
        let (draft, _) = read("1200.00", "", CurrencyCode::JPY).unwrap();
        assert_eq!(draft.base.to_string(), "1200");
        assert!(
            read("1200.50", "", CurrencyCode::JPY)
                .unwrap_err()
                .contains("JPY")
        );
    }
}
