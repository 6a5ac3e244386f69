//! The generator's second target: a client of an API that has nothing to do with products.
