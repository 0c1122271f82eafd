package dev.statuswire.emulator.gateway;

/** One open WebSocket, as far as sending on it goes. Never blocks. */
interface FragmentSender {

    /**
     * Sends one fragment of a text message. The next call comes only after {@code whenSent}, so
     * that one frame at most is on its way.
     *
     * @param whenSent called once if the fragment was handed to the network
     * @param whenFailed called once if it could not be: the socket is of no more use
     */
    void send(OutboundBuffer.Fragment fragment, Runnable whenSent, Runnable whenFailed);

    /** Sends a close frame; the client's answer ends the connection. */
    void close(CloseReason reason);

    /** Ends the connection at once, without a word. Can be repeated. */
    void disconnect();
}
