import type { Json } from '../client/index.ts';

/**
 * A page for any other site that submits this content and shows how it goes. What could end its
 * script is written as JSON escapes.
 */
export function page(origin: string, type: string, input: Json): string {
  const literal = (value: Json) => JSON.stringify(value).replaceAll('<', '\\u003c');
  return `<!doctype html>
<meta charset="utf-8" />
<button>Submit</button> <output></output>
<script type="module">
  import { connect } from '${origin}/client/statuswire.js';
  const client = connect('${origin}');
  const output = document.querySelector('output');
  document.querySelector('button').onclick = async () => {
    try {
      const { id } = await client.submit(${literal(type)}, ${literal(input)});
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
