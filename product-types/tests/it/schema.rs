use product_types::{CurrencyCode, Decimal, Money, ProductId, ProductStatus, Timestamp};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Value, json};

fn written<T: JsonSchema>() -> Value {
    schema::<T>(SchemaSettings::draft2020_12().for_serialize().into_generator())
}

fn read<T: JsonSchema>() -> Value {
    schema::<T>(SchemaSettings::draft2020_12().into_generator())
}

fn schema<T: JsonSchema>(generator: SchemaGenerator) -> Value {
    generator.into_root_schema_for::<T>().to_value()
}

#[test]
fn a_decimal_is_written_as_text_and_read_as_text_or_number() {
    assert_eq!(written::<Decimal>()["type"], "string");
    assert_eq!(read::<Decimal>()["type"], json!(["string", "number"]));
    assert_eq!(written::<Decimal>()["pattern"], read::<Decimal>()["pattern"]);
}

#[test]
fn an_open_enum_names_its_words_and_closes_nothing() {
    let status = written::<ProductStatus>();
    assert_eq!(status["type"], "string");
    assert_eq!(
        status["examples"],
        json!(["DRAFT", "ACTIVE", "INACTIVE", "DISCONTINUED"])
    );
    assert_eq!(status.get("enum"), None);
}

#[test]
fn what_is_one_text_on_the_wire_stands_in_place_under_its_name() {
    let money = written::<Money>();
    assert_eq!(money.get("$defs"), None);
    assert_eq!(money["properties"]["amount"]["title"], "Decimal");
    assert_eq!(money["properties"]["currency"]["title"], "CurrencyCode");
    assert_eq!(money["required"], json!(["amount", "currency"]));

    let id = written::<ProductId>();
    assert_eq!(
        (&id["description"], &id["minLength"]),
        (&json!("Names a product."), &json!(1))
    );
    assert_eq!(written::<CurrencyCode>()["pattern"], "^[A-Z]{3}$");
    assert_eq!(written::<Timestamp>()["format"], "date-time");
}
