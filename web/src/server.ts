/** The URL of the server, without a slash at the end: the folder that this page came from. */
export const serverUrl = (): string => new URL('.', location.href).href.slice(0, -1);
