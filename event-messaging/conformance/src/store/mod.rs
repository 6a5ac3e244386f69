//! What a store owes the relay, the writer and the consumer, case by case.
