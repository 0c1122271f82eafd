import type { FieldProblem } from '../client/problem.ts';
import type { Json, RequestType } from '../client/types.ts';
import { memberOf } from './fields.ts';
import { Sheet } from './sheet.ts';

/** When to start a request, as the user has entered it. Times are RFC 3339 in UTC. */
export interface Schedule {
  readonly notBefore?: string;
  readonly notAfter?: string;
}

/** A type that has the times as its input, so that their form is a sheet like any other. */
const TIMES: RequestType = {
  name: 'schedule',
  title: '',
  description: '',
  steps: [],
  schema: {
    type: 'object',
    properties: {
      notBefore: {
        type: 'string',
        format: 'date-time',
        title: 'Start at',
        description: 'Without a time, the request starts now.',
      },
      notAfter: {
        type: 'string',
        format: 'date-time',
        title: 'No later than',
        description: 'If the request has not started by then, it fails.',
      },
    },
  },
};

/** The form of the times at which a request may start. */
export class ScheduleSheet extends Sheet {
  override readonly hasSeconds = false;

  /** @param draft - the {@link draft} from before a reload, or any other value */
  constructor(draft?: Json) {
    super(TIMES, draft);
  }

  get schedule(): Schedule {
    return this.filled.input as Schedule;
  }

  /** Submits the times at `now`, and returns whether they are valid. */
  isValid(now: number): boolean {
    if (this.submit().errors.length > 0) {
      return false;
    }
    const { notBefore, notAfter } = this.schedule;
    const start = notBefore === undefined ? now : Date.parse(notBefore);
    const isLate = notAfter !== undefined && !(Date.parse(notAfter) > start);
    if (isLate) {
      this.refuse([{ pointer: '/notAfter', detail: 'This is not later than the start.' }]);
    }
    return !isLate;
  }

  /** Records the server's errors in the times, and returns the other errors. */
  take(errors: readonly FieldProblem[]): FieldProblem[] {
    const isOwn = ({ pointer }: FieldProblem) =>
      memberOf(TIMES.schema.properties, pointer.slice(1));
    this.refuse(errors.filter(isOwn));
    return errors.filter((error) => !isOwn(error));
  }
}
