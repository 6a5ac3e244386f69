use crate::open_enum::open_enum;

open_enum!(
    /// Where a product or a variant stands in its life.
    ProductStatus, "status" {
        /// Being prepared; invisible to shoppers.
        Draft = "DRAFT",
        /// On sale.
        Active = "ACTIVE",
        /// Taken off sale for a time.
        Inactive = "INACTIVE",
        /// Taken off sale for good.
        Discontinued = "DISCONTINUED",
    }
);

impl ProductStatus {
    /// Whether the Product Service allows the step from `self` to `next`.
    ///
    /// The same status again is allowed (and writes no event). Nothing leads back to a draft, nothing leads out of
    /// a discontinued product, and a status which this version does not know allows no step.
    #[must_use]
    pub fn allows(&self, next: &Self) -> bool {
        use ProductStatus::{Active, Discontinued, Draft, Inactive};
        match (self, next) {
            (Self::Other(_), _) | (_, Self::Other(_)) => false,
            (from, to) if from == to => true,
            (Draft, Active | Discontinued) => true,
            (Active, Inactive | Discontinued) | (Inactive, Active | Discontinued) => true,
            _ => false,
        }
    }
}

open_enum!(
    /// Why a price is what it is.
    PriceType, "price type" {
        /// The everyday price.
        Regular = "REGULAR",
        /// Lowered for a sale.
        Sale = "SALE",
        /// Lowered to clear stock.
        Clearance = "CLEARANCE",
        /// Lowered for a promotion.
        Promotional = "PROMOTIONAL",
    }
);

open_enum!(
    /// What is known of a variant's stock; indicative, with a time beside it.
    InventoryStatus, "inventory status" {
        /// Enough of it.
        InStock = "IN_STOCK",
        /// None left.
        OutOfStock = "OUT_OF_STOCK",
        /// Below its threshold.
        LowStock = "LOW_STOCK",
        /// Nothing was reported yet.
        Unknown = "UNKNOWN",
    }
);

open_enum!(
    /// Whether the Inventory Service has set up a record for a variant.
    InventorySetup, "inventory setup" {
        /// Not confirmed yet.
        Pending = "PENDING",
        /// Confirmed.
        Ready = "READY",
        /// Refused.
        Failed = "FAILED",
    }
);

open_enum!(
    /// What a discount gives.
    DiscountType, "discount type" {
        /// A part of the price, in percent.
        Percentage = "PERCENTAGE",
        /// An amount off the price.
        FixedAmount = "FIXED_AMOUNT",
        /// Shipping for nothing; the price stays.
        FreeShipping = "FREE_SHIPPING",
        /// More for the same money; the price of one stays.
        BuyXGetY = "BUY_X_GET_Y",
    }
);
