package dev.statuswire.emulator.gateway;

import dev.statuswire.emulator.gateway.SocketBytes.Frame;
import dev.statuswire.emulator.time.Await;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A WebSocket client that reads single frames and can stop reading. */
final class RawClient implements AutoCloseable {

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;

    /**
     * Connects without a handshake.
     *
     * @param receiveBuffer the socket's receive buffer, in bytes; 0 for the default
     */
    RawClient(int port, int receiveBuffer) {
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(30_000);
            in = new DataInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Connects and performs the handshake. Fails if the response is not 101. */
    static RawClient open(int port, int receiveBuffer) {
        RawClient client = new RawClient(port, receiveBuffer);
        String response = client.shakeHands("");
        if (!response.startsWith("HTTP/1.1 101 ")) {
            throw new AssertionError(response);
        }
        return client;
    }

    /** Performs the handshake and returns the head of the response, up to the empty line. */
    String shakeHands(String moreHeaders) {
        sendHandshake(moreHeaders);
        return readHead();
    }

    void sendHandshake(String moreHeaders) {
        write(SocketBytes.handshake("/live", moreHeaders));
    }

    /** Sends a request and returns the head of the response. */
    String exchange(String request) {
        write(request.getBytes(StandardCharsets.US_ASCII));
        return readHead();
    }

    private void write(byte[] bytes) {
        try {
            out.write(bytes);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private String readHead() {
        try {
            return SocketBytes.readHead(in);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void send(int opCode, boolean last, byte[] payload) {
        write(SocketBytes.frame((last ? SocketBytes.LAST : 0) | opCode, payload));
    }

    Frame read() {
        try {
            return SocketBytes.readFrame(in);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Reads until the stream ends. Returns whether it ended in time. */
    boolean endsWithin(int millis) {
        try {
            socket.setSoTimeout(millis);
            byte[] sink = new byte[64 * 1024];
            while (in.read(sink) >= 0) {}
            return true;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Waits until the server has disconnected, which it detects by writing only. */
    boolean isCutOff() {
        Await.until("disconnected", this::cannotWrite);
        return true;
    }

    private boolean cannotWrite() {
        try {
            out.write(0);
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
