import uPlot from 'uplot';
import { type Hour, OUTCOMES } from './minutes.ts';
import { minuteClock } from '../shared/words.ts';
import { roundWord } from '../shared/round.ts';

const HEIGHT = 190;
const MINUTE = 60_000;
const FONT = '12px system-ui, sans-serif';

/**
 * The values at which the axis of durations can start and end, in milliseconds: powers of ten, or
 * round values.
 */
const DECADES = [1, 10, 100, 1_000, 10_000, 60_000, 600_000, 3_600_000, 36_000_000, 360_000_000];

/** The chart of an hour: bars for the finished requests, and lines for their durations. */
export class Plot {
  readonly #chart: uPlot;
  readonly #resized: ResizeObserver;

  /**
   * @param place - the element that the chart fills
   * @param hovered - called with the index of the minute under the pointer, or with null
   */
  constructor(place: HTMLElement, hour: Hour, hovered: (minute: number | null) => void) {
    const color = (name: string) => () => getComputedStyle(place).getPropertyValue(`--${name}`);
    this.#chart = new uPlot(options(place.clientWidth, color, hovered), dataOf(hour), place);
    this.#resized = new ResizeObserver(() =>
      this.#chart.setSize({ width: place.clientWidth, height: HEIGHT }),
    );
    this.#resized.observe(place);
  }

  show(hour: Hour): void {
    this.#chart.setData(dataOf(hour));
  }

  /** Redraws the chart with the current colours. */
  recolor(): void {
    this.#chart.redraw();
  }

  end(): void {
    this.#resized.disconnect();
    this.#chart.destroy();
  }
}

/** Returns the data of the chart. Stacked bars are drawn as bars of sums, the highest first. */
function dataOf({ minutes }: Hour): uPlot.AlignedData {
  const upTo = (last: number) =>
    minutes.map(({ counts }) => {
      const sum = OUTCOMES.slice(0, last + 1).reduce((all, outcome) => all + counts[outcome], 0);
      return counts[OUTCOMES[last]!] > 0 ? sum : null;
    });
  return [
    minutes.map(({ start }) => start + MINUTE / 2),
    upTo(2),
    upTo(1),
    upTo(0),
    minutes.map(({ p50 }) => p50),
    minutes.map(({ p95 }) => p95),
  ];
}

type Color = (name: string) => () => string;

function options(
  width: number,
  color: Color,
  hovered: (minute: number | null) => void,
): uPlot.Options {
  const axis = { font: FONT, stroke: color('quiet'), ticks: { show: false }, gap: 4 };
  const grid = { stroke: color('line'), width: 1 };
  const bar = (outcome: string) => ({
    fill: color(outcome.toLowerCase()),
    width: 0,
    paths: uPlot.paths.bars!({ size: [0.8, 14] }),
    points: { show: false },
  });
  const line = (dash: number[]) => ({
    scale: 'took',
    stroke: color('text'),
    width: 1.5,
    dash,
    points: { size: 5, fill: color('panel'), stroke: color('text'), width: 1.5 },
  });
  return {
    width,
    height: HEIGHT,
    ms: 1,
    legend: { show: false },
    cursor: { y: false, drag: { x: false }, points: { show: false } },
    padding: [8, 0, 0, 0],
    scales: {
      x: { range: (_, min, max) => [min - MINUTE / 2, max + MINUTE / 2] },
      // The bars use the lower half and the lines the upper half, so neither hides the other.
      count: { range: (_, __, max) => [0, 2 * Math.max(4, max * 1.1)] },
      took: { distr: 3, range: (_, min, max) => decades(min, max) },
    },
    series: [
      {},
      ...[...OUTCOMES].reverse().map((outcome) => ({ scale: 'count', ...bar(outcome) })),
      line([]),
      line([4, 3]),
    ],
    axes: [
      {
        ...axis,
        grid: { show: false },
        space: 70,
        size: 26,
        values: (_, at) => at.map(minuteClock),
      },
      {
        ...axis,
        grid,
        scale: 'count',
        size: 34,
        space: 32,
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000],
        splits: (_, __, ___, max, by) =>
          Array.from({ length: Math.floor(max / 2 / by) + 1 }, (_, index) => index * by),
        values: (_, at) => at.map((count) => count.toLocaleString()),
      },
      {
        ...axis,
        scale: 'took',
        side: 1,
        size: 52,
        grid,
        splits: (_, __, min, max) => DECADES.filter((at) => at >= middle(min, max) && at <= max),
        filter: (_, at) => at,
        values: (_, at) => at.map(roundWord),
      },
    ],
    hooks: { setCursor: [({ cursor }) => hovered(cursor.idx ?? null)] },
  };
}

/** Returns a range whose upper half contains all values. */
function decades(min: number | null, max: number | null): uPlot.Range.MinMax {
  const from = DECADES.findLast((at) => at <= (min ?? 100)) ?? 1;
  const to = DECADES.find((at) => at > from && at >= (max ?? 10_000)) ?? (max as number);
  return [from ** 2 / to, to];
}

/** Returns the middle of a logarithmic axis, or slightly less, because powers are not exact. */
function middle(min: number, max: number): number {
  return 0.99 * Math.sqrt(min * max);
}
