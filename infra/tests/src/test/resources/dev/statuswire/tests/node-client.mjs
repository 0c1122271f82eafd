// Submits, watches, lists, cancels and retries requests, and prints a line for everything that it sees.
import { connect } from 'https://work.example.org/client/statuswire.js';

const client = connect('https://work.example.org');
client.onConnection(({ state }) => console.log(`connection ${state}`));
await client.ready;
console.log(`connection ${client.state}`);

const order = { dish: 'steak', quantity: 1, simulate: { cookMillis: 3000 } };
const { id } = await client.submit('place-order', order);
for await (const request of client.watch(id)) {
  console.log(`watched ${request.status} version ${request.version}`);
}

const cancelled = await client.submit('place-order', order);
await client.cancel(cancelled.id);
for await (const { status } of client.watch(cancelled.id)) {
  console.log(`cancelling ${status}`);
}
const listed = async (status) => (await client.list({ status })).requests.map((it) => it.id);
console.log(`listed ${(await listed('SUCCEEDED')).includes(id)} ${(await listed('CANCELLED')).includes(cancelled.id)}`);
console.log(`not listed ${(await listed('SUCCEEDED')).includes(cancelled.id)}`);

console.log(`retried ${(await client.retry(cancelled.id)).status}`);
for await (const { status } of client.watch(cancelled.id)) {
  console.log(`retrying ${status}`);
}
client.close();
