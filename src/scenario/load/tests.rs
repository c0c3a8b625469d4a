//! What the loader accepts, and every kind of error as people see it.

mod closed;
mod fixture;
mod form;
mod media;
mod overrides;
mod parts;
mod phone;
mod platforms;
mod reading;
mod round_trip;
mod shares;
mod sockets;
mod structure;
mod switches;
mod tables;
mod values;
