/**
 * Runs a synthesized CloudFormation template on this machine, with API Gateway, CloudFront, Lambda
 * with its event source mappings, and DynamoDB Local, each with the properties in the template.
 * Rejects a template that the services would reject. Does not depend on the code that creates the
 * template.
 */
@NullMarked
package dev.statuswire.aws.template;

import org.jspecify.annotations.NullMarked;
