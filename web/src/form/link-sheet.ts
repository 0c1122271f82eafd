import type { FieldProblem } from '../client/problem.ts';
import type { LinkOptions, LinkTerms, RequestType } from '../client/types.ts';
import { scopeWord, upperCased } from '../shared/words.ts';
import { Sheet } from './sheet.ts';

/** What a link may allow. */
type Allowed = Pick<LinkTerms, 'scope' | 'step'>;

/** The form of a new link. */
export class LinkSheet extends Sheet {
  override readonly hasSeconds = false;
  readonly #choices: ReadonlyMap<string, Allowed>;

  /**
   * @param steps - the steps of the request's type that wait for answers
   * @param step - the step for which the link is, chosen at first; null for none
   */
  constructor(steps: readonly string[], step: string | null) {
    const choices = choicesFor(steps);
    const first = [...choices].find(([, it]) => step !== null && isFor(it, step, steps));
    super(typeOf([...choices.keys()], first?.[0]));
    this.#choices = choices;
  }

  /** What the user has entered. */
  get options(): LinkOptions {
    const { allows, ...entered } = this.filled.input as { allows: string };
    const allowed = this.#choices.get(allows) ?? { scope: 'watch', step: null };
    return { ...entered, ...allowed };
  }

  /** Records the server's errors. Those about the scope and the step belong to one field. */
  take(errors: readonly FieldProblem[]): void {
    this.refuse(
      errors.map(({ pointer, detail }) => ({
        pointer: /^\/(scope|step)$/.test(pointer) ? '/allows' : pointer,
        detail,
      })),
    );
  }
}

function choicesFor(steps: readonly string[]): Map<string, Allowed> {
  const answers = steps.length > 1 ? [...steps, null] : steps.map(() => null);
  const all: Allowed[] = [
    { scope: 'watch', step: null },
    ...answers.map((step) => ({ scope: 'answer' as const, step })),
  ];
  return new Map(all.map((allowed) => [upperCased(scopeWord(allowed)), allowed]));
}

/** Returns whether a choice is the narrowest with which a step can be answered. */
function isFor({ scope, step }: Allowed, wanted: string, steps: readonly string[]): boolean {
  return scope === 'answer' && (steps.length > 1 ? step === wanted : true);
}

function typeOf(choices: string[], first = choices[0] ?? ''): RequestType {
  return {
    name: 'link',
    title: '',
    description: '',
    steps: [],
    schema: {
      type: 'object',
      required: ['allows'],
      properties: {
        allows: { type: 'string', title: 'Anyone with the link can', enum: choices },
        label: {
          type: 'string',
          title: 'Label',
          description: 'For you, to tell your links apart.',
          maxLength: 100,
        },
        expiresAt: {
          type: 'string',
          format: 'date-time',
          title: 'Valid until',
          description: 'Without a time, the link is valid for 400 days.',
        },
        showsInput: { type: 'boolean', title: 'Show the input as well' },
      },
    },
    example: { allows: first },
  };
}
