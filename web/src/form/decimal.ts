import { JsonNumber } from '../client/json-number.ts';
import type { Json } from '../client/types.ts';

/** A JSON number with any number of digits. */
export type Numeric = number | JsonNumber;

/** The largest power of ten that is used in calculations; larger ones would take too long. */
const LARGEST_POWER = 1_000;

/** Returns whether a value is a JSON number. */
export function isNumeric(value: Json | undefined): value is Numeric {
  return typeof value === 'number' || value instanceof JsonNumber;
}

/** The number `units` times ten to the power of `-scale`. */
interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

function decimalOf(number: Numeric): Decimal {
  const [, sign, whole, part = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e(.+))?$/i.exec(String(number)) ?? [];
  return { units: BigInt(`${sign}${whole}${part}`), scale: part.length - Number(power) };
}

/** A number with a larger scale is written with a power of ten. */
const LARGEST_SCALE = 100;

/** Writes a number with all its digits, and with a power of ten only if that is large. */
export function digitsOf(number: Numeric): string {
  const { units, scale } = decimalOf(number);
  if (!(Math.abs(scale) <= LARGEST_SCALE)) {
    return `${units}e${-scale}`;
  }
  if (scale <= 0) {
    return String(units * 10n ** BigInt(-scale));
  }
  const digits = String(units)
    .replace('-', '')
    .padStart(scale + 1, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Returns a text that is the same for two numbers if and only if they are equal. */
export function canonicalOf(number: Numeric): string {
  const { units, scale } = decimalOf(number);
  const digits = String(units);
  const short = digits.replace(/0+$/, '');
  return short === '' ? '0' : `${short}e${digits.length - short.length - scale}`;
}

/**
 * Returns whether a number is written without digits after the decimal point: `1`, `1e5`, but not
 * `1.0`.
 */
export function isWhole(number: Numeric): boolean {
  return decimalOf(number).scale <= 0;
}

/**
 * Compares two numbers exactly. Returns less than 0 if the first is less, and 0 if they are equal.
 */
export function compare(one: Numeric, other: Numeric): number {
  const [left, right] = [decimalOf(one), decimalOf(other)];
  const [sign, otherSign] = [signOf(left), signOf(right)];
  if (sign !== otherSign || sign === 0) {
    return sign - otherSign;
  }
  const order = orderOf(left) - orderOf(right);
  if (order !== 0) {
    return order * sign; // NaN if both orders are infinite: then neither number is less.
  }
  const [first, second] = aligned(left, right);
  return first === second ? 0 : first < second ? -1 : 1;
}

/**
 * Returns whether a number is an exact multiple of another: 0.29 is 29 times 0.01. Returns true if
 * their powers of ten are too far apart to calculate.
 */
export function isMultiple(number: Numeric, of: Numeric): boolean {
  const [left, right] = [decimalOf(number), decimalOf(of)];
  if (right.units === 0n || !(Math.abs(left.scale - right.scale) <= LARGEST_POWER)) {
    return true;
  }
  const [first, second] = aligned(left, right);
  return first % second === 0n;
}

function signOf({ units }: Decimal): -1 | 0 | 1 {
  return units === 0n ? 0 : units < 0n ? -1 : 1;
}

/** Returns the number of digits before the decimal point. */
function orderOf({ units, scale }: Decimal): number {
  return String(units).replace('-', '').length - scale;
}

/** Returns the units of both numbers at the same scale. */
function aligned(one: Decimal, other: Decimal): [bigint, bigint] {
  const scale = Math.max(one.scale, other.scale);
  const at = (decimal: Decimal) => decimal.units * 10n ** BigInt(scale - decimal.scale);
  return [at(one), at(other)];
}
