//! The house-keeping door: every contributor's task is a verb.

fn main() {}
