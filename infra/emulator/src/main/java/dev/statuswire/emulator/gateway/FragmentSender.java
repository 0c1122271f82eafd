package dev.statuswire.emulator.gateway;

/** Sends on one open WebSocket. No method blocks. */
interface FragmentSender {

    /**
     * Sends one fragment of a text message. The caller sends the next one only after {@code
     * whenSent}, so at most one frame is in flight.
     *
     * @param whenSent called once if the fragment was written to the network
     * @param whenFailed called once if writing failed; the socket is then unusable
     */
    void send(OutboundBuffer.Fragment fragment, Runnable whenSent, Runnable whenFailed);

    /** Sends a close frame. The client's close frame then ends the connection. */
    void close(CloseReason reason);

    /** Disconnects at once, without a close frame. Idempotent. */
    void disconnect();
}
