//! The shipped profiles of platforms: signed and encrypted as their documentation says, checked with code of these files' own.

mod encrypted;
mod exchange;
mod models;
mod webhooks;
