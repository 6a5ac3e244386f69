//! The token is shown nowhere.

use product_client::testing::{Reply, ScriptedTransport};
use product_client::{ProductClient, ProductClientConfig};

use crate::samples::variant_id;

const SECRET: &str = "s3cr3t-token";

fn config() -> ProductClientConfig {
    let text = format!(r#"{{"url": "https://user:{SECRET}@h.test", "token": "{SECRET}"}}"#);
    serde_json::from_str(&text).unwrap()
}

#[test]
fn settings_and_builder_hide_it() {
    assert!(!format!("{:?}", config()).contains(SECRET));
    let builder = ProductClient::configured(config());
    assert!(!format!("{builder:?}").contains(SECRET));
    let error = builder.build().unwrap_err();
    assert!(!format!("{error} {error:?}").contains(SECRET));
}

#[test]
fn a_token_that_is_refused_is_not_quoted() {
    for token in [
        format!("\"{SECRET} \""),
        format!("[\"{SECRET}\"]"),
        format!("{{\"{SECRET}\": 1}}"),
    ] {
        let text = format!(r#"{{"url": "https://h.test", "token": {token}}}"#);
        let error = serde_json::from_str::<ProductClientConfig>(&text).unwrap_err();
        assert!(!format!("{error} {error:?}").contains(SECRET), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn clients_and_errors_hide_it() {
    let transport = ScriptedTransport::always(Reply::status(401).with_body(SECRET));
    let client = ProductClient::builder("https://h.test")
        .token(SECRET)
        .transport(transport)
        .build()
        .unwrap();
    assert!(!format!("{client:?}").contains(SECRET));
    let error = client.get_variant_price(variant_id()).await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains(SECRET));
}
