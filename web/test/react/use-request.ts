import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { Client } from 'statuswire';

/** Returns the newest document of a request, or the reason why it cannot be read. */
export function useRequest(client: Client, id: string) {
  const subscribe = useCallback(
    (changed: () => void) => {
      const listen = (ids: readonly string[]) => ids.includes(id) && changed();
      const ends = [client.keep(id), client.onRequests(listen)];
      return () => ends.forEach((end) => end());
    },
    [client, id],
  );
  const read = () => client.request(id);
  const request = useSyncExternalStore(subscribe, read, () => undefined);
  const [failure, setFailure] = useState<{ client: Client; id: string; error: unknown }>();
  useEffect(() => {
    let isCurrent = true;
    const documents = client.watch(id); // Waits for the first document, or a permanent error.
    documents.next().then(
      () => documents.return(),
      (error) => isCurrent && setFailure({ client, id, error }),
    );
    return () => void (isCurrent = false);
  }, [client, id]);
  const isFailed = !request && failure?.client === client && failure.id === id;
  return { request, error: isFailed ? failure.error : null };
}
