import { LitElement } from 'lit';

/**
 * A component that renders into the page's own DOM, so that Pico's styles and labels apply to it.
 */
export abstract class PageElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
