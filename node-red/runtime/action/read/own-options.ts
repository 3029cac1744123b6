/** Reads our own options, which say how a message is sent. */
import type { NodeMessage } from 'node-red';
import {
	findCountry,
	invalid,
	problemPolicies,
	readBoolean,
	Smtp2goError,
	type MissingPolicy,
	type ProblemPolicy,
	type UnitLimits,
} from '../../../../api';
import {
	DEFAULT_BATCH_SIZE,
	batches,
	LIMIT,
	MAX_TIMEOUT,
	DEFAULT_MISSING_POLICY,
	missingChoices,
	MAX_BATCH_SIZE,
	MAX_RECIPIENTS,
	MAX_RUN_UNITS,
	MAX_UNITS,
	OWN,
	DEFAULT_TIMEOUT,
	type Batch,
} from '../../../shared/own-options';
import { evaluate } from './evaluate';
import { NOT_SET } from '../../../shared/saved-action';
import { savedFor, type Source } from './values';

/**
 * How a message is sent. An option that cannot be read has its default, and `error` says why: the message must not be
 * sent, but it still counts in its sequence.
 */
export interface OwnOptions {
	readonly error?: Smtp2goError | undefined;
	readonly batch: Batch | undefined;
	/** Emails per call. */
	readonly batchSize: number;
	/** Milliseconds that a sequence waits for its next message. */
	readonly timeout: number;
	readonly checkFirst: boolean;
	readonly dryRun: boolean;
	readonly oneRecipient: boolean;
	readonly maxRecipients: number | undefined;
	readonly missingVariables: MissingPolicy;
	/** What happens with problem rows of a list; undefined if rows are not checked before sending. */
	readonly problemRows: ProblemPolicy | undefined;
	readonly checkSuppressions: boolean;
	readonly allowDuplicates: boolean;
	/** What text messages may cost. The run is one message. */
	readonly units: UnitLimits;
	/** The code of ISO 3166-1 of the country of numbers without a country code. */
	readonly defaultCountry: string | undefined;
}

/** The value of an option; undefined if it is unset. */
async function readOption(
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

async function readSwitch(
	source: Source,
	name: string,
	text: string,
	msg: NodeMessage,
	unset = false,
): Promise<boolean> {
	const found = await readOption(source, name, text, msg);
	if (found === undefined) return unset;
	const isOn = readBoolean(found.value ?? '', found.field);
	if (!isOn.ok) throw isOn.error;
	// A switch must not turn itself off because its source is empty: the email would be sent.
	if (isOn.value === undefined)
		throw invalid(name, source.RED._('errors.emptySwitch', { label: found.field.label, name }));
	return isOn.value;
}

async function readCount(
	source: Source,
	name: string,
	text: string,
	max: number,
	msg: NodeMessage,
): Promise<number | undefined> {
	const found = await readOption(source, name, text, msg);
	if (found === undefined) return undefined;
	const count = Number(found.value);
	if (Number.isSafeInteger(count) && count >= 1 && count <= max) return count;
	throw invalid(name, source.RED._('errors.count', { label: found.field.label, most: String(max) }));
}

/** One of the choices of an option; undefined if it is unset. */
async function readPolicy<T extends string>(
	source: Source,
	name: string,
	text: string,
	choices: readonly T[],
	msg: NodeMessage,
): Promise<T | undefined> {
	const found = await readOption(source, name, text, msg);
	if (found === undefined) return undefined;
	const policy = choices.find((one) => one === found.value);
	if (policy !== undefined) return policy;
	throw invalid(
		name,
		source.RED._('errors.missingChoice', { label: found.field.label, choices: choices.join(', ') }),
	);
}

/** The code of the default country; undefined if the option is unset. */
async function readCountry(source: Source, msg: NodeMessage): Promise<string | undefined> {
	const found = await readOption(source, OWN.defaultCountry, 'defaultCountry', msg);
	if (found === undefined) return undefined;
	const country = findCountry(String(found.value ?? ''));
	if (country) return country.value;
	throw invalid(
		OWN.defaultCountry,
		source.RED._('errors.country', { label: found.field.label, value: String(found.value ?? '') }),
	);
}

/**
 * Reads all options. An unset option has its default.
 * @throws an `invalid` error if the kind of batch cannot be read
 */
export async function readOwnOptions(source: Source, msg: NodeMessage): Promise<OwnOptions> {
	const batch = (await readOption(source, OWN.batch, 'batch', msg))?.value;
	if (batch !== undefined && !batches.some((one) => one === batch))
		throw invalid(OWN.batch, source.RED._('errors.batchKind', { batch: String(batch) }));
	let error: Smtp2goError | undefined;
	const read = async <T>(reading: Promise<T>): Promise<T | undefined> =>
		reading.catch((thrown: unknown) => {
			if (!(thrown instanceof Smtp2goError)) throw thrown;
			error ??= thrown;
			return undefined;
		});
	return {
		batch: batches.find((one) => one === batch),
		batchSize:
			(await read(readCount(source, OWN.batchSize, 'batchSize', MAX_BATCH_SIZE, msg))) ?? DEFAULT_BATCH_SIZE,
		timeout:
			((await read(readCount(source, OWN.patience, 'patience', MAX_TIMEOUT, msg))) ?? DEFAULT_TIMEOUT) * 1000,
		checkFirst: (await read(readSwitch(source, OWN.checkFirst, 'checkFirst', msg))) ?? false,
		dryRun: (await read(readSwitch(source, OWN.dryRun, 'dryRun', msg))) ?? false,
		oneRecipient: (await read(readSwitch(source, OWN.oneRecipient, 'oneRecipient', msg))) ?? false,
		maxRecipients: await read(readCount(source, OWN.maxRecipients, 'maxRecipients', MAX_RECIPIENTS, msg)),
		missingVariables:
			(await read(readPolicy(source, OWN.missingVariables, 'missingVariables', missingChoices, msg))) ??
			DEFAULT_MISSING_POLICY,
		problemRows: await read(readPolicy(source, OWN.problemRows, 'problemRows', problemPolicies, msg)),
		checkSuppressions:
			(await read(readSwitch(source, OWN.checkSuppressions, 'checkSuppressions', msg, true))) ?? true,
		allowDuplicates: (await read(readSwitch(source, OWN.allowDuplicates, 'allowDuplicates', msg))) ?? false,
		defaultCountry: await read(readCountry(source, msg)),
		units: {
			plain: await read(readSwitch(source, OWN.plainText, 'plainText', msg)),
			perSms: await read(readCount(source, OWN.maxUnits, 'maxUnits', MAX_UNITS, msg)),
			perRun: await read(readCount(source, OWN.maxRunUnits, 'maxRunUnits', MAX_RUN_UNITS, msg)),
		},
		error,
	};
}

/**
 * The maximum number of list entries; Infinity if it is unset.
 * @throws an `invalid` error for anything but a whole number above 0
 */
export async function readLimit(source: Source, msg: NodeMessage): Promise<number> {
	const found = await readOption(source, LIMIT, 'limit', msg);
	if (found === undefined) return Infinity;
	const limit = Number(found.value);
	if (!Number.isSafeInteger(limit) || limit < 1) throw invalid(LIMIT, source.RED._('errors.limit'));
	return limit;
}
