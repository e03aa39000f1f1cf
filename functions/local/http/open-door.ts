import type { Noun } from '@hems/shared/api/contract';
import { RESOURCE_SERVER } from '@hems/shared/openadr/scopes';
import type { Identity } from '../identity/identity.ts';
import { AUDIENCES, CLI_CLIENT, WEB_CLIENT } from '../identity/provider.ts';
import { apiRoutes, type ApiHandler } from './api.ts';
import { jwtAuthorizer } from './authorizer.ts';
import { partnerRoutes, type PartnerDoorParts } from '../partner/door.ts';
import { openadrRoutes } from '../openadr/door.ts';
import { openadrHandlers } from '../openadr/handlers.ts';
import { docsRoutes } from './docs.ts';
import type { FrontDoor, FrontDoorParts } from './front-door.ts';
import { appAndGallery } from './gallery.ts';
import { objectRoutes, type ObjectRoutesParts } from './objects.ts';

export type OpenDoorParts = {
  readonly identity: Identity;
  readonly handlers: Readonly<Record<Noun, ApiHandler>>;
  readonly objects: ObjectRoutesParts;
  readonly partner: PartnerDoorParts;
  readonly ops: { readonly routes: FrontDoorParts['ops']; readonly answered: FrontDoorParts['answered'] };
  /** the folder of the built web app */
  readonly webRoot: string;
};

/** Puts everything behind the front door. */
export const openDoor = (door: FrontDoor, parts: OpenDoorParts): void => {
  const { identity, handlers, objects, partner, ops, webRoot } = parts;
  const { issuer, jwks } = identity;
  door.open({
    api: apiRoutes({ handlers, authorize: jwtAuthorizer({ jwks, issuer, audiences: AUDIENCES }) }),
    partner: partnerRoutes(partner),
    openadr: openadrRoutes({
      handlers: openadrHandlers,
      authorize: jwtAuthorizer({ jwks, issuer, audiences: [RESOURCE_SERVER] }),
    }),
    identity: identity.routes,
    objects: objectRoutes(objects),
    docs: docsRoutes(),
    ops: ops.routes,
    answered: ops.answered,
    app: appAndGallery(webRoot),
    config: { issuer, clientId: WEB_CLIENT, staffClientId: CLI_CLIENT, apiBase: issuer, stage: 'local' },
  });
};
