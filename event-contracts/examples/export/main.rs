//! tmp
use event_contracts::schema;
fn main() { 
    for c in schema::ALL { println!("{:#}\n{:#}", c.written(), c.read()); }
    println!("{:#}", schema::ALL[0].written_message());
    println!("{:#}", schema::read_envelope());
}
