export function pngChunk(type: string, body: Buffer): Buffer;
export function withPngChunks(png: Buffer, chunks: readonly Buffer[], trailing?: Buffer): Buffer;
export function pngText(keyword: string, text: string): Buffer;
export function pngCompressedText(keyword: string, text: string): Buffer;
export function pngInternationalText(keyword: string, text: string): Buffer;
export function withWebpMetadata(
  webp: Buffer,
  parts: { width: number; height: number; exif: Buffer; xmp: Buffer; unknown: Buffer },
): Buffer;
export function withGifExtensions(gif: Buffer, comment: string, applicationData: string): Buffer;
