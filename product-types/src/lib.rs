//! Identifiers, exact money, timestamps and statuses shared by the Product Service SDK.
