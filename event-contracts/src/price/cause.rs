use crate::open_enum::open_enum;

open_enum!(
    /// What made a price effective.
    PriceCause {
        /// A scheduled price came due, or its time ended.
        Schedule = "schedule",
        /// A discount began.
        DiscountStarted = "discountStarted",
        /// A discount ended.
        DiscountEnded = "discountEnded",
        /// A discount was applied to the variant.
        DiscountApplied = "discountApplied",
        /// A discount was taken off the variant.
        DiscountRemoved = "discountRemoved",
    }
);
