//! Ports, transactional outbox relay and consumer runtime for the Product Service's events.
