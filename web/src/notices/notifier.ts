import { isFinished, type RequestType } from '../client/index.ts';
import { type SiteData, sharedData } from '../shared/site-data.ts';
import { isForYou } from '../shared/waits.ts';
import { titleOf } from '../shared/words.ts';
import { happened } from './announcer.ts';
import type { Transition } from './transitions.ts';

const KEY = 'statuswire.notify';

/** The browser functions that notifications use, which tests can replace. */
export interface Desktop {
  /** Null if the browser does not support notifications. */
  permission(): NotificationPermission | null;
  ask(): Promise<NotificationPermission>;
  isHidden(): boolean;
  /**
   * Shows a notification, which replaces an earlier one with the same tag.
   *
   * @returns a function that closes it
   */
  show(title: string, options: { body: string; tag: string }, onClick: () => void): () => void;
  /** Shows the page with the details of this request. */
  open(id: string): void;
  readonly storage: Pick<SiteData, 'getItem' | 'setItem' | 'removeItem'>;
}

/**
 * Shows a notification when a request finishes or waits for the user while the page is hidden, if
 * the user has turned this on.
 */
export class Notifier {
  readonly #desktop: Desktop;
  /** The functions that close the shown notifications, by their tags. */
  readonly #shown = new Map<string, () => void>();

  constructor(desktop: Desktop) {
    this.#desktop = desktop;
  }

  /**
   * The state: `on` and `off` can be toggled, `blocked` can be changed only in the browser's
   * settings.
   */
  get state(): 'on' | 'off' | 'blocked' | 'none' {
    const permission = this.#desktop.permission();
    if (permission === null) {
      return 'none';
    }
    if (permission === 'denied') {
      return 'blocked';
    }
    const wanted = this.#desktop.storage.getItem(KEY) !== null;
    return permission === 'granted' && wanted ? 'on' : 'off';
  }

  /** Turns notifications on, after asking the user for permission if necessary, or off. */
  async toggle(): Promise<void> {
    if (this.state === 'on') {
      this.#desktop.storage.removeItem(KEY);
    } else if ((await this.#desktop.ask()) === 'granted') {
      this.#desktop.storage.setItem(KEY, 'on');
    }
  }

  /**
   * Shows a notification for each transition to a finished status, or to a wait for the user.
   *
   * @param types - for the titles of requests
   */
  notify(transitions: readonly Transition[], types: readonly RequestType[]): void {
    if (this.state !== 'on' || !this.#desktop.isHidden()) {
      return;
    }
    for (const transition of transitions.filter(isNews)) {
      const { request } = transition;
      const title = `${titleOf(request.type, types)}: ${happened(transition)}`;
      const body = request.error?.message ?? request.waiting?.prompt ?? request.id;
      const options = { body, tag: request.id };
      const open = () => this.#desktop.open(request.id);
      this.#shown.set(request.id, this.#desktop.show(title, options, open));
    }
  }

  /** Closes all notifications, because another user may be next. */
  clear(): void {
    this.#shown.forEach((close) => close());
    this.#shown.clear();
  }
}

function isNews({ request }: Transition): boolean {
  return isFinished(request.status) || isForYou(request);
}

/** Returns the functions of the browser. */
export function desktop(): Desktop {
  const has = typeof globalThis.Notification === 'function';
  return {
    permission: () => (has ? Notification.permission : null),
    ask: () => Notification.requestPermission(),
    isHidden: () => document.visibilityState === 'hidden',
    show: (title, options, onClick) => {
      try {
        const notification = new Notification(title, options);
        notification.onclick = onClick;
        return () => notification.close();
      } catch (error) {
        console.debug('statuswire: could not show a notification', error);
        return () => {};
      }
    },
    open: (id) => {
      window.focus();
      location.hash = `#/requests/${id}`;
    },
    storage: sharedData,
  };
}
