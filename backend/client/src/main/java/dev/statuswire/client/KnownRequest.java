package dev.statuswire.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one {@link Watch} knows about one id: the newest document that it has reported, or a
 * removal. Decides whether an arrival is newer. Belongs to the thread of the {@link EventLoop}.
 *
 * <p>Versions order the documents of one life. A push cannot decide between two lives, or between a
 * life and a removal of another one, so the client reads the status again; a read is right if it
 * started after everything else had arrived. Times are <i>moments</i>, which count arrivals.
 */
final class KnownRequest {

    /** What an arrival means for the listener. */
    enum Verdict {
        /** Nothing new. */
        NOTHING,
        /** The document is newer than the reported one. */
        CHANGED,
        /** The document belongs to another request, which now has the id. */
        REPLACED,
        /** The request no longer exists, or never did. */
        REMOVED
    }

    private @Nullable String life;
    private @Nullable Instant createdAt;

    /** The version of the newest document; 0 if there was none. */
    private long version;

    private boolean finished;
    private boolean gone;
    private boolean reported;

    /** When the newest document or the removal arrived. */
    private long arrivedAt;

    /** When something arrived that only a later read can decide. */
    private long doubtfulSince;

    private boolean mustRead;

    /** Creates an id of which nothing is known. */
    static KnownRequest unknown() {
        return new KnownRequest();
    }

    /** Creates an id of which nothing is known, and which must be read. */
    static KnownRequest unread() {
        KnownRequest request = new KnownRequest();
        request.mustRead = true;
        return request;
    }

    /** Returns whether the client must read the status as soon as possible. */
    boolean mustRead() {
        return mustRead;
    }

    /** Returns whether the request may still change without a user's retry. */
    boolean isUnfinished() {
        return !finished && !gone;
    }

    /** Returns whether a document of the request was reported. */
    boolean isReported() {
        return reported;
    }

    /** Returns whether the request exists and its newest document arrived by this moment. */
    boolean existedAt(long moment) {
        return version > 0 && !gone && arrivedAt <= moment;
    }

    /**
     * Returns whether the client may forget the request: it is gone, or finished and no longer in
     * the loaded part of the list, and nothing about it has arrived since this moment.
     */
    boolean isForgettable(boolean isLoaded, long moment) {
        return (gone || (finished && !isLoaded)) && arrivedAt < moment && !mustRead;
    }

    /** Marks the request as one that the client must read. */
    void doubt(long moment) {
        doubtfulSince = moment;
        mustRead = true;
    }

    /** Marks a request that has changed or was deleted; a read decides which. */
    void outdated(long moment) {
        if (!gone) {
            doubt(moment);
        }
    }

    /** Merges a pushed document, or the response to a write. */
    Verdict pushed(StatusDocument document, long moment) {
        if (gone ? !isCovered(document) : isAnother(document.life(), document.createdAt())) {
            doubt(moment);
            return Verdict.NOTHING;
        }
        if (gone || document.version() <= version) {
            return Verdict.NOTHING;
        }
        if (document.isPartial()) {
            doubt(moment);
            return Verdict.NOTHING;
        }
        return taken(document, moment);
    }

    /**
     * Merges a pushed removal.
     *
     * @param last the version of the last document
     */
    Verdict removed(@Nullable String ofLife, @Nullable Instant ofCreation, long last, long moment) {
        boolean isOther = isAnother(ofLife, ofCreation);
        if (version > 0 && !gone && (isOther || isNewerThan(ofLife, ofCreation, last))) {
            doubt(moment);
            return Verdict.NOTHING;
        }
        Verdict verdict = reported && !gone ? Verdict.REMOVED : Verdict.NOTHING;
        life = ofLife;
        createdAt = ofCreation;
        version = last;
        gone = true;
        arrivedAt = moment;
        if (mustRead) {
            doubt(moment);
        }
        return verdict;
    }

    /**
     * Merges a document that a read returned.
     *
     * @param since the moment at which the read started
     */
    Verdict read(StatusDocument document, long since, long moment) {
        boolean isLast = since >= arrivedAt && since >= doubtfulSince;
        mustRead = mustRead && !isLast;
        if (gone) {
            return isLast ? taken(document, moment) : pushed(document, moment);
        }
        if (isAnother(document.life(), document.createdAt())) {
            if (!isLast) {
                doubt(moment);
                return Verdict.NOTHING;
            }
            taken(document, moment);
            return Verdict.REPLACED;
        }
        return document.version() > version ? taken(document, moment) : Verdict.NOTHING;
    }

    /** Merges a read that did not find the request. */
    Verdict missing(long since, long moment) {
        if (since < arrivedAt || since < doubtfulSince) {
            doubt(moment);
            return Verdict.NOTHING;
        }
        mustRead = false;
        boolean isKnown = gone && reported;
        gone = true;
        arrivedAt = moment;
        return isKnown ? Verdict.NOTHING : Verdict.REMOVED;
    }

    private Verdict taken(StatusDocument document, long moment) {
        life = document.life();
        createdAt = document.createdAt();
        version = document.version();
        finished = document.isFinished();
        gone = false;
        reported = true;
        arrivedAt = moment;
        return Verdict.CHANGED;
    }

    /** If both lives are known, they decide; otherwise the times of creation, if both are known. */
    private boolean isAnother(@Nullable String otherLife, @Nullable Instant otherCreation) {
        if (version == 0) {
            return false;
        }
        if (life != null && otherLife != null) {
            return !life.equals(otherLife);
        }
        return createdAt != null && otherCreation != null && !createdAt.equals(otherCreation);
    }

    /** Returns whether the removal also covers this document. */
    private boolean isCovered(StatusDocument document) {
        if (life != null && document.life() != null) {
            return life.equals(document.life());
        }
        Instant creation = document.createdAt();
        return (createdAt != null && creation != null)
                ? !creation.isAfter(createdAt)
                : document.version() <= version;
    }

    /** Without lives and times of creation, a removal covers only versions up to its own. */
    private boolean isNewerThan(@Nullable String ofLife, @Nullable Instant ofCreation, long last) {
        boolean isSameLife = life != null && life.equals(ofLife);
        boolean isSameCreation = createdAt != null && createdAt.equals(ofCreation);
        return !isSameLife && !isSameCreation && version > last;
    }
}
