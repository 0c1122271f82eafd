package dev.statuswire.simulator.site;

/** What runs. */
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
