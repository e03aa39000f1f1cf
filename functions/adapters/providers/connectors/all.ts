import type { Connector } from '@hems/models/connector/connector';
import { enterpriseBems } from './enterprise-bems.ts';
import { smartEnergyPlatform } from './smart-energy-platform.ts';

/** Every system that is asked; a new one is a file beside this one and a name here. */
export const CONNECTORS: readonly Connector[] = [enterpriseBems, smartEnergyPlatform];
