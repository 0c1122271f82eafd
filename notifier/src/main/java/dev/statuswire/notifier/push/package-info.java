/**
 * Pushes frames to connections: {@link dev.statuswire.notifier.push.Pusher} takes one topic's
 * frames of one batch, {@code LiveConnection} is one connection, {@code RetryingGateway} limits and
 * retries calls, {@code ConnectionGateway} makes one call.
 *
 * <p>The states of a connection, from the first batch that has a frame for it:
 *
 * <pre>{@code
 * UNTESTED ─────── any response ──────► RESPONSIVE
 * 1 call at a time                      4 calls at a time
 *    │                                      │
 *    ├────────── no response in time ───────┤
 *    │                                      ▼
 *    │                                   SILENT ◄──────────────────────────────┐
 *    │                                   no more frames are sent               │
 *    │                                      │                                  │
 *    │  410                                 │                                  │
 *    ├──────────────────────────► ENDED     │                                  │
 *    │                              ▲       │                                  │
 *    │  busy three times, refused,  │       │                                  │
 *    │  or 20 s of calls in a batch │       │                                  │
 *    └──────────────► close ◄───────│───────┘                                  │
 *                       │           │                                          │
 *                       ├─ done, or 410: its row is deleted; its page          │
 *                       │  reconnects and reads the list                       │
 *                       │                                                      │
 *                       ├─ busy ────► CLOSE_BUSY     the batch is redelivered  │
 *                       │                                                      │
 *                       ├─ silent ──► CLOSE_SILENT   the batch is redelivered  │
 *                       │             only if no other connection responded;   │
 *                       │             otherwise the next batch only closes it ─┘
 *                       │
 *                       └─ refused ─► CLOSE_REFUSED  logged; no retry can help
 * }</pre>
 *
 * <p>After CLOSE_BUSY, CLOSE_SILENT and CLOSE_REFUSED the row stays, because the page believes that
 * it is subscribed. The next batch starts over with the connection: in SILENT after CLOSE_SILENT,
 * otherwise in UNTESTED.
 *
 * <p>For every batch:
 *
 * <ul>
 *   <li>The frames of one request reach a connection in order. After the first frame that could not
 *       be pushed, no later frame is pushed.
 *   <li>A connection that is slow or broken does not delay others. It costs its batch at most 20 s
 *       of calls, and a single call if the gateway did not respond in time.
 *   <li>A process makes at most 128 calls at once.
 *   <li>If the gateway is slow for all connections, a call without a response indicates nothing
 *       about its connection. Such a call counts as busy.
 * </ul>
 */
@NullMarked
package dev.statuswire.notifier.push;

import org.jspecify.annotations.NullMarked;
