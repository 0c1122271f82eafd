const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What lengths of time are told in, in milliseconds, the longest first. */
export const UNITS = [
  [DAY, 'd'],
  [HOUR, 'h'],
  [MINUTE, 'min'],
  [SECOND, 's'],
  [1, 'ms'],
] as const;

/** Lengths of time that a person calls round, in milliseconds. */
const ROUND = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 6, 12].map((hours) => hours * HOUR),
];

/** The smallest round length of time of which at most `count` go into `millis`. */
export function roundPart(millis: number, count: number): number {
  const least = millis / count;
  return ROUND.find((round) => round >= least) ?? Math.ceil(least / DAY) * DAY;
}

/** A round length of time, as short as it goes: `0`, `200 ms`, `5 s`, `1.5 h`. */
export function roundWord(millis: number): string {
  const unit = UNITS.find(([size]) => millis >= size);
  return unit === undefined ? '0' : `${+(millis / unit[0]).toFixed(1)} ${unit[1]}`;
}
