/** The part of Node-RED's editor that the dialogs use; its published types lack most of it. Facts: editor-client of 4.1 and 5.0. */

/** One type that a TypedInput offers: a name of Node-RED's own (`msg`, `json`), or a definition. */
type InputType = string | {
	readonly value: string;
	readonly label: string;
	readonly icon?: string;
	readonly hasValue?: boolean;
	readonly multiple?: boolean;
	readonly options?: readonly { readonly value: string; readonly label: string }[];
	/** Called for a type with `multiple`: shows the chosen values. */
	readonly valueLabel?: (place: JQuery, chosen: readonly string[]) => void;
	readonly autoComplete?: (typed: string, done: (found: readonly { readonly value: string; readonly label: string }[]) => void) => void;
};

interface JQuery {
	typedInput(options: { types: readonly InputType[]; default: string }): JQuery;
	typedInput(method: 'type' | 'value'): string;
	typedInput(method: 'type' | 'value' | 'width', value: string): JQuery;
	typedInput(method: 'types', types: readonly InputType[]): JQuery;
	typedInput(method: 'destroy'): JQuery;
}

/** Node-RED's code editor (Monaco or Ace). */
interface CodeEditor {
	getValue(): string;
	destroy(): void;
}

interface EditorPlugin {
	readonly type?: string;
	/** Looks a text up in the plugin's own catalogue. */
	_(key: string, words?: Readonly<Record<string, string>>): string;
}

declare const RED: {
	readonly plugins: {
		registerPlugin(id: string, definition: object): void;
		getPlugin(id: string): EditorPlugin;
	};
	/** A subflow's template by its id. */
	readonly nodes: { subflow(id: string): object | undefined };
	/** `message`: a text key of Node-RED's own, shown beside `element`. */
	readonly clipboard: { copyText(text: string, element: JQuery, message: string): boolean };
	readonly editor: { createEditor(options: { id: string; mode: string; value: string }): CodeEditor };
	readonly popover: { tooltip(target: JQuery, content: string): unknown };
	readonly utils: { validateTypedProperty(value: string, type: string, options?: { label: string }): true | string };
	readonly settings: { readonly httpNodeRoot?: string | false };
};

declare module 'smtp2go:forms' {
	const forms: readonly import('../form').Form[];
	export default forms;
}

declare module 'smtp2go:filters' {
	const filters: readonly import('../form').FilterField[];
	export default filters;
}

declare module '*.css' {
	const text: string;
	export default text;
}
