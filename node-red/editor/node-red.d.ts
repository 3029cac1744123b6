/**
 * The part of Node-RED's editor that the dialogs use; its published types lack most of it. Facts: editor-client of 4.1
 * and 5.0.
 */

/** One type that a TypedInput offers: a name of Node-RED's own (`msg`, `json`), or a definition. */
type InputType =
	| string
	| {
			readonly value: string;
			readonly label: string;
			readonly icon?: string;
			readonly hasValue?: boolean;
			readonly multiple?: boolean;
			/** Returns why a value is not valid, and Node-RED outlines it in red. */
			readonly validate?: (value: string) => true | string;
			readonly options?: readonly { readonly value: string; readonly label: string }[];
			/** Called for a type with `multiple`: shows the chosen values. */
			readonly valueLabel?: (place: JQuery, chosen: readonly string[]) => void;
			readonly autoComplete?: (
				typed: string,
				done: (found: readonly { readonly value: string; readonly label: string }[]) => void,
			) => void;
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
	/** Looks up a message of the plugin. */
	_(key: string, words?: Readonly<Record<string, string>>): string;
}

/** A node on the canvas, or a config node. */
interface CanvasNode {
	readonly id: string;
	readonly type: string;
	/** The tab or subflow that contains it. */
	readonly z?: string;
	/** True if it is disabled. */
	readonly d?: boolean;
	readonly _def: { readonly defaults?: Readonly<Record<string, { readonly type?: string }>> };
	/** What was typed into its dialog since the last deploy. For a saved password, only that there is one. */
	readonly credentials?: Readonly<Record<string, string | boolean>>;
	readonly valid?: boolean;
	account?: string;
	/** Of an account: the address at which SMTP2GO can reach this Node-RED. */
	readonly publicUrl?: string;
	changed?: boolean;
	/** True if it must be redrawn. */
	dirty?: boolean;
}

declare const RED: {
	/** A message of the editor itself. */
	_(key: string): string;
	/** `lang`: the language of the editor, such as `de`. */
	readonly i18n: { lang(): string };
	readonly events: {
		on(event: 'flows:loaded' | 'deploy', listener: () => void): void;
		on(event: 'nodes:add', listener: (node: CanvasNode) => void): void;
	};
	readonly view: { redraw(): void };
	readonly plugins: {
		registerPlugin(id: string, definition: object): void;
		getPlugin(id: string): EditorPlugin;
	};
	readonly nodes: {
		/** A subflow's template by its id. */
		subflow(id: string): object | undefined;
		/** What a type was registered with. */
		getType(type: string): { paletteLabel?(): string } | undefined;
		node(id: string): CanvasNode | null | undefined;
		/** A tab by its id. */
		workspace(id: string): { readonly locked?: boolean } | undefined;
		eachNode(look: (node: CanvasNode) => void): void;
		eachConfig(look: (node: CanvasNode) => void): void;
		/** Counts a node among the users of its config nodes. */
		updateConfigNodeUsers(node: CanvasNode): void;
	};
	readonly sidebar: {
		/** `enableOnEdit`: it can be used while a dialog is open. */
		addTab(options: {
			readonly id: string;
			readonly label: string;
			readonly name: string;
			readonly iconClass: string;
			readonly content: JQuery;
			readonly enableOnEdit: boolean;
		}): void;
	};
	/** `message`: a text key of Node-RED's own, shown beside `element`. */
	readonly clipboard: { copyText(text: string, element: JQuery, message: string): boolean };
	readonly editor: {
		validateNode(node: CanvasNode): void;
		createEditor(options: { id: string; mode: string; value: string }): CodeEditor;
	};
	readonly popover: { tooltip(target: JQuery, content: string): { open(): void; close(): void } };
	readonly utils: {
		getNodeLabel(node: CanvasNode, otherwise: string): string;
		validateTypedProperty(value: string, type: string, options?: { label: string }): true | string;
	};
	readonly settings: {
		readonly httpNodeRoot?: string | false;
		/** Values that the browser keeps. */
		getLocal(key: string): string | null | undefined;
		setLocal(key: string, value: string): void;
	};
};

declare module 'smtp2go:forms' {
	const forms: readonly import('../shared/form').Form[];
	export default forms;
}

declare module 'smtp2go:filters' {
	const fields: readonly import('../shared/form').PlainField[];
	export default fields;
}

declare module 'smtp2go:ask' {
	const fields: readonly import('../shared/form').PlainField[];
	export default fields;
}

declare module 'smtp2go:health' {
	const fields: readonly import('../shared/form').PlainField[];
	export default fields;
}

declare module '*.css' {
	const text: string;
	export default text;
}
