//! Deadlines, timeouts, jittered retries and circuit breakers for any async call.
