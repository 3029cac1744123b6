/** The node set `smtp2go-account`, as Node-RED loads it. */
import { accountNode } from '../runtime/register';

export = accountNode('smtp2go-account');
