//! The shipped profiles of platforms: signed and encrypted as their documentation says, checked with code of these files' own.

pub(crate) mod encrypted;
pub(crate) mod exchange;
mod models;
mod webhooks;
