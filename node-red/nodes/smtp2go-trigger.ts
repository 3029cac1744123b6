/** The node set `smtp2go-trigger`, as Node-RED loads it. */
import { triggerNode } from '../runtime/register';

export = triggerNode('smtp2go-trigger');
