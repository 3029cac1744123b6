/** Says of a value that will not do where it was read, if not from the dialog: a person looks there first. */
import { Smtp2goError } from '../../api';
import { FROM_MESSAGE } from '../own-fields';
import { showLeftAlone } from './left-alone';
import type { ActionDef, Runtime } from './types';

/** The same error; one of an `invalid` value with the message's property that it came from. */
export function withSource(RED: Runtime, resource: string, { fields, operation }: ActionDef, thrown: unknown): unknown {
	if (!(thrown instanceof Smtp2goError) || thrown.kind !== 'invalid' || thrown.details.hint !== undefined) return thrown;
	const [flaw] = thrown.details.fieldErrors ?? [];
	if (flaw === undefined || (operation !== FROM_MESSAGE && Object.hasOwn(fields ?? {}, flaw.field))) return thrown;
	return new Smtp2goError('invalid', thrown.message, { ...thrown.details, hint: RED._('errors.readFrom', { source: showLeftAlone(resource, flaw.field) }) });
}
