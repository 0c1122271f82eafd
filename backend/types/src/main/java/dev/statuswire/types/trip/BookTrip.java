package dev.statuswire.types.trip;

import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.RequestType;
import dev.statuswire.sdk.StepContext;
import dev.statuswire.sdk.StepFailed;
import dev.statuswire.types.trip.Trip.Part;

/**
 * The request type {@code book-trip}: books a flight, a hotel and a car. If one of them cannot be
 * booked, or the request is cancelled, the bookings before it are released.
 */
public final class BookTrip implements RequestType<Trip> {

    record Booking(String booked, String reference) {}

    @Override
    public Definition<Trip> define() {
        Definition.Builder<Trip> type =
                Definition.of("book-trip", Trip.class)
                        .title("Book a trip")
                        .description(
                                "Books a flight, a hotel and a car, or nothing. You can simulate a"
                                        + " failure.")
                        .example(
                                new Trip(
                                        "Berlin", "Lisbon", 3, new Trip.Simulate(null, null, 800)));
        for (Part part : Part.values()) {
            type.step(
                    part.word(),
                    Booking.class,
                    context -> book(part, context),
                    options -> options.undo((context, output) -> release(part, context)));
        }
        return type.build();
    }

    private static Booking book(Part part, StepContext<Trip> context)
            throws InterruptedException, StepFailed {
        Trip trip = context.input();
        Thread.sleep(trip.timeOfStep());
        if (trip.failsAt(part)) {
            throw new StepFailed("not-available", "Simulated failure: no " + part.word() + ".");
        }
        String what = describe(part, trip);
        Bookings.of(context).book(context.effectKey(), what);
        return new Booking(what, context.effectKey());
    }

    private static String describe(Part part, Trip trip) {
        return switch (part) {
            case FLIGHT -> "flight from " + trip.from() + " to " + trip.to();
            case HOTEL -> "hotel: " + trip.nights() + " nights in " + trip.to();
            case CAR -> "car in " + trip.to();
        };
    }

    private static void release(Part part, StepContext<Trip> context)
            throws InterruptedException, StepFailed {
        Trip trip = context.input();
        Bookings bookings = Bookings.of(context);
        String effectKey = context.effectKey(part.word());
        Thread.sleep(trip.timeOfStep());
        if (trip.failsToUndo(part) && bookings.countRelease(effectKey) == 1) {
            throw new StepFailed(
                    "not-released", "Simulated failure to release the " + part.word() + ".");
        }
        bookings.release(effectKey);
    }
}
