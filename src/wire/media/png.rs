//! A picture as PNG (W3C, third edition): 64 by 64 points of two colours, stored without compression.

/// Points across and down.
pub(super) const SIDE: u32 = 64;
/// Points across and down of one square of the figure.
const SQUARE: u32 = 8;
/// Bytes of a row: a bit for each point.
const ROW: usize = SIDE as usize / 8;

/// A figure of squares, mirrored left to right, whose form and colours follow from `seed`.
pub(super) fn picture(seed: u64) -> Vec<u8> {
    let mut header = Vec::with_capacity(13);
    header.extend(SIDE.to_be_bytes());
    header.extend(SIDE.to_be_bytes());
    // One bit a point, colours by palette; deflate, the only filter method, not interlaced.
    header.extend([1, 3, 0, 0, 0]);
    let [red, green, blue, ..] = seed.to_be_bytes();
    let palette = [250, 250, 250, red / 2, green / 2, blue / 2];
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in [
        (b"IHDR", header),
        (b"PLTE", palette.to_vec()),
        (b"IDAT", zlib(&rows(seed))),
        (b"IEND", Vec::new()),
    ] {
        chunk(&mut png, kind, &data);
    }
    png
}

/// All rows, each behind a 0: its filter is none.
fn rows(seed: u64) -> Vec<u8> {
    let mut rows = Vec::with_capacity((ROW + 1) * SIDE as usize);
    for y in 0..SIDE {
        rows.push(0);
        let squares = SIDE / SQUARE;
        rows.extend((0..squares).map(|x| {
            let across = x.min(squares - 1 - x);
            let bit = y / SQUARE * squares / 2 + across;
            if seed >> (bit + 16) & 1 == 1 { 0xff } else { 0x00 }
        }));
    }
    rows
}

/// A zlib stream (RFC 1950) of one stored block (RFC 1951, 3.2.4), which takes up to 65,535 bytes.
fn zlib(data: &[u8]) -> Vec<u8> {
    let length = data.len() as u16;
    let mut stream = vec![0x78, 0x01, 1];
    stream.extend(length.to_le_bytes());
    stream.extend((!length).to_le_bytes());
    stream.extend(data);
    stream.extend(adler32(data).to_be_bytes());
    stream
}

fn chunk(png: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    png.extend((data.len() as u32).to_be_bytes());
    let start = png.len();
    png.extend(kind);
    png.extend(data);
    png.extend(crc32(&png[start..]).to_be_bytes());
}

/// RFC 1950, section 8.2.
pub(super) fn adler32(data: &[u8]) -> u32 {
    const PRIME: u32 = 65_521;
    let (low, high) = data.iter().fold((1, 0), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % PRIME;
        (low, (high + low) % PRIME)
    });
    high << 16 | low
}

/// The CRC of PNG's annex D (ISO 3309), bit by bit: pictures are small and few.
pub(super) fn crc32(data: &[u8]) -> u32 {
    !data.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 { 0xedb8_8320 ^ crc >> 1 } else { crc >> 1 }
        })
    })
}
