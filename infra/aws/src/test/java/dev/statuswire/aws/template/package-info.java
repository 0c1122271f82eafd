/**
 * Runs a synthesized CloudFormation template on this machine: API Gateway, CloudFront, Lambda with
 * its event source mappings, and DynamoDB Local, each as the template's resources say, and refuses
 * a template that the services would refuse. Nothing here knows the code that made the template.
 */
@NullMarked
package dev.statuswire.aws.template;

import org.jspecify.annotations.NullMarked;
