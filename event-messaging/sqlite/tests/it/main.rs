//! The store in SQLite, through its public face.
