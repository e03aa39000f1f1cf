import { CfnOutput, Duration, Validations } from 'aws-cdk-lib';
import { CfnAccount, RequestAuthorizer } from 'aws-cdk-lib/aws-apigateway';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import type { CfnEventBus } from 'aws-cdk-lib/aws-events';
import { AccountPrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { partnerContract, type PartnerNoun } from '@hems/shared/partner-api/contract';
import type { Construct } from 'constructs';
import type { PartnerConfig } from '../config.ts';
import type { FunctionEnvironment, MoreEnvironment } from '../constructs/environment.ts';
import { HemsFunction } from '../constructs/function.ts';
import { allow, maySay } from '../constructs/grants.ts';
import { HemsStack } from '../constructs/hems-stack.ts';
import type { House } from '../constructs/house.ts';
import { PartnerApi, type PartnerApiProps } from '../constructs/partner-api.ts';
import { PartnerQueue } from '../constructs/partner-queue.ts';
import { PARTNERS, PartnerWork } from '../constructs/partner-work.ts';
import { partnerFirewall } from '../constructs/partner-firewall.ts';
import { GRANTED } from './api-nouns.ts';
import type { DataStack } from './data.ts';
import { PARTNER_NOUNS, type PartnerNounGrants } from './partner-nouns.ts';

export type PartnerProps = {
  readonly house: House;
  readonly data: DataStack;
  readonly bus: CfnEventBus;
  readonly environment: FunctionEnvironment;
};

/** The signed endpoints of government and building partners: one contract behind two ways of signing. */
export class PartnerStack extends HemsStack {
  /** what is due to partners; others may leave something in it */
  readonly calls: PartnerQueue;
  readonly functions: HemsFunction[] = [];
  readonly apis: readonly PartnerApi[];
  readonly #props: PartnerProps;

  constructor(scope: Construct, props: PartnerProps) {
    super(scope, 'partner', { choice: props.house, holds: 'signed endpoints of partners' });
    this.#props = props;
    this.calls = new PartnerQueue(this, 'Webhooks', props.house);
    const answers = this.#answers();
    const firewall = partnerFirewall(this, props.house);
    const logs = this.#mayLog();
    const { partners } = props.house.config;
    const own = { house: props.house, answers, firewall };
    const iam = new PartnerApi(this, 'Iam', {
      ...own,
      scheme: 'iam',
      does: 'Partner API, signed with Signature Version 4',
      partners: partners.filter(({ account }) => account !== undefined),
      ...this.#hostOf('iam'),
    });
    const signed = new PartnerApi(this, 'Signed', {
      ...own,
      scheme: 'sig',
      does: 'Partner API, signed with HTTP Message Signatures (RFC 9421)',
      partners: partners.filter(({ account }) => account === undefined),
      authorizer: this.#authorizer(),
      ...this.#hostOf('signature'),
    });
    this.apis = [iam, signed];
    for (const { api } of this.apis) api.deploymentStage.node.addDependency(logs);
    for (const partner of partners) this.#roleOf(partner, iam);
    new PartnerWork(this, 'Work', { ...props, calls: this.calls });
    for (const [id, { outputs }] of Object.entries({ Iam: iam, Signed: signed })) {
      new CfnOutput(this, `${id}Url`, { value: outputs.url });
      new CfnOutput(this, `${id}Alias`, { value: outputs.alias });
    }
  }

  #hostOf(scheme: 'iam' | 'signature') {
    const { partnerHosts } = this.#props.house.config;
    if (!partnerHosts) return {};
    const name = partnerHosts[scheme];
    const certificate = new Certificate(this, `Certificate-${scheme}`, {
      domainName: name,
      validation: CertificateValidation.fromDns(),
    });
    return { host: { name, certificate } };
  }

  #answers(): PartnerApiProps['answers'] {
    const made = new Map(nouns.map((noun) => [noun, this.#functionOf(noun)]));
    this.functions.push(...made.values());
    return (noun) => {
      const answers = made.get(noun);
      if (!answers) throw new Error(`infra/stacks/partner-nouns.ts has no ${noun}`);
      return answers;
    };
  }

  #functionOf(noun: PartnerNoun): HemsFunction {
    const { house, environment } = this.#props;
    const grants = PARTNER_NOUNS[noun];
    const answers = new HemsFunction(this, noun, {
      house,
      watchedBy: 'itself',
      entry: `functions/partner/${noun}.ts`,
      does: `Answers partners: ${partnerContract[noun].map(({ name }) => name).join(', ')}`,
      environment: { ...environment, ...this.#told(grants) },
      logLevel: house.config.logLevel.api,
      timeout: Duration.seconds(20),
      memoryMb: 512,
      hurt: `Partners ${grants.partners}`,
      chapter: 'partner-api-fails',
    });
    this.#open(grants, answers);
    return answers;
  }

  #told({ personal, says, tells, vouches }: PartnerNounGrants): MoreEnvironment {
    const { data, bus } = this.#props;
    return {
      ...(personal && data.personal.environment),
      ...(says && { EVENT_BUS: bus.name }),
      ...(tells && this.calls.environment),
      ...(vouches && data.settlementKey.environment),
    };
  }

  #open({ tables, personal, says, tells, vouches, forgets }: PartnerNounGrants, answers: HemsFunction): void {
    const { data, bus } = this.#props;
    // admission reads the partner; what it was answered under an idempotency key is remembered there
    const opened: PartnerNounGrants['tables'] = { operations: 'readWrite', ...tables };
    for (const name of GRANTED) {
      const access = opened[name];
      if (access) data.tables[name].open(answers, access);
    }
    if (forgets) data.tables.operations.forget(answers, PARTNERS);
    if (personal) data.personal.open(answers, personal);
    if (says) maySay(answers, bus);
    if (tells) this.calls.mayTell(answers);
    if (vouches) data.settlementKey.mayVouch(answers);
  }

  /** Asked at each request: a nonce is good once, and a key that was revoked no more. */
  #authorizer(): RequestAuthorizer {
    const { house, data, environment } = this.#props;
    const checks = new HemsFunction(this, 'Authorizer', {
      house,
      watchedBy: 'itself',
      entry: 'functions/partner/authorizer.ts',
      does: 'Tells whose signature a request carries',
      environment,
      logLevel: house.config.logLevel.api,
      timeout: Duration.seconds(5),
      memoryMb: 512,
      hurt: 'Partners that sign by RFC 9421 are all refused.',
      chapter: 'partners-are-refused',
    });
    data.tables.operations.open(checks, 'readWrite');
    this.functions.push(checks);
    return new RequestAuthorizer(this, 'Signature', {
      handler: checks,
      identitySources: [],
      resultsCacheTtl: Duration.seconds(0),
    });
  }

  /** API Gateway writes logs as the account, with one role for all REST APIs of a Region. */
  #mayLog(): CfnAccount {
    const role = new Role(this, 'GatewayLogs', { assumedBy: new ServicePrincipal('apigateway.amazonaws.com') });
    allow(role, {
      actions: [
        'logs:CreateLogGroup',
        'logs:CreateLogStream',
        'logs:DescribeLogGroups',
        'logs:DescribeLogStreams',
        'logs:FilterLogEvents',
        'logs:GetLogEvents',
        'logs:PutLogEvents',
      ],
      on: ['*'],
    });
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'API Gateway takes no role for its logs that is narrower than its own managed policy.',
    });
    const account = new CfnAccount(this, 'Gateway', { cloudWatchRoleArn: role.roleArn });
    account.node.addDependency(role);
    return account;
  }

  /** A partner on AWS takes on its role, which may call the API that IAM guards and nothing else. */
  #roleOf({ partnerId, account }: PartnerConfig, iam: PartnerApi): void {
    if (!account) return;
    const role = new Role(this, `Role-${partnerId}`, {
      roleName: `hems-${this.#props.house.stage}-partner-${partnerId}`,
      description: `The partner ${partnerId}`,
      assumedBy: new AccountPrincipal(account.id === 'own' ? this.account : account.id),
      externalIds: [account.externalId],
    });
    iam.open(role);
  }
}

const nouns = Object.keys(partnerContract).filter((name): name is PartnerNoun => name in PARTNER_NOUNS);
