package dev.statuswire.check;

/** Provides the access token. */
interface TokenProvider {

    /**
     * Returns an access token.
     *
     * @throws MissingSettingException if there is none
     */
    String get();

    /** Returns whose it is, in words. */
    String described();

    /** None; {@code needed} tells the operator what to provide. */
    static TokenProvider none(String needed) {
        return new TokenProvider() {
            @Override
            public String get() {
                throw new MissingSettingException(needed);
            }

            @Override
            public String described() {
                return "";
            }
        };
    }

    /** The one that the operator provides. */
    static TokenProvider given(String token) {
        return new TokenProvider() {
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
