package dev.statuswire.bench.drive;

import dev.statuswire.bench.type.BenchNote;
import dev.statuswire.core.json.Json;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpPut;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;

/** The calls of the API. Thread-safe; blocks. */
public final class Api implements AutoCloseable {

    /** Ids are in the order of time, as a client makes them that wants its list in order. */
    private static final AtomicLong NEXT = new AtomicLong(System.currentTimeMillis() << 20);

    private final URI page;
    private final Http http = new Http();
    private final StringEntity note;

    /** Of the runtime at {@code page}, which submits notes of {@value Note#LETTERS} letters. */
    public Api(URI page) {
        this(page, Note.LETTERS);
    }

    /** As {@link #Api(URI)}, with notes of so many letters. */
    public Api(URI page, int letters) {
        this.page = page;
        this.note = new StringEntity(content(letters), ContentType.APPLICATION_JSON);
    }

    private static String content(int letters) {
        return "{\"type\":\"%s\",\"input\":%s}".formatted(BenchNote.NAME, Note.input(letters));
    }

    /** An id that was never used before. */
    public static String newId() {
        return "bench-%016x".formatted(NEXT.getAndIncrement());
    }

    /** Submits a note. */
    public Http.Answer submit(String id) {
        var put = new HttpPut(page.resolve("/requests/" + id));
        put.setEntity(note);
        return http.send(put);
    }

    /** Reads a status, unless it still has this entity tag. */
    public Http.Answer status(String id, Optional<String> unless) {
        var get = new HttpGet(page.resolve("/status/" + id));
        unless.ifPresent(etag -> get.setHeader("If-None-Match", etag));
        return http.send(get);
    }

    /** Reads what {@code path} says. */
    public Http.Answer get(String path) {
        return http.send(new HttpGet(page.resolve(path)));
    }

    /** Where to open a socket, with a ticket in it. */
    URI liveUri() {
        Http.Answer answer = http.send(new HttpPost(page.resolve("/live/tickets")));
        return URI.create(
                Json.parse(answer.body())
                        .orElseThrow(() -> new IllegalStateException("no ticket: " + answer))
                        .path("url")
                        .textValue());
    }

    @Override
    public void close() {
        http.close();
    }
}
