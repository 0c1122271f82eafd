import { expect, test } from 'vitest';
import { elementTypes } from '../../scripts/element-types.ts';
import { compilerMessages } from '../compiler.ts';

const PAGE = `
import { connect } from './statuswire.js';
import './statuswire-request.js';

const element = document.createElement('statuswire-request');
element.server = 'https://work.example.org';
element.request = null;
element.token = 'secret';
element.token = async () => 'secret';
element.client = connect('https://work.example.org');
element.token = 5;
`;

/** The last line is invalid and shows that the compiler checks the others. */
test('the types of the element fit to those of the client', () => {
  const files = {
    'element/page.ts': PAGE,
    'element/statuswire-request.d.ts': elementTypes(),
    'element/statuswire.d.ts': "export * from '../../src/client/index.ts';",
  };
  expect(compilerMessages(files)).toEqual([
    "Type '5' is not assignable to type 'string | TokenSource | undefined'.",
  ]);
});
