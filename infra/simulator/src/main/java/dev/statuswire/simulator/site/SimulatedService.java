package dev.statuswire.simulator.site;

/** The services of the system. */
enum SimulatedService {
    API,
    PROCESSOR,
    WORKER,
    SWEEPER,
    TIMER,
    NOTIFIER,
    LIVE,
    MAPPINGS
}
