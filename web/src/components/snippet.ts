import { type Json, stringifyJson } from '../client/index.ts';

/**
 * Returns a page for any other site that submits this content and shows its status. Text that could
 * end the page's script is written as JSON escapes. If an input has another meaning in JavaScript
 * than in JSON (a number with more digits, a member called `__proto__`), the page parses it from
 * JSON.
 *
 * @param server - the server's URL, with a slash at the end
 */
export function page(server: URL, type: string, input: Json): string {
  const literal = (value: Json) => stringifyJson(value).replaceAll('<', '\\u003c');
  const json = stringifyJson(input);
  const isScript = JSON.stringify(JSON.parse(json)) === json && !json.includes('__proto__');
  const [imports, content] = isScript
    ? ['connect', literal(input)]
    : ['connect, parseJson', `parseJson(${literal(json)})`];
  return `<!doctype html>
<meta charset="utf-8" />
<button>Submit</button> <output></output>
<script type="module">
  import { ${imports} } from '${server}client/statuswire.js';
  const client = connect('${server}');
  const output = document.querySelector('output');
  document.querySelector('button').onclick = async () => {
    try {
      const { id } = await client.submit(${literal(type)}, ${content});
      for await (const { status, progress } of client.watch(id)) {
        output.value = \`\${status} \${progress?.message ?? ''}\`;
      }
    } catch (error) {
      output.value = error.message;
    }
  };
</script>
`;
}
