use super::{CatalogueError, UnitOfWork, events};
use crate::domain::{Price, Refusal, SetPrice, Timeline, Variant};
use crate::store::{StoreError, prices, schedule, variants};
use product_types::VariantId;

impl UnitOfWork {
    /// Sets the price of a variant and writes one ProductPriceChanged; answers the price that is then in force,
    /// which is the one before while a scheduled one waits for its moment.
    ///
    /// The input is validated. Refused when the variant does not exist, or this cannot be its first price.
    pub(crate) async fn set_price(
        &mut self,
        id: &VariantId,
        set: &SetPrice,
    ) -> Result<Price, CatalogueError> {
        let variant = self.variant(id).await?;
        let before = prices::find(self.connection(), id).await?;
        if before.is_none() {
            set.validate_as_first(self.now())?;
        }
        let (now, actor) = (self.now(), self.actor().to_owned());
        let from = set.effective_from.unwrap_or(now);
        prices::append_entry(self.connection(), id, set, from, now, &actor).await?;
        let after = self.bring_into_force(&variant).await?;
        let after = after
            .or_else(|| before.clone())
            .ok_or(Refusal::NotFound("price"))?;
        self.record("price", id.as_str(), before.as_ref(), Some(&after))
            .await?;
        let event = events::price_changed(&variant, before.as_ref(), set, &after, self.now(), self.actor());
        self.emit(event).await?;
        Ok(after)
    }

    /// Lets the variants whose moment has come have their new prices, and writes a ProductPriceEffective for each
    /// that has another one. Answers how many were looked at, `limit` at most.
    pub(crate) async fn apply_due_prices(&mut self, limit: u32) -> Result<usize, CatalogueError> {
        let now = self.now();
        let due = schedule::due(self.connection(), now, limit).await?;
        for id in &due {
            let Some(variant) = variants::find(self.connection(), id).await? else {
                // Deleted since.
                schedule::put(self.connection(), id, None).await?;
                continue;
            };
            let before = prices::find(self.connection(), id).await?;
            if let Some(after) = self.bring_into_force(&variant).await? {
                self.record("price", id.as_str(), before.as_ref(), Some(&after))
                    .await?;
                self.emit(events::price_effective(&variant, &after)).await?;
            }
        }
        Ok(due.len())
    }

    /// Writes the first price of a new variant, which is validated, and no event.
    pub(super) async fn insert_first_price(
        &mut self,
        id: &VariantId,
        set: &SetPrice,
    ) -> Result<Price, StoreError> {
        let (now, actor) = (self.now(), self.actor().to_owned());
        let from = set.effective_from.unwrap_or(now);
        let order = prices::append_entry(self.connection(), id, set, from, now, &actor).await?;
        let price = Price::of(id.clone(), set, from);
        prices::put(self.connection(), &price, order).await?;
        Ok(price)
    }

    /// Makes the price that the variant's timeline names the one in force, and notes when to look again. Answers it
    /// when it is another one than before.
    async fn bring_into_force(&mut self, variant: &Variant) -> Result<Option<Price>, StoreError> {
        let now = self.now();
        let timeline: Timeline = prices::timeline(self.connection(), &variant.id).await?;
        let next = timeline.next_change(now);
        schedule::put(self.connection(), &variant.id, next).await?;
        if next.is_some() {
            self.reschedule();
        }
        prices::forget_entries(self.connection(), &timeline.spent(now)).await?;
        let in_force = prices::entry_in_force(self.connection(), &variant.id).await?;
        let Some(entry) = timeline
            .in_force(now)
            .filter(|entry| Some(entry.order) != in_force)
        else {
            return Ok(None);
        };
        let since = timeline.in_force_since(entry, now);
        let price = Price::of(variant.id.clone(), &entry.set, since);
        prices::put(self.connection(), &price, entry.order).await?;
        variants::touch(self.connection(), &variant.id, now).await?;
        Ok(Some(price))
    }
}
