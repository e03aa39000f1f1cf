import type { UserPool } from 'aws-cdk-lib/aws-cognito';
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

/** Pages of the sign-in domain, and operations that anybody may call with the client's id: each of them sends a mail. */
const PAGES = ['/signup', '/forgotPassword', '/resendcode'];
const OPERATIONS = ['SignUp', 'ForgotPassword', 'ResendConfirmationCode'];

/**
 * A token of Cognito's own API carries `aws.cognito.signin.user.admin`, with which a person deletes the account past the erasure. Nobody
 * signs in that way here: the app goes by the pages, whose tokens have no such scope. What signed calls of ours do (`AdminGetUser`) is not
 * looked at.
 */
const CLOSED = ['InitiateAuth', 'DeleteUser'];

/** From one address in five minutes; carriers put many residents behind one. */
const PER_ADDRESS = 100;
const WINDOW_SECONDS = 300;

const asItIs = [{ priority: 0, type: 'NONE' }];
const page = (path: string): CfnWebACL.StatementProperty => ({
  byteMatchStatement: {
    fieldToMatch: { uriPath: {} },
    positionalConstraint: 'STARTS_WITH',
    searchString: path,
    textTransformations: asItIs,
  },
});
const operation = (name: string): CfnWebACL.StatementProperty => ({
  byteMatchStatement: {
    fieldToMatch: { singleHeader: { Name: 'x-amz-target' } },
    positionalConstraint: 'EXACTLY',
    searchString: `AWSCognitoIdentityProviderService.${name}`,
    textTransformations: asItIs,
  },
});

const seen = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  cloudWatchMetricsEnabled: true,
  metricName,
  sampledRequestsEnabled: false,
});

/**
 * Bounds how many accounts and codes one address can ask for, and closes the sign-in beside the pages; what it blocks counts into no
 * quota of the pool (ADR 0005).
 */
export class SignUpGuard extends Construct {
  constructor(scope: Construct, id: string, pool: UserPool) {
    super(scope, id);
    const acl = new CfnWebACL(this, 'Acl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: seen('sign-in'),
      rules: [
        {
          name: 'pages-only',
          priority: 1,
          action: { block: {} },
          visibilityConfig: seen('pages-only'),
          statement: { orStatement: { statements: CLOSED.map(operation) } },
        },
        {
          name: 'sign-up-rate',
          priority: 0,
          action: { block: {} },
          visibilityConfig: seen('sign-up-rate'),
          statement: {
            rateBasedStatement: {
              aggregateKeyType: 'IP',
              limit: PER_ADDRESS,
              evaluationWindowSec: WINDOW_SECONDS,
              scopeDownStatement: { orStatement: { statements: [...PAGES.map(page), ...OPERATIONS.map(operation)] } },
            },
          },
        },
      ],
    });
    new CfnWebACLAssociation(this, 'OfPool', { webAclArn: acl.attrArn, resourceArn: pool.userPoolArn });
  }
}
