/** The node set `smtp2go-sms-in`, as Node-RED loads it. */
import { smsInNode } from '../runtime/register';

export = smsInNode('smtp2go-sms-in');
