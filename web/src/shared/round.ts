const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The units of durations, in milliseconds, the longest first. */
export const UNITS = [
  [DAY, 'd'],
  [HOUR, 'h'],
  [MINUTE, 'min'],
  [SECOND, 's'],
  [1, 'ms'],
] as const;

/** Round durations, in milliseconds. */
const ROUND = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 6, 12].map((hours) => hours * HOUR),
];

/** Returns the smallest round duration that fits into `millis` at most `count` times. */
export function roundPart(millis: number, count: number): number {
  const least = millis / count;
  return ROUND.find((round) => round >= least) ?? Math.ceil(least / DAY) * DAY;
}

/** Formats a round duration as briefly as possible: `0`, `200 ms`, `5 s`, `1.5 h`. */
export function roundWord(millis: number): string {
  const unit = UNITS.find(([size]) => millis >= size);
  return unit === undefined ? '0' : `${+(millis / unit[0]).toFixed(1)} ${unit[1]}`;
}
