// The routes of templates: `/template/*`.
import { Refusal } from '../core/refusal';
import {
	anyObject,
	choice,
	FieldFailure,
	listOf,
	object,
	optional,
	otherwise,
	text,
	wholeNumber,
	yesNo,
} from '../schema/readers';
import { type JsonObject, without } from '../core/json';
import type { State } from '../state/state';
import { plainTime } from '../core/time';
import type { Template } from '../types';
import { pageOf } from './shared/paging';
import { type Route, route } from './shared/route';

const id = text({ min: 5, max: 24 });
const name = text({ min: 1, max: 64 });

const added = object({
	id,
	template_name: name,
	subject: text(),
	html_body: text(),
	text_body: text(),
	template_variables: otherwise(anyObject, {}),
	tags: otherwise(listOf(text()), []),
});

const edited = object({
	id: text({ min: 1 }),
	new_id: optional(id),
	template_name: optional(name),
	subject: optional(text()),
	html_body: optional(text()),
	text_body: optional(text()),
	template_variables: optional(anyObject),
	tags: optional(listOf(text())),
});

const searched = object({
	search_terms: otherwise(listOf(text()), []),
	tags: otherwise(listOf(text()), []),
	fuzzy_search: otherwise(yesNo, false),
	sort_direction: otherwise(choice('asc', 'desc'), 'asc'),
	page_size: optional(wholeNumber({ min: 1 })),
	continue_token: optional(text()),
});

function find({ templates }: State, wanted: string): Template {
	const template = templates.find((candidate) => candidate.id === wanted);
	if (!template) throw new Refusal(400, `A template with id '${wanted}' was not found`);
	return template;
}

function refuseTaken({ templates }: State, wanted: string): void {
	if (templates.some((template) => template.id === wanted))
		throw new FieldFailure('id', `A template with id '${wanted}' already exists`);
}

/** Add and edit call the name `template_name` and tell no time; search and view call it `name`. */
function changedView(template: Template): JsonObject {
	return { template_name: template.name, ...without(template, 'name', 'last_updated') };
}

function rowView({ id: templateId, name: templateName, subject, tags, last_updated }: Template): JsonObject {
	return { id: templateId, name: templateName, subject, tags, last_updated };
}

/** Whether one of the terms is (fuzzy: is within) the template's name, id, subject or one of its tags, in any case. */
function fits(template: Template, terms: string[], fuzzy: boolean): boolean {
	const values = [template.name, template.id, template.subject, ...template.tags].map((value) => value.toLowerCase());
	return terms.some((term) =>
		values.some((value) => (fuzzy ? value.includes(term.toLowerCase()) : value === term.toLowerCase())),
	);
}

function search({ templates }: State, input: ReturnType<typeof searched>, defaultSize: number): JsonObject {
	const { search_terms, tags, fuzzy_search, sort_direction, page_size = defaultSize, continue_token } = input;
	const found = templates
		.filter((template) => search_terms.length === 0 || fits(template, search_terms, fuzzy_search))
		.filter((template) => tags.length === 0 || tags.some((tag) => template.tags.includes(tag)))
		.sort((a, b) => a.name.localeCompare(b.name) * (sort_direction === 'asc' ? 1 : -1));
	const { rows, continueToken } = pageOf(found, page_size, continue_token);
	return { templates: rows.map(rowView), total_count: found.length, continue_token: continueToken };
}

/** Templates. */
export const templateRoutes: Route[] = [
	route('POST', '/template/add', added, ({ template_name, ...input }, { world: { state } }) => {
		refuseTaken(state, input.id);
		const template: Template = { ...input, name: template_name, last_updated: plainTime(new Date()) };
		state.templates.push(template);
		return changedView(template);
	}),
	route('POST', '/template/edit', edited, ({ id: wanted, new_id, template_name, ...input }, { world: { state } }) => {
		const template = find(state, wanted);
		if (new_id !== undefined && new_id !== wanted) refuseTaken(state, new_id);
		const changes = { ...input, id: new_id, name: template_name, last_updated: plainTime(new Date()) };
		Object.assign(template, Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)));
		return changedView(template);
	}),
	route('POST', '/template/delete', object({ id: text({ min: 1 }) }), (input, { world: { state } }) => {
		const template = find(state, input.id);
		state.templates = state.templates.filter((candidate) => candidate !== template);
		return `Successfully deleted template '${template.id}'`;
	}),
	route('POST', '/template/search', searched, (input, { world: { state, settings } }) =>
		search(state, input, settings.pageSize),
	),
	route('POST', '/template/view', object({ id: text({ min: 1 }) }), (input, { world: { state } }) => ({
		...find(state, input.id),
	})),
];
