//! A video as MP4 (ISO/IEC 14496-12 and -14): one PNG picture that is shown for a second, which needs no video coder.

use super::png::SIDE;

/// Units of time a second.
const TIMESCALE: u32 = 1_000;
/// How long the picture is shown, in these units.
const DURATION: u32 = 1_000;
/// What the samples are, as ISO/IEC 14496-1 numbers them: PNG.
const OBJECT_TYPE_PNG: u8 = 0x6d;
/// The identity, as boxes write a transformation: 16.16 fixed point, the last column 2.30.
const UNITY: [u32; 9] = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000];

/// A video that shows `picture`.
pub(super) fn video(picture: &[u8]) -> Vec<u8> {
    let kind = boxed(b"ftyp", [b"isom".as_slice(), &words(&[0x200]), b"isommp41"].concat());
    // Where the picture stands in the file follows from the length of what precedes it, which does not depend on it.
    let length = kind.len() + movie(picture, 0).len() + 8;
    let movie = movie(picture, length as u32);
    [kind, movie, boxed(b"mdat", picture.to_vec())].concat()
}

fn movie(picture: &[u8], offset: u32) -> Vec<u8> {
    let mut header = words(&[0, 0, 0, TIMESCALE, DURATION, 0x1_0000, 0x0100_0000, 0, 0]);
    header.extend(words(&UNITY));
    // Six reserved words, and the number of the next track.
    header.extend(words(&[0, 0, 0, 0, 0, 0, 2]));
    boxed(b"moov", [boxed(b"mvhd", header), track(picture, offset)].concat())
}

fn track(picture: &[u8], offset: u32) -> Vec<u8> {
    // Enabled and in the movie; track 1.
    let mut header = words(&[7, 0, 0, 1, 0, DURATION, 0, 0, 0, 0]);
    header.extend(words(&UNITY));
    header.extend(words(&[SIDE << 16, SIDE << 16]));
    // Language: undetermined.
    let media_header = words(&[0, 0, 0, TIMESCALE, DURATION, 0x55c4_0000]);
    let handler = [words(&[0, 0]), b"vide".to_vec(), words(&[0, 0, 0]), vec![0]].concat();
    let reference = boxed(b"dref", [words(&[0, 1]), boxed(b"url ", words(&[1]))].concat());
    let information = [
        boxed(b"vmhd", words(&[1, 0, 0])),
        boxed(b"dinf", reference),
        boxed(b"stbl", samples(picture, offset)),
    ];
    let media = [
        boxed(b"mdhd", media_header),
        boxed(b"hdlr", handler),
        boxed(b"minf", information.concat()),
    ];
    boxed(
        b"trak",
        [boxed(b"tkhd", header), boxed(b"mdia", media.concat())].concat(),
    )
}

fn samples(picture: &[u8], offset: u32) -> Vec<u8> {
    [
        boxed(b"stsd", [words(&[0, 1]), boxed(b"mp4v", entry())].concat()),
        boxed(b"stts", words(&[0, 1, 1, DURATION])),
        boxed(b"stsc", words(&[0, 1, 1, 1, 1])),
        boxed(b"stsz", words(&[0, 0, 1, picture.len() as u32])),
        boxed(b"stco", words(&[0, 1, offset])),
    ]
    .concat()
}

/// What the sample is: its size, 72 points an inch, one picture a sample, 24 bits a point, and its decoder.
fn entry() -> Vec<u8> {
    let mut entry = words(&[0, 1, 0, 0, 0, 0, SIDE << 16 | SIDE, 0x48_0000, 0x48_0000, 0]);
    entry.extend([0, 1]);
    entry.extend([0; 32]);
    entry.extend([0, 24, 0xff, 0xff]);
    // Descriptors of an elementary stream, each with its tag and length.
    let decoder = [[0x04, 13, OBJECT_TYPE_PNG, 0x11].as_slice(), &[0; 11]].concat();
    let stream = [
        [0x03, 3 + decoder.len() as u8 + 3, 0, 1, 0].as_slice(),
        &decoder,
        &[0x06, 1, 2],
    ]
    .concat();
    entry.extend(boxed(b"esds", [words(&[0]), stream].concat()));
    entry
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

fn boxed(kind: &[u8; 4], data: Vec<u8>) -> Vec<u8> {
    let mut boxed = words(&[data.len() as u32 + 8]);
    boxed.extend(kind);
    boxed.extend(data);
    boxed
}
