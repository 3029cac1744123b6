/** The values of the fields that are ours and not the API's, for one message. */
import type { NodeMessage } from 'node-red';
import { invalid, readBoolean, Smtp2goError, type MissingPolicy } from '../../../../api';
import {
	DEFAULT_BATCH_SIZE,
	batches,
	LIMIT,
	MAX_TIMEOUT,
	DEFAULT_MISSING_POLICY,
	missingChoices,
	MAX_BATCH_SIZE,
	MAX_RECIPIENTS,
	OWN,
	DEFAULT_TIMEOUT,
	type Batch,
} from '../../../shared/own-options';
import { evaluate } from './evaluate';
import { NOT_SET } from '../../../shared/saved-action';
import { savedFor, type Source } from './values';

/**
 * How a message is sent. Of a value that cannot be read it has the default, and the flaw beside it: the message must
 * not be sent, but may still count in its sequence.
 */
export interface OwnValues {
	readonly flaw?: Smtp2goError | undefined;
	readonly batch: Batch | undefined;
	/** Emails in a call. */
	readonly batchSize: number;
	/** Milliseconds that a sequence waits for its next message. */
	readonly patience: number;
	readonly checkFirst: boolean;
	readonly dryRun: boolean;
	readonly oneRecipient: boolean;
	readonly maxRecipients: number | undefined;
	readonly missingVariables: MissingPolicy;
}

/** What the dialog says; undefined where it says nothing. */
async function said(
	source: Source,
	name: string,
	text: string,
	msg: NodeMessage,
): Promise<{ value: unknown; field: { name: string; label: string } } | undefined> {
	const saved = savedFor(source, name);
	const field = { name, label: source.RED._(`own.${text}`) };
	return saved === undefined || saved.type === NOT_SET
		? undefined
		: { value: await evaluate(source, msg, field, saved), field };
}

async function readYes(source: Source, name: string, text: string, msg: NodeMessage): Promise<boolean> {
	const found = await said(source, name, text, msg);
	if (found === undefined) return false;
	const yes = readBoolean(found.value ?? '', found.field);
	if (!yes.ok) throw yes.error;
	// A switch that somebody set must not turn itself off because its place is empty: the email would go out.
	if (yes.value === undefined)
		throw invalid(name, source.RED._('errors.emptySwitch', { label: found.field.label, name }));
	return yes.value;
}

async function readCount(
	source: Source,
	name: string,
	text: string,
	most: number,
	msg: NodeMessage,
): Promise<number | undefined> {
	const found = await said(source, name, text, msg);
	if (found === undefined) return undefined;
	const count = Number(found.value);
	if (Number.isSafeInteger(count) && count >= 1 && count <= most) return count;
	throw invalid(name, source.RED._('errors.count', { label: found.field.label, most: String(most) }));
}

async function readMissing(source: Source, msg: NodeMessage): Promise<MissingPolicy> {
	const found = await said(source, OWN.missingVariables, 'missingVariables', msg);
	if (found === undefined) return DEFAULT_MISSING_POLICY;
	const policy = missingChoices.find((one) => one === found.value);
	if (policy) return policy;
	throw invalid(
		OWN.missingVariables,
		source.RED._('errors.missingChoice', { label: found.field.label, choices: missingChoices.join(', ') }),
	);
}

/**
 * Reads all of them; those that the dialog does not set have their defaults.
 * @throws an `invalid` error where the kind of batch cannot be read
 */
export async function readOwnValues(source: Source, msg: NodeMessage): Promise<OwnValues> {
	const batch = (await said(source, OWN.batch, 'batch', msg))?.value;
	if (batch !== undefined && !batches.some((one) => one === batch))
		throw invalid(OWN.batch, source.RED._('errors.batchKind', { batch: String(batch) }));
	let flaw: Smtp2goError | undefined;
	const read = async <T>(reading: Promise<T>): Promise<T | undefined> =>
		reading.catch((thrown: unknown) => {
			if (!(thrown instanceof Smtp2goError)) throw thrown;
			flaw ??= thrown;
			return undefined;
		});
	return {
		batch: batches.find((one) => one === batch),
		batchSize:
			(await read(readCount(source, OWN.batchSize, 'batchSize', MAX_BATCH_SIZE, msg))) ?? DEFAULT_BATCH_SIZE,
		patience:
			((await read(readCount(source, OWN.patience, 'patience', MAX_TIMEOUT, msg))) ?? DEFAULT_TIMEOUT) * 1000,
		checkFirst: (await read(readYes(source, OWN.checkFirst, 'checkFirst', msg))) ?? false,
		dryRun: (await read(readYes(source, OWN.dryRun, 'dryRun', msg))) ?? false,
		oneRecipient: (await read(readYes(source, OWN.oneRecipient, 'oneRecipient', msg))) ?? false,
		maxRecipients: await read(readCount(source, OWN.maxRecipients, 'maxRecipients', MAX_RECIPIENTS, msg)),
		missingVariables: (await read(readMissing(source, msg))) ?? DEFAULT_MISSING_POLICY,
		flaw,
	};
}

/**
 * How many entries of a list are wanted; Infinity where the dialog says nothing.
 * @throws an `invalid` error for anything but a whole number above 0
 */
export async function readLimit(source: Source, msg: NodeMessage): Promise<number> {
	const found = await said(source, LIMIT, 'limit', msg);
	if (found === undefined) return Infinity;
	const limit = Number(found.value);
	if (!Number.isSafeInteger(limit) || limit < 1) throw invalid(LIMIT, source.RED._('errors.limit'));
	return limit;
}
