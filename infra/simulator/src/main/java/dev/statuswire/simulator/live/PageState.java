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
 * The state of a page: a Java port of the page's merge ({@code web/src/client/merge.ts}). A moment
 * counts arrivals. The result of a read is compared with what has arrived since the moment at which
 * the read started. A removed request leaves a tombstone, so that earlier pushes about it that
 * arrive late are ignored.
 */
final class PageState {

    private final TreeMap<String, Shown> documents = new TreeMap<>();
    private final Map<String, Observation> heard = new HashMap<>();
    private final List<Tombstone> removed = new ArrayList<>();
    private int moment;
    private int listed = -1;

    /** The parts of a document that the merge uses. */
    record Shown(
            String id,
            @Nullable String life,
            long version,
            boolean finished,
            @Nullable Instant createdAt) {

        private boolean isCreatedAfter(Shown other) {
            return isLater(createdAt, other.createdAt);
        }

        /** Returns whether both lives are known and differ. */
        private boolean isOtherLifeThan(Shown other) {
            return haveLives(life, other.life) && !Objects.equals(life, other.life);
        }

        /** Returns whether this is of another request. Without lives, {@code createdAt} decides. */
        private boolean isAnotherThan(Shown other) {
            return haveLives(life, other.life)
                    ? !Objects.equals(life, other.life)
                    : createdAt != null
                            && other.createdAt != null
                            && !createdAt.equals(other.createdAt);
        }
    }

    /**
     * When a request existed, and when its documents arrived, in moments.
     *
     * @param at the last moment at which the request is known to have existed
     * @param arrived when its last document arrived
     * @param disputed when a document of another life arrived; 0 if none did, or if a read has
     *     decided since
     */
    private record Observation(int at, int arrived, int disputed) {

        private static final Observation NEVER = new Observation(0, 0, 0);

        private Observation again(int at, int moment, int since) {
            return new Observation(Math.max(at, this.at), moment, disputed <= since ? 0 : disputed);
        }

        private Observation disputedAt(int moment) {
            return new Observation(at, arrived, moment);
        }
    }

    /** The last state of a removed request, and when its removal arrived. */
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
         * Returns whether a document belongs to the removed request. Lives decide if both are
         * known. Otherwise a document that was not created later belongs to it or to an earlier
         * request; if one of the creation times is unknown, a document without a higher version
         * does.
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

    /** Merges a complete read of the list, which started at {@code since}. */
    void listed(Set<String> ids, int since) {
        listed = Math.max(listed, since);
        drop(
                heard.entrySet().stream()
                        .filter(it -> it.getValue().at() <= since && !ids.contains(it.getKey()))
                        .map(Map.Entry::getKey)
                        .toList());
    }

    /**
     * Merges a pushed removal. If another life is known under the id, either of the two may be the
     * later one, and a read decides.
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
            heard.put(id, heard.getOrDefault(id, Observation.NEVER).disputedAt(moment));
        }
    }

    /** Merges a read that did not find the request. */
    void missing(String id) {
        drop(List.of(id));
    }

    /**
     * Returns the ids that must be read again, because the request is unfinished or two lives
     * dispute the id.
     */
    Set<String> unsettled() {
        var ids = new TreeSet<>(disputed());
        documents.values().stream().filter(it -> !it.finished()).forEach(it -> ids.add(it.id()));
        return ids;
    }

    /** Returns the ids under which another life has arrived and no read has decided since. */
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

    /**
     * Merges a document that a read found. A read that started after a removal arrived is right.
     */
    private void found(Shown document, int since) {
        removed.removeIf(it -> it.covers(document));
        take(document, since, since);
    }

    /**
     * Merges a document that has not been removed. If it has another life than the known document
     * of its id, a read that started after the known one last arrived is right. Otherwise the life
     * that was created later is kept, and is disputed until a read decides. A replaced life counts
     * as removed.
     *
     * @param at the moment at which the request certainly existed
     * @param since the moment at which the read that found it started; -1 for a push
     */
    private void take(Shown arrived, int at, int since) {
        String id = arrived.id();
        Shown known = documents.get(id);
        Observation last = heard.getOrDefault(id, Observation.NEVER);
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
        heard.put(id, new Observation(at, moment, isOpen ? moment : 0));
        bury(Tombstone.of(known, moment));
        documents.put(id, arrived);
    }

    /**
     * Keeps one tombstone for each life. Of two removals without a life, that of the request
     * created later counts.
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
