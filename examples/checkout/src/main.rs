//! An Order Service that places orders against the Product Service, with faults on purpose.

fn main() {}
