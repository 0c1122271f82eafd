package dev.statuswire.simulator.live;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a page knows: the page's own merge ({@code web/src/client/merge.ts}) in Java. A moment
 * counts arrivals; what a read brings is weighed against what came since the moment it was started
 * at. What is removed leaves a tombstone, so that what was pushed of it before, and comes after, is
 * left out.
 */
final class PageState {

    private final TreeMap<String, Shown> documents = new TreeMap<>();
    private final Map<String, Heard> heard = new HashMap<>();
    private final List<Tombstone> removed = new ArrayList<>();
    private int moment;
    private int listed = -1;

    /** What of a document counts here. */
    record Shown(
            String id,
            @Nullable String life,
            long version,
            boolean finished,
            @Nullable Instant createdAt) {

        private boolean isCreatedAfter(Shown other) {
            return isLater(createdAt, other.createdAt);
        }

        /** Whether the lives are known and differ. */
        private boolean isOtherLifeThan(Shown other) {
            return haveLives(life, other.life) && !Objects.equals(life, other.life);
        }

        /** Whether this is of another request. Without lives {@code createdAt} tells. */
        private boolean isAnotherThan(Shown other) {
            return haveLives(life, other.life)
                    ? !Objects.equals(life, other.life)
                    : createdAt != null
                            && other.createdAt != null
                            && !createdAt.equals(other.createdAt);
        }
    }

    /**
     * When a request was there, and when its documents arrived, in moments.
     *
     * @param at the last at which it is known to have been there
     * @param arrived when its last document arrived
     * @param disputed when a document of another life arrived and no read has decided since; 0 if
     *     none did
     */
    private record Heard(int at, int arrived, int disputed) {

        private static final Heard NEVER = new Heard(0, 0, 0);

        private Heard again(int at, int moment, int since) {
            return new Heard(Math.max(at, this.at), moment, disputed <= since ? 0 : disputed);
        }

        private Heard disputedAt(int moment) {
            return new Heard(at, arrived, moment);
        }
    }

    /** The last of a request that is gone, and when it was heard. */
    private record Tombstone(
            String id,
            @Nullable String life,
            long version,
            @Nullable Instant createdAt,
            int moment) {

        private static Tombstone of(Shown last, int moment) {
            return new Tombstone(last.id(), last.life(), last.version(), last.createdAt(), moment);
        }

        /**
         * Whether a document belongs to the removed request. Lives decide if both are known.
         * Otherwise a document that was not created later belongs to it or to a request before it;
         * if one of the times of creation is not known, a document of no higher version does.
         */
        private boolean covers(Shown document) {
            if (!id.equals(document.id())) {
                return false;
            }
            if (haveLives(life, document.life())) {
                return Objects.equals(life, document.life());
            }
            return (createdAt == null || document.createdAt() == null)
                    ? document.version() <= version
                    : !document.createdAt().isAfter(createdAt);
        }

        private boolean isOfOtherLifeThan(Shown document) {
            return haveLives(life, document.life()) && !Objects.equals(life, document.life());
        }

        private boolean isOfTheLifeOf(Tombstone other) {
            return id.equals(other.id) && Objects.equals(life, other.life);
        }
    }

    int moment() {
        return moment;
    }

    Map<String, Shown> documents() {
        return documents;
    }

    void pushed(Shown document) {
        moment++;
        if (!isGone(document)) {
            take(document, moment, -1);
        }
    }

    void read(List<Shown> arrived, int since) {
        List<Shown> there = arrived.stream().filter(it -> !isOutdated(it, since)).toList();
        moment++;
        there.forEach(document -> found(document, since));
    }

    /** A read of everything, started at {@code since}, is complete. */
    void listed(Set<String> ids, int since) {
        listed = Math.max(listed, since);
        drop(
                heard.entrySet().stream()
                        .filter(it -> it.getValue().at() <= since && !ids.contains(it.getKey()))
                        .map(Map.Entry::getKey)
                        .toList());
    }

