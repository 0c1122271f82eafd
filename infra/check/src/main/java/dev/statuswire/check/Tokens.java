package dev.statuswire.check;

/** Provides the access token. */
interface Tokens {

    /**
     * Returns an access token.
     *
     * @throws NeededException if there is none
     */
    String get();

    /** Returns whose it is, in words. */
    String described();

    /** None; {@code needed} tells the operator what to provide. */
    static Tokens none(String needed) {
        return new Tokens() {
            @Override
            public String get() {
                throw new NeededException(needed);
            }

            @Override
            public String described() {
                return "";
            }
        };
    }

    /** The one that the operator provides. */
    static Tokens given(String token) {
        return new Tokens() {
            @Override
            public String get() {
                return token;
            }

            @Override
            public String described() {
                return "with the given one";
            }
        };
    }
}
