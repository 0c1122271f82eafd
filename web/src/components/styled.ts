import { noChange } from 'lit';
import { directive, Directive, type ElementPart } from 'lit/directive.js';

/**
 * Sets a CSS property of the element it stands in, through the element's own style object: a style
 * attribute, which is what Lit's styleMap begins with, is forbidden by the page's policy.
 */
class Styled extends Directive {
  override render(_property: string, _value: string): unknown {
    return noChange;
  }

  override update({ element }: ElementPart, [property, value]: [string, string]): unknown {
    (element as HTMLElement).style.setProperty(property, value);
    return noChange;
  }
}

/** `<li ${styled('top', '3rem')}>` */
export const styled = directive(Styled);
