use super::*;

fn media(kind: MediaKind, customer: u64) -> Media {
    Media {
        kind,
        message: MessageId {
            run: RunKey::of_seed(7),
            customer,
            turn: 2,
            fragment: 1,
        },
    }
}

#[test]
fn an_id_names_media_of_its_own_run_and_no_other() {
    let run = RunKey::of_seed(7);
    for kind in MediaKind::ALL {
        let one = media(kind, 17);
        assert_eq!(Media::named(&one.id(), run), Some(one));
        assert_eq!(Media::named(&one.id(), RunKey::of_seed(8)), None);
    }
    for id in [
        "",
        "image",
        "image-",
        "image-1-2",
        "song-1-2-3-4",
        "-",
        "image-99999999999999999999-1-1-1",
        "图-1",
    ] {
        assert_eq!(Media::named(id, run), None, "{id}");
    }
}

#[test]
fn the_same_message_has_the_same_bytes_and_another_has_others() {
    for kind in MediaKind::ALL {
        assert_eq!(media(kind, 1).bytes(), media(kind, 1).bytes());
        assert_ne!(media(kind, 1).bytes(), media(kind, 2).bytes());
        assert!(media(kind, 1).bytes().len() < 9_000);
    }
}

/// What stands in a PNG's chunks, whose checksums must be right.
fn chunks(mut png: &[u8]) -> Vec<(String, Vec<u8>)> {
    png = png.strip_prefix(b"\x89PNG\r\n\x1a\n").unwrap();
    let mut chunks = Vec::new();
    while !png.is_empty() {
        let length = u32::from_be_bytes(png[..4].try_into().unwrap()) as usize;
        let (kind, data) = (&png[4..8], &png[8..8 + length]);
        let checksum = u32::from_be_bytes(png[8 + length..12 + length].try_into().unwrap());
        assert_eq!(super::png::crc32(&png[4..8 + length]), checksum);
        chunks.push((String::from_utf8(kind.to_vec()).unwrap(), data.to_vec()));
        png = &png[12 + length..];
    }
    chunks
}

#[test]
fn a_picture_is_a_png_whose_rows_are_all_there() {
    // The check values of the two checksums, for the digits 1 to 9 and for the word of RFC 1950's usual example.
    assert_eq!(super::png::crc32(b"123456789"), 0xcbf4_3926);
    assert_eq!(super::png::adler32(b"Wikipedia"), 0x11e6_0398);
    let chunks = chunks(&media(MediaKind::Image, 3).bytes());
    let kinds: Vec<&str> = chunks.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, ["IHDR", "PLTE", "IDAT", "IEND"]);
    let stream = &chunks[2].1;
    let rows = &stream[7..stream.len() - 4];
    assert_eq!(rows.len(), 64 * 9);
    assert_eq!(u16::from_le_bytes([stream[3], stream[4]]), 64 * 9);
    assert!(rows.contains(&0xff) && rows.contains(&0));
}

#[test]
fn a_voice_message_is_a_second_of_sound() {
    let wav = media(MediaKind::Voice, 3).bytes();
    let number = |at: usize| u32::from_le_bytes(wav[at..at + 4].try_into().unwrap());
    assert_eq!((&wav[..4], &wav[8..16]), (b"RIFF".as_slice(), b"WAVEfmt ".as_slice()));
    assert_eq!(
        (number(4) as usize, number(40) as usize),
        (wav.len() - 8, wav.len() - 44)
    );
    assert_eq!((number(24), number(28)), (8_000, 8_000));
    let samples = &wav[44..];
    let loudest = samples.iter().max().unwrap() - samples.iter().min().unwrap();
    assert!(loudest > 100, "{loudest}");
}

/// The boxes of an MP4 at one level.
fn boxes(mut bytes: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut boxes = Vec::new();
    while !bytes.is_empty() {
        let length = u32::from_be_bytes(bytes[..4].try_into().unwrap()) as usize;
        boxes.push((&bytes[4..8], &bytes[8..length]));
        bytes = &bytes[length..];
    }
    boxes
}

#[test]
fn a_video_holds_its_picture_where_its_table_says() {
    let video = media(MediaKind::Video, 3).bytes();
    let picture = media(MediaKind::Image, 3).bytes();
    let top = boxes(&video);
    let names: Vec<&[u8]> = top.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, [b"ftyp".as_slice(), b"moov", b"mdat"]);
    assert_eq!(top[2].1, picture);
    let find = |name: &[u8]| video.windows(4).position(|window| window == name).unwrap();
    let offset = find(b"stco") + 12;
    let offset = u32::from_be_bytes(video[offset..offset + 4].try_into().unwrap()) as usize;
    assert_eq!(&video[offset..offset + picture.len()], picture);
}
