/** The node set `smtp2go-ask`, as Node-RED loads it. */
import { askNode } from '../runtime/register';

export = askNode('smtp2go-ask');
