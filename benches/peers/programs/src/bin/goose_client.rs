//! A goose user that asks one question after the other. Its arguments are goose's own.
//!
//! By default each user has a client of its own, as goose makes them; `GOOSE_SHARED_CLIENT=1` gives all users one.

use goose::client::GooseClientBuilder;
use goose::prelude::*;

/// The message that every client of the comparison sends.
const BODY: &str = include_str!("../../../work/one-request.json");

async fn ask(user: &mut GooseUser) -> TransactionResult {
    let post = user.get_request_builder(&GooseMethod::Post, "/chat")?;
    let post = post.header("content-type", "application/json").body(BODY);
    let request = GooseRequest::builder().set_request_builder(post).build();
    let mut asked = user.request(request).await?;
    // goose stops at the head; the others read the whole answer.
    if let Ok(response) = asked.response
        && response.bytes().await.is_err()
    {
        return user.set_failure("the answer broke off", &mut asked.request, None, None);
    }
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), GooseError> {
    let mut attack = GooseAttack::initialize()?;
    if std::env::var_os("GOOSE_SHARED_CLIENT").is_some() {
        attack = attack.set_client_builder_without_cookies(GooseClientBuilder::new().without_cookies())?;
    }
    let customer = scenario!("customer").register_transaction(transaction!(ask));
    attack.register_scenario(customer).execute().await?;
    Ok(())
}
