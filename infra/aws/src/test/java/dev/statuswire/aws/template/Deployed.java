package dev.statuswire.aws.template;

/** What the parts of a running stack have in common. */
record Deployed(Template template, Network network, Policies policies, Functions functions) {}
