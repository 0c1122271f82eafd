import { html, type TemplateResult } from 'lit';
import type { StatusDocument } from '../client/index.ts';
import { type Confirmation, confirmation } from './confirm.ts';

/** What the button needs in addition to its request. */
export interface DeletionContext extends Pick<Confirmation, 'isBlocked' | 'isBusy' | 'confirmed'> {
  /** The title of the request's type. */
  readonly title: string;
}

/** Renders the button that deletes a request, and the dialog that asks the user to confirm it. */
export function deletion(
  { id }: StatusDocument,
  { title, ...context }: DeletionContext,
): TemplateResult {
  return confirmation({
    ...context,
    id: 'delete',
    label: 'Delete',
    name: 'Delete',
    question: 'Delete this request?',
    what: html`<bdi>${title}</bdi>, <code>${id}</code>. Its input, result and history are deleted as
      well. You cannot restore a deleted request.`,
    value: 'delete',
    confirm: 'Delete it',
  });
}
