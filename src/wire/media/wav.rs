//! A voice message as WAV (RIFF): one second of a tone, 8,000 times a second, 8 bits, one channel.

const RATE: u32 = 8_000;

/// A tone whose pitch, 200 to 455 Hz, follows from `seed`.
pub(super) fn tone(seed: u64) -> Vec<u8> {
    let pitch = 200.0 + (seed & 0xff) as f64;
    let sample = |at: u32| {
        let angle = f64::from(at) / f64::from(RATE) * pitch * std::f64::consts::TAU;
        (128.0 + 60.0 * angle.sin()) as u8
    };
    let samples: Vec<u8> = (0..RATE).map(sample).collect();
    let mut wav = b"RIFF".to_vec();
    wav.extend((36 + RATE).to_le_bytes());
    wav.extend(b"WAVEfmt ");
    // The length of what follows up to `data`; 1: as it is sampled.
    wav.extend(16_u32.to_le_bytes());
    for short in [1_u16, 1] {
        wav.extend(short.to_le_bytes());
    }
    // Samples and bytes a second.
    wav.extend(RATE.to_le_bytes());
    wav.extend(RATE.to_le_bytes());
    // Bytes and bits a sample.
    for short in [1_u16, 8] {
        wav.extend(short.to_le_bytes());
    }
    wav.extend(b"data");
    wav.extend(RATE.to_le_bytes());
    wav.extend(samples);
    wav
}
