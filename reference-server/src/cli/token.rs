use clap::Args;
use reference_server::{Role, development_token};
use std::error::Error;
use std::path::PathBuf;
use std::time::Duration;

#[derive(Debug, Args)]
pub(crate) struct TokenArguments {
    /// What the bearer is: admin, manager, editor, marketing, warehouse, user; several with commas
    #[arg(long, value_name = "ROLE", value_delimiter = ',')]
    role: Vec<Role>,

    /// What the bearer may do, with commas between; products:read makes a service of it
    #[arg(long, value_name = "SCOPE", value_delimiter = ',')]
    scope: Vec<String>,

    /// Who the bearer is; stands in events and records
    #[arg(long, value_name = "ID", default_value = "developer")]
    subject: String,

    /// For how many seconds the token is good
    #[arg(long, value_name = "S", default_value_t = 43_200)]
    lifetime_s: u64,

    /// The key that signs, the same as that of `serve`
    /// [default: product-service/development.key in $XDG_STATE_HOME or ~/.local/state]
    #[arg(
        long,
        value_name = "FILE",
        env = "PRODUCT_SERVICE_KEY_FILE",
        verbatim_doc_comment
    )]
    key_file: Option<PathBuf>,
}

pub(crate) fn token(arguments: &TokenArguments) -> Result<(), Box<dyn Error>> {
    let scopes: Vec<&str> = arguments.scope.iter().map(String::as_str).collect();
    let lifetime = Duration::from_secs(arguments.lifetime_s);
    let key_file = arguments.key_file.as_deref();
    let token = development_token(key_file, &arguments.subject, &arguments.role, &scopes, lifetime)?;
    super::say(token);
    Ok(())
}
