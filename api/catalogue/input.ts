/** Types of an operation's values, derived from its record: a wrong field name or choice fails at compile time. */
import type { InputOfKind } from '../kinds';
import type { Field, Operation } from './types';

type ChoiceOf<F extends Field> = F extends { choices: readonly { value: infer V }[] } ? V : never;
type ValueOf<F extends Field> = F['kind'] extends 'choice'
	? ChoiceOf<F>
	: F['kind'] extends 'choices'
		? readonly ChoiceOf<F>[]
		: InputOfKind<F['kind']>;

/** The values of an operation by API field name. */
export type InputOf<O extends Operation> = {
	[F in Extract<O['fields'][number], { required: true }> as F['name']]: ValueOf<F>;
} & {
	[F in Exclude<O['fields'][number], { required: true }> as F['name']]?: ValueOf<F> | undefined;
};
