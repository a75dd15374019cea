//! Where a component's price comes from: keys into the book, a literal rate, or a gap that is known.

use hcl::edit::Span as _;
use hcl::edit::structure::{Attribute, Block as HclBlock, Structure};
use smol_str::ToSmolStr;

use super::lower::Lowerer;
use super::stanza::{PriceKey, PriceSource, Rate};

const RATE_ATTRIBUTES: &[&str] = &["price", "currency", "source", "as_of"];

impl Lowerer<'_> {
    pub(super) fn price_source(&mut self, block: &HclBlock) -> Option<PriceSource> {
        let body = &block.body;
        let mut keys = Vec::new();
        let mut prices = 0;
        for price in body.get_blocks("price") {
            prices += 1;
            keys.extend(self.price_key(price));
        }
        let rates: Vec<&HclBlock> = body.get_blocks("rate").collect();
        if let Some(unpriced) = body.get_attribute("unpriced") {
            return self.gap(unpriced, prices + rates.len());
        }
        match (prices, rates.as_slice()) {
            (0, []) => {
                self.problem("no-price", "a component without a price", block.ident.span(), "").help_last(
                    "add `price { service = … }` with the key columns of its sheet, `rate { … }` or `unpriced = …`",
                );
                None
            }
            (_, []) => (keys.len() == prices).then_some(PriceSource::Keys(keys)),
            (0, [rate]) => self.rate(rate).map(|rate| PriceSource::Rate(Box::new(rate))),
            (_, [rate, ..]) => {
                self.problem("two-prices", "a component has `price` blocks or one `rate`", rate.ident.span(), "");
                None
            }
        }
    }

    /// What the book is known to lack, in words.
    fn gap(&mut self, unpriced: &Attribute, prices: usize) -> Option<PriceSource> {
        if prices > 0 {
            self.problem("two-prices", "a component that is `unpriced` has no price", unpriced.key.span(), "");
            return None;
        }
        let Some(words) = unpriced.value.as_str() else {
            self.problem("not-text", "`unpriced` is text: what the book lacks", unpriced.value.span(), "");
            return None;
        };
        Some(PriceSource::Gap(words.into()))
    }

    fn price_key(&mut self, block: &HclBlock) -> Option<PriceKey> {
        let body = &block.body;
        let service = self.required(body, "service", block);
        let mut columns = Vec::new();
        for structure in body.iter() {
            match structure {
                Structure::Attribute(attribute) => {
                    let name = attribute.key.as_str();
                    if !["provider", "region", "service", "times"].contains(&name) {
                        columns.extend(self.expression(&attribute.value).map(|lowered| (name.to_smolstr(), lowered)));
                    }
                }
                Structure::Block(inner) => {
                    self.problem("stray-item", "`price` holds only attributes", inner.ident.span(), "");
                }
            }
        }
        Some(PriceKey {
            provider: self.optional(body, "provider"),
            region: self.optional(body, "region"),
            times: self.optional(body, "times"),
            service: service?,
            columns,
        })
    }

    fn rate(&mut self, block: &HclBlock) -> Option<Rate> {
        let body = &block.body;
        self.known_items(body, RATE_ATTRIBUTES, &[], "a rate");
        Some(Rate {
            currency: self.required_text(body, "currency", block),
            source: self.required_text(body, "source", block),
            as_of: self.required_text(body, "as_of", block),
            price: self.required(body, "price", block)?,
        })
    }
}
