use crate::open_enum::open_enum;

open_enum!(
    /// What moved the stock.
    StockChangeType {
        /// It was sold.
        Sale = "sale",
        /// It came back from a buyer.
        Return = "return",
        /// It came in from a supplier.
        Receipt = "receipt",
        /// It was counted, and the books were set right.
        Adjustment = "adjustment",
        /// It was lost, stolen or spoilt.
        Shrinkage = "shrinkage",
        /// It came from another warehouse.
        TransferIn = "transferIn",
        /// It went to another warehouse.
        TransferOut = "transferOut",
    }
);
