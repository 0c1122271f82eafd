import { type Client, ProblemError, type StatusDocument, stringifyJson } from '../client/index.ts';
import type { Json } from '../client/types.ts';
import type { Memory } from './memory.ts';
import type { Schedule } from './schedule.ts';

const KEY = 'unanswered';

/** How many submissions are kept. A user rarely submits this many without a response. */
const MOST = 20;

/** Refusals after which an earlier try, whose response was lost, may still have been accepted. */
const UNSETTLED = new Set([401, 403, 408, 429]);

/**
 * Submissions without a response: their ids and contents. An id is stored before it is sent, so
 * that submitting the same content again, even after a reload, uses the same id. A duplicated tab
 * gets a copy of this data, so there, too, the same content uses the same id until there is a
 * response.
 */
export class Unconfirmed {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** Returns whether this content was sent and the server has not confirmed it. */
  has(type: string, input: Json, schedule: Schedule = {}): boolean {
    return this.#idOf(contentOf(type, input, schedule)) !== undefined;
  }

  /**
   * Submits this content, with the same id as before if it was sent already. Throws the client's
   * errors.
   */
  async submit(
    client: Client,
    type: string,
    input: Json,
    schedule: Schedule = {},
  ): Promise<StatusDocument> {
    const content = contentOf(type, input, schedule);
    const id = this.#idOf(content) ?? client.newId();
    this.#write([...this.#without(id), [id, content]]);
    try {
      const document = await client.submit(type, input, { ...schedule, id });
      this.#write(this.#without(id));
      return document;
    } catch (error) {
      if (isRefusal(error)) {
        this.#write(this.#without(id));
      }
      throw error;
    }
  }

  #idOf(content: string): string | undefined {
    return this.#all().find(([, other]) => other === content)?.[0];
  }

  #without(id: string): [string, string][] {
    return this.#all().filter(([other]) => other !== id);
  }

  #write(entries: [string, string][]): void {
    this.#memory.write(KEY, entries.slice(-MOST));
  }

  #all(): [string, string][] {
    const kept = this.#memory.read(KEY);
    return Array.isArray(kept) ? kept.filter(isEntry) : [];
  }
}

function contentOf(type: string, input: Json, { notBefore, notAfter }: Schedule): string {
  const times = notBefore || notAfter ? [notBefore ?? null, notAfter ?? null] : [];
  return stringifyJson([type, input, ...times]);
}

/** Returns whether an error means that no try of a submission was accepted or will be. */
function isRefusal(error: unknown): boolean {
  return error instanceof ProblemError && error.status < 500 && !UNSETTLED.has(error.status);
}

function isEntry(value: Json): value is [string, string] {
  const [id, content] = Array.isArray(value) ? value : [];
  return typeof id === 'string' && /^~?[\w-]{8,64}$/.test(id) && typeof content === 'string';
}
