import { type Client, ProblemError, type StatusDocument, stringifyJson } from '../client/index.ts';
import type { Json } from '../client/types.ts';
import type { Memory } from './memory.ts';

const KEY = 'unanswered';

/** Older ones are given up: nobody fills in so many forms without an answer. */
const MOST = 20;

/** Refusals after which an earlier try, whose answer was lost, may still have been accepted. */
const UNSETTLED = new Set([401, 403, 408, 429]);

/**
 * Submissions whose answer has not come: their ids by their content. An id stands here before it is
 * sent, so that the same content, submitted again, also after a reload, is the same request. A tab
 * that is duplicated takes them along: in the copy the same content is the same request as well,
 * until an answer comes there.
 */
export class Unanswered {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** Whether this content was sent, and nobody knows whether it arrived. */
  has(type: string, input: Json): boolean {
    return this.#idOf(contentOf(type, input)) !== undefined;
  }

  /** Submits it, under the id that it was sent with before, if it was; throws as the client does. */
  async submit(client: Client, type: string, input: Json): Promise<StatusDocument> {
    const content = contentOf(type, input);
    const id = this.#idOf(content) ?? client.newId();
    this.#write([...this.#without(id), [id, content]]);
    try {
      const document = await client.submit(type, input, { id });
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

function contentOf(type: string, input: Json): string {
  return stringifyJson([type, input]);
}

/** Whether no try of a submission has been accepted, nor will be. */
function isRefusal(error: unknown): boolean {
  return error instanceof ProblemError && error.status < 500 && !UNSETTLED.has(error.status);
}

function isEntry(value: Json): value is [string, string] {
  const [id, content] = Array.isArray(value) ? value : [];
  return typeof id === 'string' && /^~?[\w-]{8,64}$/.test(id) && typeof content === 'string';
}
