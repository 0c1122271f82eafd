import { LitElement } from 'lit';

/** A component in the page's own DOM, so that Pico's styles and labels reach into it. */
export abstract class PageElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
