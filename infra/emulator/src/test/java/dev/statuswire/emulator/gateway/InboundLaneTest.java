package dev.statuswire.emulator.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InboundLaneTest {

    private final Deque<Runnable> runs = new ArrayDeque<>();
    private final List<String> log = new ArrayList<>();
    private final InboundLane lane = new InboundLane(runs::add, 10);

    private void add(String name, int weight) {
        lane.add(weight, () -> log.add(name), () -> log.add("room after " + name));
    }

    private void runAll() {
        Optional.ofNullable(runs.poll()).ifPresent(Runnable::run);
    }

    @Test
    void tasks_run_in_order_on_one_run_of_the_executor() {
        add("a", 1);
        add("b", 1);
        assertThat(runs).hasSize(1);
        runAll();
        assertThat(log).containsExactly("room after a", "room after b", "a", "b");
        add("c", 1);
        assertThat(runs).hasSize(1);
    }

    @Test
    void room_is_announced_only_after_enough_tasks_have_run() {
        add("a", 4);
        add("b", 8);
        assertThat(log).containsExactly("room after a");
        runAll();
        assertThat(log).containsExactly("room after a", "a", "room after b", "b");
    }

    @Test
    void a_task_over_the_limit_leaves_room_once_it_has_run() {
        add("a", 100);
        assertThat(log).isEmpty();
        runAll();
        assertThat(log).containsExactly("a", "room after a");
    }

    @Test
    void a_failing_task_does_not_stop_the_lane() {
        lane.add(
                1,
                () -> {
                    throw new IllegalStateException("broken");
                },
                () -> {});
        add("b", 1);
        runAll();
        assertThat(log).contains("b");
    }
}
