//! Files that cannot be read.

use insta::assert_snapshot;

use super::fixture::{PARTS, Shop};
use crate::scenario::LoadOptions;
use crate::scenario::load::Loader;

#[test]
fn what_is_no_file_is_told() {
    let none = LoadOptions::default();
    assert_snapshot!(Shop::new().wrong(&none), @r#"cannot read `scenarios/s.yaml`: No such file or directory (os error 2)"#);
    assert_snapshot!(Shop::new().with("scenarios/s.yaml/x", "").wrong(&none), @r#"
    cannot read `scenarios/s.yaml`: expected a file, found a folder

    hint: name a file in it
    "#);
    let error = Loader::new(PARTS).load("smal", &none).unwrap_err();
    assert!(error.to_string().starts_with("no scenario is called `smal`"));
}

#[test]
fn a_huge_file_is_refused_before_it_is_read() {
    let shop = Shop::new().with("scenarios/s.yaml", "");
    let file = std::fs::File::create(shop.path("scenarios/s.yaml")).unwrap();
    file.set_len(50 * 1024 * 1024).unwrap();
    assert_snapshot!(shop.wrong(&LoadOptions::default()), @r#"
    cannot read `scenarios/s.yaml`: expected at most 32 MB, found 50 MB

    hint: keep many texts in a CSV file: `say: {from: file.csv, column: text}`
    "#);
}

#[test]
fn another_encoding_is_told_with_the_byte_where_it_shows() {
    let told = |bytes: &[u8]| {
        Shop::new()
            .with("scenarios/s.yaml", bytes)
            .wrong(&LoadOptions::default())
    };
    assert_snapshot!(told(b"scenario: \xd6\xd0"), @r#"
    cannot read `scenarios/s.yaml`: expected UTF-8, found 0xd6 at byte 10

    hint: if it was written as GBK, `iconv -f GBK -t UTF-8 scenarios/s.yaml` converts it
    "#);
    assert_snapshot!(told(b"\xff\xfes\0"), @r#"
    cannot read `scenarios/s.yaml`: expected UTF-8, found the mark of UTF-16 at byte 0

    hint: `iconv -f UTF-16 -t UTF-8 scenarios/s.yaml` converts it
    "#);
    assert!(told(b"\xef\xbb\xbfa: \xd6").contains("at byte 6"));
}