    /**
     * It was pushed that a request is gone. If another life is known under the id, either of the
     * two may be the later one: a read decides.
     */
    void removed(String id, @Nullable String life, long version, @Nullable Instant createdAt) {
        moment++;
        var tombstone = new Tombstone(id, life, version, createdAt, moment);
        bury(tombstone);
        Shown known = documents.get(id);
        if (known == null) {
            return;
        }
        if (tombstone.covers(known)) {
            forget(id);
        } else if (tombstone.isOfOtherLifeThan(known)) {
            heard.put(id, heard.getOrDefault(id, Heard.NEVER).disputedAt(moment));
        }
    }

    /** A read did not find it. */
    void missing(String id) {
        drop(List.of(id));
    }

    /**
     * Those that must be read again: there is more of them to come, or two lives dispute the id.
     */
    Set<String> unsettled() {
        var ids = new TreeSet<>(disputed());
        documents.values().stream().filter(it -> !it.finished()).forEach(it -> ids.add(it.id()));
        return ids;
    }

    /** Those under whose id another life was shown, while no read has decided since. */
    Set<String> disputed() {
        return heard.entrySet().stream()
                .filter(it -> it.getValue().disputed() > 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean isGone(Shown document) {
        return isGoneSince(0, document);
    }

    private boolean isGoneSince(int moment, Shown document) {
        return removed.stream().anyMatch(it -> it.moment() > moment && it.covers(document));
    }

    private boolean isOutdated(Shown document, int since) {
        return isGoneSince(since, document)
                || (since <= listed && !documents.containsKey(document.id()));
    }

    /** A read that was started after it was heard to be gone is right. */
    private void found(Shown document, int since) {
        removed.removeIf(it -> it.covers(document));
        take(document, since, since);
    }

    /**
     * Takes in what is not gone. If it has another life than the known document of its id, a read
     * that was started after the known one last arrived is right. Otherwise the life that was
     * created later is kept, and is disputed until a read decides. A replaced life counts as gone.
     *
     * @param at the moment at which it was certainly there
     * @param since the moment at which the read was started that brought it; -1 for a push
     */
    private void take(Shown arrived, int at, int since) {
        String id = arrived.id();
        Shown known = documents.get(id);
        Heard last = heard.getOrDefault(id, Heard.NEVER);
        if (known == null || !arrived.isOtherLifeThan(known)) {
            heard.put(id, last.again(at, moment, since));
            documents.merge(id, arrived, PageState::newer);
            return;
        }
        boolean isOpen = last.arrived() > since;
        if (isOpen && !arrived.isCreatedAfter(known)) {
            heard.put(id, last.disputedAt(moment));
            return;
        }
        heard.put(id, new Heard(at, moment, isOpen ? moment : 0));
        bury(Tombstone.of(known, moment));
        documents.put(id, arrived);
    }

    /**
     * A life is removed once. Of two removals without a life the one of what was created later
     * counts.
     */
    private void bury(Tombstone tombstone) {
        Tombstone last =
                removed.stream()
                        .filter(it -> it.isOfTheLifeOf(tombstone))
                        .filter(it -> isLater(it.createdAt(), tombstone.createdAt()))
                        .findFirst()
                        .orElse(tombstone);
        removed.removeIf(it -> it.isOfTheLifeOf(tombstone));
        removed.add(last);
    }

    private void drop(List<String> ids) {
        moment++;
        for (String id : ids) {
            Shown last = documents.get(id);
            if (last != null) {
                bury(Tombstone.of(last, moment));
            }
            forget(id);
        }
    }

    private void forget(String id) {
        documents.remove(id);
        heard.remove(id);
    }

    private static Shown newer(Shown known, Shown arrived) {
        if (arrived.isAnotherThan(known)) {
            return arrived.isCreatedAfter(known) ? arrived : known;
        }
        return arrived.version() > known.version() ? arrived : known;
    }

    private static boolean haveLives(@Nullable String one, @Nullable String other) {
        return one != null && other != null;
    }

    private static boolean isLater(@Nullable Instant one, @Nullable Instant other) {
        return one != null && other != null && one.isAfter(other);
    }
}
