import { type Json, stringifyJson } from '../client/index.ts';

/**
 * A page for any other site that submits this content and shows how it goes. What could end its
 * script is written as JSON escapes. An input that means something else in JavaScript than in JSON
 * (a number with more digits, a member called `__proto__`) is read from JSON.
 *
 * @param server - its URL, with a slash at the end
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
