package dev.statuswire.emulator.engine;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Makes DynamoDB Local's own clients behave as clients over a network do. Each request runs on a
 * separate thread. An interrupted caller gets an {@link AbortedException} at once and stays
 * interrupted, while the engine finishes the request; if the engine's thread were interrupted,
 * DynamoDB Local would treat that as an internal failure and swallow it. As over any network, an
 * interrupted write may have happened.
 */
final class InProcessClient<C extends SdkClient> extends InterceptedClient<C> {

    private final ExecutorService threads;

    private InProcessClient(C target, ExecutorService threads) {
        super(target);
        this.threads = threads;
    }

    static <C extends SdkClient> C of(Class<C> type, C target, ExecutorService threads) {
        return new InProcessClient<>(target, threads).as(type);
    }

    @Override
    Object send(SdkRequest request, Operation operation) {
        if (Thread.currentThread().isInterrupted()) {
            throw AbortedException.create("interrupted: " + name(request) + " was not sent");
        }
        return await(request, submit(operation));
    }

    private Future<Object> submit(Operation operation) {
        try {
            return threads.submit(() -> run(operation));
        } catch (RejectedExecutionException e) {
            throw SdkClientException.create("DynamoDB Local is closed", e);
        }
    }

    private static Object await(SdkRequest request, Future<Object> call) {
        try {
            return call.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AbortedException.create(
                    "interrupted: " + name(request) + " may have been executed", e);
        } catch (ExecutionException e) {
            throw ServiceErrors.toSdkException(e.getCause() == null ? e : e.getCause());
        }
    }

    private static Object run(Operation operation) throws Exception {
        try {
            return operation.invoke();
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static String name(SdkRequest request) {
        return request.getClass().getSimpleName();
    }
}
