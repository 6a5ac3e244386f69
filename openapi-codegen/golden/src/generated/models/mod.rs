// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The models: what requests and answers carry.

mod circle;
mod colour;
mod ended;
mod event;
mod everything;
mod new_thing;
mod nothing;
mod old;
mod shape;
mod small;
mod small_page;
mod square;
mod started;
mod thing_patch;
mod wide;

pub use circle::Circle;
pub use colour::Colour;
pub use ended::Ended;
pub use event::Event;
pub use everything::Everything;
pub use new_thing::NewThing;
pub use nothing::Nothing;
pub use old::Old;
pub use shape::Shape;
pub use small::Small;
pub use small_page::SmallPage;
pub use square::Square;
pub use started::Started;
pub use thing_patch::ThingPatch;
pub use wide::Wide;
