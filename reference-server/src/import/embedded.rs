//! The catalogue that comes with the server.

/// Names and texts, the categories first.
pub(super) const DOCUMENTS: [(&str, &str); 2] = [
    (
        "embedded categories.json",
        include_str!("../../catalogue/categories.json"),
    ),
    (
        "embedded products.csv",
        include_str!("../../catalogue/products.csv"),
    ),
];
