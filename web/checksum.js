// @ts-check
// CRC-32, eight bytes at a time: a document of 64 MiB is checked whenever it is opened.

/** What a byte does to the checksum when 0 to 7 others follow it. */
const tables = Array.from({ length: 8 }, () => new Uint32Array(256));
const [t0, t1, t2, t3, t4, t5, t6, t7] =
  /** @type {[Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array]} */ (tables);
for (let byte = 0; byte < 256; ++byte) {
  let value = byte;
  for (let bit = 0; bit < 8; ++bit) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  t0[byte] = value;
}
for (let byte = 0; byte < 256; ++byte) {
  let value = at(t0, byte);
  for (const table of tables.slice(1)) table[byte] = value = (value >>> 8) ^ at(t0, value);
}

/**
 * @param {Uint32Array} table
 * @param {number} value its lowest byte counts
 */
function at(table, value) {
  return /** @type {number} */ (table[value & 0xff]);
}

/** @param {Uint8Array} bytes */
export function crc32(bytes) {
  const whole = bytes.length - (bytes.length % 8);
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let value = 0xffffffff;
  let index = 0;
  for (; index < whole; index += 8) {
    const low = value ^ words.getUint32(index, true);
    const high = words.getUint32(index + 4, true);
    value =
      at(t7, low) ^ at(t6, low >>> 8) ^ at(t5, low >>> 16) ^ at(t4, low >>> 24) ^
      at(t3, high) ^ at(t2, high >>> 8) ^ at(t1, high >>> 16) ^ at(t0, high >>> 24);
  }
  for (; index < bytes.length; ++index) value = (value >>> 8) ^ at(t0, value ^ words.getUint8(index));
  return (value ^ 0xffffffff) >>> 0;
}
