/** The filter of a trigger: one row for each of its fields, with plain values. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, import-x/no-unresolved */
import fields from 'smtp2go:filters';
import type { PlainValues } from '../dialog/dialog-node';
import { readRows, showRows, type PlainForm } from '../fields/plain-rows';

const form: PlainForm = { fields, texts: 'filters' };

/** Shows the rows. */
export function showFilters(container: JQuery, saved: PlainValues = {}): void {
	showRows(form, container, saved);
}

/** The values of the rows. */
export function readFilters(): PlainValues {
	return readRows(form);
}
