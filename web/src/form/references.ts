import { stringifyJson } from '../client/json.ts';
import type { Json } from '../client/types.ts';
import { isObject, type Schema } from './fields.ts';

/**
 * The references of a schema to its own parts. All others are left to the server, and so are all
 * references of a schema with ids, which change what a reference means.
 */
export class References {
  readonly #schema: Schema;
  readonly #found = new Map<string, Schema | undefined>();
  #hasIds: boolean | undefined;

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  /** Returns the part that a `$ref` names; undefined if only the server can find it. */
  find(reference: Json): Schema | undefined {
    if (typeof reference !== 'string' || !/^#(?:\/|$)/.test(reference)) {
      return undefined;
    }
    if (!this.#found.has(reference)) {
      this.#hasIds ??= /"id":"/.test(stringifyJson(this.#schema));
      this.#found.set(reference, this.#hasIds ? undefined : this.#at(reference));
    }
    return this.#found.get(reference);
  }

  #at(reference: string): Schema | undefined {
    let part: Json | undefined = this.#schema as Json;
    for (const token of reference.split('/').slice(1)) {
      const name = decoded(token)?.replaceAll('~1', '/').replaceAll('~0', '~');
      part =
        name !== undefined && typeof part === 'object' && part !== null && Object.hasOwn(part, name)
          ? (part as { [key: string]: Json })[name]
          : undefined;
    }
    return isObject(part) ? part : undefined;
  }
}

/** Returns undefined for a text that is not percent-encoded correctly. */
function decoded(token: string): string | undefined {
  try {
    return decodeURIComponent(token);
  } catch {
    return undefined;
  }
}
