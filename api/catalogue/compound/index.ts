/** The compound operations, by the key of their resource. Each makes several calls: see `api/compound/`. */
import { checkRecipients } from './check-recipients';
import { checkSetup } from './check-setup';
import type { CompoundOperation } from '../types';
import { deliverabilityReport } from './deliverability-report';
import { waitForDelivery } from './wait-for-delivery';

/** All compound operations. */
export const compounds = {
	email: [waitForDelivery],
	suppression: [checkRecipients],
	apiKey: [checkSetup],
	statistics: [deliverabilityReport],
} as const satisfies Record<string, readonly CompoundOperation[]>;

type Listed = (typeof compounds)[keyof typeof compounds];
/** The key of a compound operation. */
export type CompoundKey = Listed extends readonly { readonly key: infer K extends string }[] ? K : never;
