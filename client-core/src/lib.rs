//! The seam under generated service clients: operations, transport, errors by phase, resilience, fallback.
