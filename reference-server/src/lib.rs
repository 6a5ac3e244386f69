//! An implementation of the Product Service's API to test integrations against.
