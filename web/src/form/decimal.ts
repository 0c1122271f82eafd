import { JsonNumber } from '../client/json.ts';
import type { Json } from '../client/types.ts';

/** A JSON number, however many digits it has. */
export type Numeric = number | JsonNumber;

/** Beyond this the powers of ten would take long to calculate with. */
const LARGEST_POWER = 1_000;

/** Whether a value is a JSON number. */
export function isNumeric(value: Json | undefined): value is Numeric {
  return typeof value === 'number' || value instanceof JsonNumber;
}

/** `units` times ten to the power of `-scale`. */
interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

function decimalOf(number: Numeric): Decimal {
  const [, sign, whole, part = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e(.+))?$/i.exec(String(number)) ?? [];
  return { units: BigInt(`${sign}${whole}${part}`), scale: part.length - Number(power) };
}

/** Beyond this a number is written with a power of ten. */
const LARGEST_SCALE = 100;

/** The number with every digit; without a power of ten unless that is large. */
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

/** A text that two numbers share if and only if they are equal. */
export function canonicalOf(number: Numeric): string {
  const { units, scale } = decimalOf(number);
  const digits = String(units);
  const short = digits.replace(/0+$/, '');
  return short === '' ? '0' : `${short}e${digits.length - short.length - scale}`;
}

/** Whether a number is written without digits behind the point: `1`, `1e5`, but not `1.0`. */
export function isWhole(number: Numeric): boolean {
  return decimalOf(number).scale <= 0;
}

/** Compares two numbers exactly: less than 0 if the first is less, 0 if they are equal. */
export function compare(one: Numeric, other: Numeric): number {
  const [left, right] = [decimalOf(one), decimalOf(other)];
  const [sign, otherSign] = [signOf(left), signOf(right)];
  if (sign !== otherSign || sign === 0) {
    return sign - otherSign;
  }
  const order = orderOf(left) - orderOf(right);
  if (order !== 0) {
    return order * sign; // Not a number if both are beyond everything: then neither is less.
  }
  const [first, second] = aligned(left, right);
  return first === second ? 0 : first < second ? -1 : 1;
}

/**
 * Whether a number is a multiple of another, exactly: 0.29 is 29 times 0.01. True where their powers
 * of ten are too far apart to tell here.
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

/** How many digits stand before the point. */
function orderOf({ units, scale }: Decimal): number {
  return String(units).replace('-', '').length - scale;
}

/** The units of both at the same scale. */
function aligned(one: Decimal, other: Decimal): [bigint, bigint] {
  const scale = Math.max(one.scale, other.scale);
  const at = (decimal: Decimal) => decimal.units * 10n ** BigInt(scale - decimal.scale);
  return [at(one), at(other)];
}
