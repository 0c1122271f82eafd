/**
 * Generates UUIDs of version 7 (RFC 9562 section 5.7): 48 bits of milliseconds, a 12-bit counter
 * (section 6.2, method 1) and 62 random bits. The ids of one generator increase strictly, even
 * within a millisecond and after the clock is set back, so sorting by id sorts by time.
 */
export class Uuid7 {
  readonly #now: () => number;
  readonly #randomBytes: (length: number) => Uint8Array;
  #millis = -1;
  #counter = 0;

  constructor(now: () => number, randomBytes: (length: number) => Uint8Array) {
    this.#now = now;
    this.#randomBytes = randomBytes;
  }

  /** Generates the next id. */
  next(): string {
    const bytes = this.#randomBytes(16).slice();
    this.#advance(((bytes[6] ?? 0) << 8) | (bytes[7] ?? 0));
    for (let index = 0; index < 6; index++) {
      bytes[index] = Math.floor(this.#millis / 2 ** (8 * (5 - index))) & 0xff;
    }
    bytes[6] = 0x70 | (this.#counter >> 8);
    bytes[7] = this.#counter & 0xff;
    bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
    return format(bytes);
  }

  /**
   * Advances the time and the counter. A new millisecond seeds the counter in its lower half;
   * otherwise it is incremented.
   */
  #advance(seed: number): void {
    const now = this.#now();
    if (now > this.#millis) {
      this.#millis = now;
      this.#counter = seed & 0x7ff;
    } else if (this.#counter < 0xfff) {
      this.#counter++;
    } else {
      this.#millis++;
      this.#counter = seed & 0x7ff;
    }
  }
}

function format(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
