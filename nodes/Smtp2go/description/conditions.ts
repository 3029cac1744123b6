/** Conditions under which n8n shows a parameter. */
import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** Both conditions together. The outer one is first, because n8n stops at the first value that is an expression. */
export function bothConditions(
	outer: IDisplayOptions | undefined,
	inner: IDisplayOptions | undefined,
): IDisplayOptions {
	const show = { ...outer?.show, ...inner?.show };
	const hide = { ...outer?.hide, ...inner?.hide };
	return { ...(Object.keys(show).length > 0 ? { show } : {}), ...(Object.keys(hide).length > 0 ? { hide } : {}) };
}

/** A parameter with one more condition. */
export function withCondition(property: INodeProperties, condition: IDisplayOptions): INodeProperties {
	const displayOptions = bothConditions(condition, property.displayOptions);
	return Object.keys(displayOptions).length > 0 ? { ...property, displayOptions } : property;
}
