/** The code of all dialogs, as an editor plugin: Node-RED loads plugins once, before the first node. */
import * as account from './account/account-dialog';
import { checkAccount, checkKey, watchAccounts } from './account/canvas-accounts';
import * as action from './action/action-dialog';
import { checkFields, checkFieldsFrom, checkOperation, checkResultTo, isCount } from './action/checks';
import * as ask from './ask/ask-dialog';
import * as health from './health/health-dialog';
import { EDITOR_ID } from './dialog/plugin-id';
import { focusByLabel } from './dialog/label-focus';
import * as smsIn from './sms-in/sms-in-dialog';
import * as outcome from './outcome/outcome-dialog';
import { addSideBar } from './sidebar/side-bar';
import sideBarStyle from './sidebar/side-bar.css';
import style from './style.css';
import * as trigger from './trigger/trigger-dialog';

RED.plugins.registerPlugin(EDITOR_ID, {
	account,
	action,
	ask,
	health,
	outcome,
	smsIn,
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
		$('<style>').text(`${style}\n${sideBarStyle}`).appendTo('head');
		watchAccounts();
		focusByLabel();
		addSideBar();
	},
});
