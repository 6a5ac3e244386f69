//! Typed, versioned events of the Product Service and the envelope that carries them.
