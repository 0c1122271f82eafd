/** The syntax of a JSON number, RFC 8259 section 6. */
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * A JSON number with all its digits, for numbers that JavaScript would write differently:
 * `3544790567247868102`, `0.1000`, `1E400`, `-0`. Immutable.
 */
export class JsonNumber {
  /** The number as written in JSON. */
  readonly text: string;

  /**
   * Creates the number from its JSON text.
   *
   * @throws TypeError if the text is not a JSON number
   */
  constructor(text: string) {
    if (!NUMBER.test(text)) {
      throw new TypeError(`"${text}" is not a JSON number`);
    }
    this.text = text;
  }

  /** Returns the number as written in JSON. */
  toString(): string {
    return this.text;
  }

  /** Returns the nearest JavaScript number, which makes arithmetic possible. */
  valueOf(): number {
    return Number(this.text);
  }

  /**
   * Makes `JSON.stringify` write the digits. Without `JSON.rawJSON` (Node 20) it writes them as a
   * string; use {@link stringifyJson} there.
   */
  toJSON(): unknown {
    const { rawJSON } = JSON as { rawJSON?: (text: string) => unknown };
    return rawJSON?.(this.text) ?? this.text;
  }
}
