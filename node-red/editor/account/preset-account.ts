/** The entries in Node-RED's list of config nodes that are none: nothing chosen, and a new one. */
const NO_NODE = ['', '_ADD_'];

/** Chooses the account if a node has none and there is only one. */
export function presetAccount(): void {
	const list = $('#node-input-account');
	const ids = list
		.find('option')
		.toArray()
		.map((option) => String($(option).val()))
		.filter((id) => !NO_NODE.includes(id));
	const [only] = ids;
	if (only !== undefined && ids.length === 1 && NO_NODE.includes(String(list.val() ?? '')))
		list.val(only).trigger('change');
}
