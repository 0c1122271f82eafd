/**
 * Pushes frames to connections: {@link dev.statuswire.notifier.push.Pusher} takes one owner's
 * frames of one batch, {@code LiveConnection} is one connection, {@code GatewayCalls} bounds and
 * retries calls, {@code ConnectionGateway} makes one call.
 *
 * <p>The states of a connection, from the first batch that has a frame for it:
 *
 * <pre>{@code
 * UNPROVEN ─────── any response ──────► ANSWERING
 * 1 call at a time                      4 calls at a time
 *    │                                      │
 *    ├────────── no response in time ───────┤
 *    │                                      ▼
 *    │                                   SILENT ◄────────────────────────┐
 *    │                                   no frame is sent any more       │
 *    │                                      │                            │
 *    │  410                                 │                            │
 *    ├──────────────────────────► ENDED     │                            │
 *    │                              ▲       │                            │
 *    │  busy three times, refused,  │       │                            │
 *    │  or 20 s of calls in a batch │       │                            │
 *    └──────────────► close ◄───────│───────┘                            │
 *                       │           │                                    │
 *                       ├─ done, or 410: its row is deleted; its page    │
 *                       │  connects again and reads the list             │
 *                       │                                                │
 *                       ├─ busy ────► OWED      the batch is redelivered │
 *                       │                                                │
 *                       ├─ silent ──► UNCLOSED  the batch is redelivered │
 *                       │             only if no other connection        │
 *                       │             responded; else the next batch ────┘
 *                       │             does nothing but close it
 *                       │
 *                       └─ refused ─► HOPELESS  logged; no retry can help
 * }</pre>
 *
 * <p>After OWED, UNCLOSED and HOPELESS the row stays, because the page believes that it is
 * subscribed. The next batch starts over with the connection: in SILENT after UNCLOSED, otherwise
 * in UNPROVEN.
 *
 * <p>What holds for every batch:
 *
 * <ul>
 *   <li>The frames of one request reach a connection in their order. After the first one that could
 *       not be pushed, no later one is.
 *   <li>A connection that is slow or broken delays no other one. It costs its batch at most 20 s of
 *       calls, and a single call if the gateway did not respond in time.
 *   <li>At most 128 calls of a process are under way.
 *   <li>If the gateway is slow for all connections, a call without a response says nothing about
 *       its connection. Such a call counts as busy.
 * </ul>
 */
@NullMarked
package dev.statuswire.notifier.push;

import org.jspecify.annotations.NullMarked;
