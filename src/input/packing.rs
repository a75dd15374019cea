//! Takes gzip and zstd off, once and within bounds, and names what stays packed.

use std::io::Read as _;

use flate2::read::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};

use crate::model::Problem;

use super::problems;
use super::text::MOST_BYTES;

/// The bytes under gzip or zstd; others as they are. Of too many there is one more than may be, which is enough to see it.
pub(super) fn unpack(label: &str, bytes: Vec<u8>) -> Result<Vec<u8>, Problem> {
    unpack_within(label, bytes, MOST_BYTES + 1)
}

fn unpack_within(label: &str, bytes: Vec<u8>, limit: u64) -> Result<Vec<u8>, Problem> {
    let (packing, unpacked) = match packing(&bytes) {
        None => return Ok(bytes),
        Some(packing @ Packing::Gzip) => (packing, gzip(&bytes, limit)),
        Some(packing @ Packing::Zstd) => (packing, zstd(&bytes, limit)),
        Some(Packing::Other(name)) => return Err(problems::packed(label, name)),
    };
    let unpacked = unpacked.ok_or_else(|| match packing {
        Packing::Zstd => problems::broken_zstd(label),
        _ => problems::broken_gzip(label),
    })?;
    match self::packing(&unpacked) {
        None => Ok(unpacked),
        Some(inner) => Err(problems::packed_twice(label, inner.name(), packing.name())),
    }
}

#[derive(Clone, Copy)]
enum Packing {
    Gzip,
    Zstd,
    /// One that lepton does not take off.
    Other(&'static str),
}

impl Packing {
    fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Other(name) => name,
        }
    }
}

/// How bytes are packed, by those that they begin with.
fn packing(bytes: &[u8]) -> Option<Packing> {
    const OTHERS: [(&[u8], &str); 6] = [
        (b"BZh", "bzip2"),
        (b"\xfd7zXZ\0", "xz"),
        (b"LZIP", "lzip"),
        (b"\x04\x22\x4d\x18", "lz4"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"Rar!\x1a\x07", "rar"),
    ];
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return Some(Packing::Gzip);
    }
    // The second is a frame to be skipped, with which a file may begin.
    if bytes.starts_with(b"\x28\xb5\x2f\xfd") || matches!(bytes, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..]) {
        return Some(Packing::Zstd);
    }
    if bytes.get(257..262) == Some(b"ustar") {
        return Some(Packing::Other("tar"));
    }
    OTHERS.into_iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, name)| Packing::Other(name))
}

fn gzip(bytes: &[u8], limit: u64) -> Option<Vec<u8>> {
    let mut unpacked = Vec::new();
    MultiGzDecoder::new(bytes).take(limit).read_to_end(&mut unpacked).ok()?;
    Some(unpacked)
}

/// A file is a row of frames. The sizes that they claim are not believed.
fn zstd(bytes: &[u8], limit: u64) -> Option<Vec<u8>> {
    let mut unpacked = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() && (unpacked.len() as u64) < limit {
        let mut frame = match StreamingDecoder::new(&mut rest) {
            Ok(frame) => frame,
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                rest = rest.get(length as usize..)?;
                continue;
            }
            Err(_) => return None,
        };
        let left = limit - unpacked.len() as u64;
        let length = frame.by_ref().take(left).read_to_end(&mut unpacked).ok()?;
        let written = frame.decoder.get_checksum_from_data();
        let is_whole = (length as u64) < left;
        if is_whole && written.is_some_and(|written| frame.decoder.get_calculated_checksum() != Some(written)) {
            return None;
        }
    }
    Some(unpacked)
}

#[cfg(test)]
mod tests {
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    #[test]
    fn frames_follow_each_other_and_some_are_skipped() {
        let mut bytes = b"\x50\x2a\x4d\x18\x03\0\0\0abc".to_vec();
        bytes.extend(compress_to_vec(&b"{\"a\":"[..], CompressionLevel::Fastest));
        bytes.extend(compress_to_vec(&b"1}"[..], CompressionLevel::Fastest));
        assert_eq!(unpack("x", bytes.clone()).unwrap(), b"{\"a\":1}");
        bytes.push(0);
        assert_eq!(unpack("x", bytes).unwrap_err().code(), "lepton::input::broken-zstd");
        let lies = b"\x50\x2a\x4d\x18\xff\xff\xff\xff".to_vec();
        assert_eq!(unpack("x", lies).unwrap_err().code(), "lepton::input::broken-zstd");
    }

    #[test]
    fn bombs_are_unpacked_no_further_than_needed() {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::Write::write_all(&mut gzip, &vec![b' '; 1 << 23]).unwrap();
        // Blocks of 128 KiB that say one byte so many times, the last never reached: it does not end.
        let mut zstd = b"\x28\xb5\x2f\xfd\x00\x58".to_vec();
        zstd.extend(b"\x02\x00\x10 ".repeat(1 << 16));
        for bomb in [gzip.finish().unwrap(), zstd] {
            let unpacked = unpack_within("x", bomb, 1 << 20).unwrap();
            assert_eq!(unpacked, vec![b' '; 1 << 20]);
            assert!(unpacked.capacity() <= 1 << 22);
        }
    }

    /// A window may be claimed, and is refused where it is too large for any machine.
    #[test]
    fn claimed_sizes_are_not_believed() {
        let content = compress_to_vec(&b"{}"[..], CompressionLevel::Fastest);
        assert_eq!(unpack("x", content).unwrap(), b"{}");
        // A window of 1 TiB; a content of 16 EiB of which there is nothing.
        for frame in
            [&b"\x28\xb5\x2f\xfd\x00\xf0\x01\0\0"[..], b"\x28\xb5\x2f\xfd\xe0\xff\xff\xff\xff\xff\xff\xff\xff\x01\0\0"]
        {
            assert_eq!(unpack("x", frame.to_vec()).unwrap_err().code(), "lepton::input::broken-zstd");
        }
    }

    #[test]
    fn what_stays_packed_is_named() {
        let said = |bytes: &[u8]| unpack("x", bytes.to_vec()).unwrap_err().to_string();
        assert!(said(b"BZh91AY&SY").contains("bzip2"));
        assert!(said(b"\xfd7zXZ\0\0\x04").contains("xz"));
        let inner = compress_to_vec(&b"{}"[..], CompressionLevel::Fastest);
        let twice = compress_to_vec(inner.as_slice(), CompressionLevel::Fastest);
        assert!(said(&twice).contains("zstd within zstd"));
    }
}
