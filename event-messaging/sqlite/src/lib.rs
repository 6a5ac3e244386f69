//! The outbox, inbox and park of `event-messaging` in SQLite, beside the application's own tables.
