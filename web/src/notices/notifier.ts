import { isFinished, type RequestType } from '../client/index.ts';
import { type SiteData, sharedData } from '../site-data.ts';
import { statusInSentence, titleOf } from '../words.ts';
import type { Transition } from './transitions.ts';

const KEY = 'statuswire.notify';

/** What notifying takes from the browser, so that a test can give its own. */
export interface Desktop {
  /** Null where there are no notifications. */
  permission(): NotificationPermission | null;
  ask(): Promise<NotificationPermission>;
  isHidden(): boolean;
  /**
   * Shows a notification; one of the same tag takes the place of the other.
   *
   * @returns a function that takes it away
   */
  show(title: string, options: { body: string; tag: string }, onClick: () => void): () => void;
  /** Shows the page, with this request open. */
  open(id: string): void;
  readonly storage: Pick<SiteData, 'getItem' | 'setItem' | 'removeItem'>;
}

/** Tells a person who looks elsewhere that a request is finished, if they want to be told. */
export class Notifier {
  readonly #desktop: Desktop;
  /** How to take away what was shown, by its tag. */
  readonly #shown = new Map<string, () => void>();

  constructor(desktop: Desktop) {
    this.#desktop = desktop;
  }

  /** `on` and `off` can be changed here, `blocked` only in the browser's settings. */
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

  /** Turns it on, asking the person where the browser wants that, or off. */
  async toggle(): Promise<void> {
    if (this.state === 'on') {
      this.#desktop.storage.removeItem(KEY);
    } else if ((await this.#desktop.ask()) === 'granted') {
      this.#desktop.storage.setItem(KEY, 'on');
    }
  }

  /** @param types - for the titles of requests */
  tell(transitions: readonly Transition[], types: readonly RequestType[]): void {
    if (this.state !== 'on' || !this.#desktop.isHidden()) {
      return;
    }
    for (const { request } of transitions.filter(({ request }) => isFinished(request.status))) {
      const title = `${titleOf(request.type, types)}: ${statusInSentence(request.status)}`;
      const body = request.error?.message ?? request.id;
      const options = { body, tag: request.id };
      const open = () => this.#desktop.open(request.id);
      this.#shown.set(request.id, this.#desktop.show(title, options, open));
    }
  }

  /** Takes away every notification that it has shown: another person may be next. */
  clear(): void {
    this.#shown.forEach((close) => close());
    this.#shown.clear();
  }
}

/** The browser's own. */
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
        console.debug('statuswire: this browser has notifications of workers only', error);
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
