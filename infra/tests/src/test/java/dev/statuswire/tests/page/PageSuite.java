package dev.statuswire.tests.page;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** All tests of this package in one JVM, with one browser: see {@link SharedFixtures}. */
@Suite
@SelectPackages("dev.statuswire.tests.page")
@IncludeClassNamePatterns(".*Test")
final class PageSuite {}
