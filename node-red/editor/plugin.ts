/** The code of all dialogs, loaded once: an editor plugin, because plugins are there before the first node is. */
import * as account from './account';
import { checkAccount, checkKey, watchAccounts } from './accounts';
import * as action from './action';
import { checkFields, checkFieldsFrom, checkOperation, checkResultTo, isCount } from './check';
import { EDITOR_ID } from './id';
import { focusByLabel } from './labels';
import style from './style.css';
import * as trigger from './trigger';

RED.plugins.registerPlugin(EDITOR_ID, {
	account,
	action,
	trigger,
	actionLabel: action.label,
	checkAccount,
	checkFields,
	checkFieldsFrom,
	checkKey,
	checkOperation,
	checkResultTo,
	isCount,
	onadd: () => {
		$('<style>').text(style).appendTo('head');
		watchAccounts();
		focusByLabel();
	},
});
